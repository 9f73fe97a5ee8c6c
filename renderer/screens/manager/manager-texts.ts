import en from "../../../resources/locales/en/manager.json";
import zh from "../../../resources/locales/zh-CN/manager.json";
import { areaTexts } from "../../i18n/texts.tsx";

export type ManagerKey = keyof typeof zh;

export const { useText: useManagerText, textOf: managerTextOf } = areaTexts<ManagerKey>({ "zh-CN": zh, en });
