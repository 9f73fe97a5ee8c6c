import en from "../../../resources/locales/en/health.json";
import zh from "../../../resources/locales/zh-CN/health.json";
import { areaTexts, type TextOf } from "../../i18n/texts.tsx";

type HealthKey = keyof typeof zh;
export type HealthText = TextOf<HealthKey>;

export const { useText: useHealthText } = areaTexts<HealthKey>({ "zh-CN": zh, en });

export function isHealthKey(key: string): key is HealthKey {
  return Object.hasOwn(zh, key);
}
