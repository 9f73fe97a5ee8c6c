import en from "../../../resources/locales/en/stock.json";
import zh from "../../../resources/locales/zh-CN/stock.json";
import { areaTexts } from "../../i18n/texts.tsx";

type StockKey = keyof typeof zh;

export const { useText: useStockText } = areaTexts<StockKey>({ "zh-CN": zh, en });
