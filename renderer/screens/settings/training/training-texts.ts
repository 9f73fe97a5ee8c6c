import en from "../../../../resources/locales/en/training.json";
import zh from "../../../../resources/locales/zh-CN/training.json";
import { areaTexts } from "../../../i18n/texts.tsx";

type TrainingKey = keyof typeof zh;

export const { useText: useTrainingText } = areaTexts<TrainingKey>({ "zh-CN": zh, en });
