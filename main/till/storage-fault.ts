import type { TillContext } from "#main/till/context.ts";
import { notify, withdrawNotices } from "#main/till/notices.ts";

/** `disk-full`: the same action may be done again once there is room. `storage-trouble`: what the disk holds is not known. */
export type StorageFault = "disk-full" | "storage-trouble";

/** What a disk's refusal is to the cashier; null for what is no refusal of a disk. */
export function storageFault(cause: unknown): StorageFault | null {
  if (!(cause instanceof Error)) return null;
  const code = "code" in cause ? String(cause.code) : "";
  if (/^(?:SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return "disk-full";
  return /^(?:SQLITE_|EIO$|EROFS$)/.test(code) || cause.name === "StoreBroken" ? "storage-trouble" : null;
}

/** Says so where a disk has refused; null where it was something else. */
export function tellOfDisk(till: TillContext, cause: unknown): StorageFault | null {
  const kind = storageFault(cause);
  if (kind !== null) notify(till, { kind });
  // It says that selling goes on.
  if (kind === "storage-trouble") withdrawNotices(till, (notice) => notice.kind === "disk-checked");
  return kind;
}

/** Something was just written: what was said about the disk is over. */
export function diskTookIt(till: TillContext): void {
  withdrawNotices(till, ({ kind }) => kind === "storage-trouble" || kind === "disk-full");
}
