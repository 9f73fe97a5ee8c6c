import en from "../../../../resources/locales/en/audit.json";
import zh from "../../../../resources/locales/zh-CN/audit.json";
import { areaTexts, type TextOf } from "../../../i18n/texts.tsx";

type AuditKey = keyof typeof zh;
export type AuditText = TextOf<AuditKey>;

export const { useText: useAuditText } = areaTexts<AuditKey>({ "zh-CN": zh, en });

/** What happened, in words; a kind of another version of the till by its name. */
export function kindInWords(kind: string, text: AuditText): string {
  const key = `kind.${kind}`;
  return isKey(key) ? text(key) : text("kind.other", { kind });
}

/** A note that is a word of ours, in the cashier's language; what a person wrote as it is. A share of a discount in percent. */
export function noteInWords(note: string, text: AuditText): string {
  const key = `note.${note}`;
  if (isKey(key)) return text(key);
  return note.replace(
    /(\d+)‱/,
    (_all, share: string) =>
      `${share
        .padStart(3, "0")
        .replace(/(\d\d)$/, ".$1")
        .replace(/\.?0+$/, "")}%`,
  );
}

function isKey(key: string): key is AuditKey {
  return Object.hasOwn(zh, key);
}
