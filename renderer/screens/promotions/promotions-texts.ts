import en from "../../../resources/locales/en/promotions.json";
import zh from "../../../resources/locales/zh-CN/promotions.json";
import { areaTexts, type TextOf } from "../../i18n/texts.tsx";

type PromotionsKey = keyof typeof zh;
export type PromotionsText = TextOf<PromotionsKey>;

export const { useText: usePromotionsText } = areaTexts<PromotionsKey>({ "zh-CN": zh, en });
