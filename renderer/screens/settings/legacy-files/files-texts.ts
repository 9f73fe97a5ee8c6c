import en from "../../../../resources/locales/en/legacy-files.json";
import zh from "../../../../resources/locales/zh-CN/legacy-files.json";
import { areaTexts } from "../../../i18n/texts.tsx";

type FilesKey = keyof typeof zh;

/** What the page of data files says. */
export const { useText: useFilesText } = areaTexts<FilesKey>({ "zh-CN": zh, en });
