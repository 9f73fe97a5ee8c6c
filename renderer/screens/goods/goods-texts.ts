import en from "../../../resources/locales/en/catalogue.json";
import zh from "../../../resources/locales/zh-CN/catalogue.json";
import { areaTexts } from "../../i18n/texts.tsx";

type GoodsKey = keyof typeof zh;

export const { useText: useGoodsText } = areaTexts<GoodsKey>({ "zh-CN": zh, en });
