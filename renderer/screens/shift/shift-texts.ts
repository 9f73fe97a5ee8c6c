import en from "../../../resources/locales/en/shift.json";
import zh from "../../../resources/locales/zh-CN/shift.json";
import { areaTexts, type TextOf } from "../../i18n/texts.tsx";

type ShiftKey = keyof typeof zh;
export type ShiftText = TextOf<ShiftKey>;

export const { useText: useShiftText } = areaTexts<ShiftKey>({ "zh-CN": zh, en });
