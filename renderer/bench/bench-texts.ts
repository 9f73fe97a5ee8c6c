import en from "../../resources/locales/en/bench.json";
import zh from "../../resources/locales/zh-CN/bench.json";
import { areaTexts } from "../i18n/texts.tsx";

export type BenchKey = keyof typeof zh;

export const { useText: useBenchText } = areaTexts<BenchKey>({ "zh-CN": zh, en });
