import en from "../../../resources/locales/en/reports.json";
import zh from "../../../resources/locales/zh-CN/reports.json";
import { areaTexts } from "../../i18n/texts.tsx";

export type ReportsKey = keyof typeof zh;

export const { useText: useReportsText } = areaTexts<ReportsKey>({ "zh-CN": zh, en });
