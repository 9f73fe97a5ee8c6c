import { finding, type Finding } from "./checks.ts";

const mib = 1_048_576;
const gib = 1_073_741_824;
const msPerHour = 3_600_000;

/** A month of a busy shop is some 100 MiB; below this a month is no longer certain. Bytes. */
const lowDiskBytes = 2 * gib;
/** SQLite's log, a report and a bill of the gateway still fit; soon nothing does. */
const fullDiskBytes = 300 * mib;

/** Bytes that a plain user may still write where the books lie, and how large the disk is. */
export function judgeDiskSpace(read: {
  readonly freeBytes: number;
  readonly totalBytes: number;
}): Finding<"disk-space"> {
  const { freeBytes, totalBytes } = read;
  const facts = { freeMib: wholeMib(freeBytes), totalMib: wholeMib(totalBytes) };
  if (freeBytes < fullDiskBytes) return finding("disk-space", "full", facts);
  return finding("disk-space", freeBytes < lowDiskBytes ? "low" : "ok", facts);
}

/** A sale's commit waits for one such flush; a disk that is this slow makes a queue. Milliseconds. */
const slowFlushMs = 150;

/** One page written and flushed beside the books: how long it took, or the system's code for why not. */
export function judgeDiskWrite(read: { readonly tookMs: number } | { readonly code: string }): Finding<"disk-write"> {
  if ("code" in read) {
    const isFull = read.code === "ENOSPC" || read.code === "EDQUOT";
    return finding("disk-write", isFull ? "full" : "refused", { code: read.code });
  }
  return finding("disk-write", read.tookMs > slowFlushMs ? "slow" : "ok", { tookMs: read.tookMs });
}

/** A customer notices on the receipt, and head office's days begin to differ; milliseconds. */
const clockOffMs = 30_000;
/** WeChat Pay and head office believe no request that is further off. Source: the gateway's rules for `Wechatpay-Timestamp`. */
const clockWrongMs = 300_000;

/** How far the till's clock runs ahead of others (negative: behind), milliseconds; null where they have not said. */
export function judgeClock(read: {
  readonly gatewayMs: number | null;
  readonly officeMs: number | null;
}): Finding<"clock"> {
  const worst = [read.gatewayMs, read.officeMs].reduce<number | null>(
    (most, one) => (one !== null && (most === null || Math.abs(one) > Math.abs(most)) ? one : most),
    null,
  );
  if (worst === null) return finding("clock", "unmeasured");
  const facts = { seconds: Math.abs(wholeParts(worst, 1_000)), way: worst < 0 ? "behind" : "ahead" };
  if (Math.abs(worst) >= clockWrongMs) return finding("clock", "wrong", facts);
  return finding("clock", Math.abs(worst) >= clockOffMs ? "off" : "ok", facts);
}

/** Less is a clock set right by the network; milliseconds. */
const calendarSlackMs = 60_000;

/** What the calendar has moved since the till was opened, beside time that only goes on; a machine that slept says nothing. */
export function judgeCalendar(read: {
  readonly wallMs: number;
  readonly steadyMs: number;
  readonly hasSlept: boolean;
}): Finding<"calendar"> {
  const apartMs = read.wallMs - read.steadyMs;
  const facts = { seconds: Math.abs(wholeParts(apartMs, 1_000)), way: apartMs < 0 ? "back" : "forward" };
  const isJump = Math.abs(apartMs) > calendarSlackMs && !(read.hasSlept && apartMs > 0);
  return isJump ? finding("calendar", "jumped", facts) : finding("calendar", "ok");
}

/** Days and weeks of memory all processes together may want on a machine with 4 GiB. */
const highMemoryBytes = 2 * gib;
const shortMemoryBytes = 300 * mib;

/** What the till's processes have in memory, and what the machine has left, bytes. */
export function judgeMemory(read: {
  readonly processes: readonly { readonly kind: string; readonly bytes: number }[];
  readonly freeBytes: number;
}): Finding<"memory"> {
  const total = read.processes.reduce((sum, { bytes }) => sum + bytes, 0);
  const facts = { usedMib: wholeMib(total), freeMib: wholeMib(read.freeBytes), processes: read.processes.length };
  if (read.freeBytes < shortMemoryBytes) return finding("memory", "short", facts);
  return finding("memory", total > highMemoryBytes ? "high" : "ok", facts);
}

/** The till keeps five files of 5 MiB; more was put there by somebody else, or is not turned over. */
const largeLogBytes = 32 * mib;

/** The folder of the log: its size, and the system's code where nothing can be written there. */
export function judgeLog(read: {
  readonly bytes: number;
  readonly files: number;
  readonly code: string | null;
}): Finding<"log"> {
  const facts = { kib: wholeParts(read.bytes, 1_024), files: read.files };
  if (read.code !== null) return finding("log", "unwritable", { ...facts, code: read.code });
  return finding("log", read.bytes > largeLogBytes ? "large" : "ok", facts);
}

/** A day and a half: yesterday's evening is in it, whenever somebody looks. */
const oldBackupMs = 36 * msPerHour;
/** From here on a lost disk costs a week. */
const tooOldBackupMs = 168 * msPerHour;

/** When a copy was last written and read back whole, milliseconds since the epoch; null without a folder for them. */
export function judgeBackup(read: { readonly lastVerifiedAt: number | null } | null, nowMs: number): Finding<"backup"> {
  if (read === null) return finding("backup", "no-folder");
  if (read.lastVerifiedAt === null) return finding("backup", "never");
  const ageMs = Math.max(nowMs - read.lastVerifiedAt, 0);
  const facts = { hours: wholeParts(ageMs, msPerHour) };
  if (ageMs > tooOldBackupMs) return finding("backup", "too-old", facts);
  return finding("backup", ageMs > oldBackupMs ? "old" : "ok", facts);
}

export function judgeVersion(read: {
  readonly version: string;
  readonly takenBack: string | null;
}): Finding<"version"> {
  const { version, takenBack } = read;
  if (takenBack === null) return finding("version", "ok", { version });
  return finding("version", "taken-back", { version, takenBack });
}

function wholeMib(bytes: number): number {
  return wholeParts(bytes, mib);
}

/** How many whole `part`s are in it, toward zero. */
function wholeParts(value: number, part: number): number {
  return Math.trunc(value / part);
}
