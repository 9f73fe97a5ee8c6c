import en from "../../../resources/locales/en/labels.json";
import zh from "../../../resources/locales/zh-CN/labels.json";
import { areaTexts } from "../../i18n/texts.tsx";

type LabelsKey = keyof typeof zh;

export const { useText: useLabelsText, textOf: labelsTextOf } = areaTexts<LabelsKey>({ "zh-CN": zh, en });
