import en from "../../../../resources/locales/en/devices.json";
import zh from "../../../../resources/locales/zh-CN/devices.json";
import { areaTexts, type TextOf } from "../../../i18n/texts.tsx";

export type DeviceKey = keyof typeof zh;
export type DeviceText = TextOf<DeviceKey>;

export const { useText: useDeviceText } = areaTexts<DeviceKey>({ "zh-CN": zh, en });

/** A text that may be missing because another part of the till knows a word more than this page. */
export function isDeviceKey(key: string): key is DeviceKey {
  return Object.hasOwn(zh, key);
}
