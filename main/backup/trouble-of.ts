import { errorCode } from "#core/error-code.ts";
import type { BackupTrouble } from "#contract/worker/backup-messages.ts";

const byCode: Readonly<Record<string, BackupTrouble>> = {
  ENOENT: "folder-away",
  ENOTDIR: "folder-away",
  ENODEV: "folder-away",
  ENXIO: "folder-away",
  ESTALE: "folder-away",
  EHOSTDOWN: "folder-away",
  EROFS: "folder-read-only",
  EACCES: "folder-read-only",
  EPERM: "folder-read-only",
  ENOSPC: "folder-full",
  EDQUOT: "folder-full",
  EFBIG: "folder-full",
};

/** What the system's word about the folder means for whoever looks after it; null for what is no word of a disk. */
export function troubleOfFolder(cause: unknown): BackupTrouble | null {
  const code = errorCode(cause);
  if (!/^E[A-Z0-9]+$/.test(code)) return null;
  return byCode[code] ?? "folder-broken";
}

/** The same while the copy is made on this machine's own disk. */
export function troubleHere(cause: unknown): BackupTrouble | null {
  const code = errorCode(cause);
  if (["ENOSPC", "EDQUOT", "SQLITE_FULL"].includes(code)) return "no-room-here";
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(code) ? "books-damaged" : null;
}
