import en from "../../../resources/locales/en/returns.json";
import zh from "../../../resources/locales/zh-CN/returns.json";
import { areaTexts } from "../../i18n/texts.tsx";

type ReturnKey = keyof typeof zh;

/** What the screens of returns and exchanges say. */
export const { useText: useReturnText } = areaTexts<ReturnKey>({ "zh-CN": zh, en });
