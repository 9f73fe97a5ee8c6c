import type { RestoreRefusal } from "#contract/backup/dry-run.ts";
import type { useBackupText } from "./backup-texts.ts";

/** "12.3 MB", as file managers say it. */
export function sizeWords(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Why a backup is not restored here, and what to do next. */
export function refusalText(why: RestoreRefusal, text: ReturnType<typeof useBackupText>): string {
  switch (why.kind) {
    case "cut-short":
      return text("refused.cut-short", { size: sizeWords(why.size), expected: sizeWords(why.expected) });
    case "no-room":
      return text("refused.no-room", { needs: sizeWords(why.needs) });
    case "wrong-terminal":
      return text("refused.wrong-terminal", { found: why.found, expected: why.expected });
    case "newer-version":
      return text("refused.newer-version", { madeBy: why.madeBy });
    case "damaged":
      return text("refused.damaged", { where: why.where });
    case "unreadable":
      return text("refused.unreadable", { code: why.code });
    default:
      return text(`refused.${why.kind}`);
  }
}
