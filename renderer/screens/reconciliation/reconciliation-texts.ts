import en from "../../../resources/locales/en/reconciliation.json";
import zh from "../../../resources/locales/zh-CN/reconciliation.json";
import { areaTexts, type TextOf } from "../../i18n/texts.tsx";

export type ReconciliationKey = keyof typeof zh;
export type ReconciliationText = TextOf<ReconciliationKey>;

export const { useText: useReconciliationText } = areaTexts<ReconciliationKey>({ "zh-CN": zh, en });
