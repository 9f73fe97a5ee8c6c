import en from "../../resources/locales/en/display.json";
import zh from "../../resources/locales/zh-CN/display.json";
import { areaTexts } from "../i18n/texts.tsx";

export type DisplayKey = keyof typeof zh;

/** What the shop says to its customer. */
export const { useText: useDisplayText, textOf: displayTextOf } = areaTexts<DisplayKey>({ "zh-CN": zh, en });
