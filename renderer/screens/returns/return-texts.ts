import en from "../../../resources/locales/en/returns.json";
import zh from "../../../resources/locales/zh-CN/returns.json";
import { areaTexts, type TextOf } from "../../i18n/texts.tsx";

type ReturnKey = keyof typeof zh;
export type ReturnText = TextOf<ReturnKey>;

/** What the screens of returns and exchanges say. */
export const { useText: useReturnText, textOf: returnTextOf } = areaTexts<ReturnKey>({ "zh-CN": zh, en });
