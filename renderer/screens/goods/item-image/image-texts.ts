import en from "../../../../resources/locales/en/item-images.json";
import zh from "../../../../resources/locales/zh-CN/item-images.json";
import { areaTexts } from "../../../i18n/texts.tsx";

type ImageKey = keyof typeof zh;

export const { useText: useImageText } = areaTexts<ImageKey>({ "zh-CN": zh, en });
