import en from "../../../resources/locales/en/members.json";
import zh from "../../../resources/locales/zh-CN/members.json";
import { areaTexts } from "../../i18n/texts.tsx";

type MembersKey = keyof typeof zh;

/** What the screens of members say. */
export const { useText: useMembersText } = areaTexts<MembersKey>({ "zh-CN": zh, en });
