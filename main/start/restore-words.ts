import type { RestoreRefusal } from "#contract/backup/dry-run.ts";
import en from "../../resources/locales/en/backup.json" with { type: "json" };
import zh from "../../resources/locales/zh-CN/backup.json" with { type: "json" };

export type BackupText = keyof typeof zh;
export type BackupRefusalKey = `refused.${RestoreRefusal["kind"]}` & BackupText;

/** A text of the backup's pages in both languages, with its `{places}` filled; these texts have no plurals. */
export function backupWords(
  key: BackupText,
  facts: Readonly<Record<string, string | number>> = {},
): { readonly zh: string; readonly en: string } {
  const fill = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));
  return { zh: fill(zh[key]), en: fill(en[key]) };
}

/** "12.3 MB", as file managers say it. */
export function sizeWords(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
