import en from "../../../../resources/locales/en/people.json";
import zh from "../../../../resources/locales/zh-CN/people.json";
import { areaTexts } from "../../../i18n/texts.tsx";

type PeopleKey = keyof typeof zh;

export const { useText: usePeopleText } = areaTexts<PeopleKey>({ "zh-CN": zh, en });
