import en from "../../resources/locales/en/common.json";
import zh from "../../resources/locales/zh-CN/common.json";
import { areaTexts } from "./texts.tsx";

export type CommonKey = keyof typeof zh;

/** Words every window shares: the three words for money, units, roles, kinds of tender. */
export const { useText: useCommonText, textOf: commonTextOf } = areaTexts<CommonKey>({ "zh-CN": zh, en });
