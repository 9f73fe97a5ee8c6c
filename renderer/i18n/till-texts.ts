import en from "../../resources/locales/en/till.json";
import zh from "../../resources/locales/zh-CN/till.json";
import { keyNames } from "../till/key-map.ts";
import { areaTexts, type TextOf } from "./texts.tsx";

export type TillKey = keyof typeof zh;
export type TillText = TextOf<TillKey>;

/** Everything the till window says to the cashier. */
export const { useText: useTillText, textOf: tillTextOf } = areaTexts<TillKey>({ "zh-CN": zh, en }, keyNames);
