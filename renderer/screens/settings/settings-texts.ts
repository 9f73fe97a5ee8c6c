import en from "../../../resources/locales/en/settings.json";
import zh from "../../../resources/locales/zh-CN/settings.json";
import { areaTexts, type TextOf } from "../../i18n/texts.tsx";

type SettingsKey = keyof typeof zh;
export type SettingsText = TextOf<SettingsKey>;

export const { useText: useSettingsText } = areaTexts<SettingsKey>({ "zh-CN": zh, en });
