import en from "../../../../resources/locales/en/backup.json";
import zh from "../../../../resources/locales/zh-CN/backup.json";
import { areaTexts } from "../../../i18n/texts.tsx";

type BackupKey = keyof typeof zh;

export const { useText: useBackupText } = areaTexts<BackupKey>({ "zh-CN": zh, en });
