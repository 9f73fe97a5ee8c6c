import en from "../../../resources/locales/en/sync.json";
import zh from "../../../resources/locales/zh-CN/sync.json";
import { areaTexts, type TextOf } from "../../i18n/texts.tsx";

type SyncKey = keyof typeof zh;
export type SyncText = TextOf<SyncKey>;

export const { useText: useSyncText } = areaTexts<SyncKey>({ "zh-CN": zh, en });
