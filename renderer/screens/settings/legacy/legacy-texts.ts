import en from "../../../../resources/locales/en/legacy.json";
import zh from "../../../../resources/locales/zh-CN/legacy.json";
import { areaTexts } from "../../../i18n/texts.tsx";

type LegacyKey = keyof typeof zh;

/** What the page of old tills says. */
export const { useText: useLegacyText } = areaTexts<LegacyKey>({ "zh-CN": zh, en });
