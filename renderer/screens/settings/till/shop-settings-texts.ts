import en from "../../../../resources/locales/en/shop-settings.json";
import zh from "../../../../resources/locales/zh-CN/shop-settings.json";
import { areaTexts, type TextOf } from "../../../i18n/texts.tsx";

type ShopSettingsKey = keyof typeof zh;
export type ShopSettingsText = TextOf<ShopSettingsKey>;

/** What the pages of the shop, this till and its keyboard say. */
export const { useText: useShopSettingsText } = areaTexts<ShopSettingsKey>({ "zh-CN": zh, en });
