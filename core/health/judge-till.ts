import { finding, type Finding } from "./checks.ts";

const msPerDay = 86_400_000;
const mib = 1_048_576;
const kib = 1_024;

/** What SQLite's own look through the file said: how many things are wrong with it, and what the look took. */
export function judgeDatabase(read: {
  readonly problems: number;
  readonly bytes: number;
  readonly tookMs: number;
}): Finding<"database"> {
  const facts = { problems: read.problems, kib: Math.trunc(read.bytes / kib), tookMs: read.tookMs };
  return finding("database", read.problems === 0 ? "ok" : "damaged", facts);
}

/** SQLite empties its log at every thousand pages; one this long is held open by somebody who reads and does not end. */
const longWalBytes = 64 * mib;

/** How the connection that books sales writes, and how long its log is. `synchronous`: 2 is FULL. */
export function judgeDurability(read: {
  readonly journalMode: string;
  readonly synchronous: number;
  readonly walBytes: number;
}): Finding<"durability"> {
  const facts = { walMib: Math.trunc(read.walBytes / mib), synchronous: read.synchronous };
  if (read.journalMode !== "wal" || read.synchronous < 2) return finding("durability", "weak", facts);
  return finding("durability", read.walBytes > longWalBytes ? "long-log" : "ok", facts);
}

/** What of the chain was checked: how many entries, and the first that does not fit. */
export interface ChainRead {
  readonly checked: number;
  readonly total: number;
  readonly brokenAt: number | null;
}

export function judgeJournalEnd({ checked, total, brokenAt }: ChainRead): Finding<"journal-end"> {
  if (brokenAt !== null) return finding("journal-end", "broken", { seq: brokenAt, total });
  return finding("journal-end", "ok", { checked, total });
}

export function judgeJournalWhole(read: ChainRead | null): Finding<"journal-whole"> {
  if (read === null) return finding("journal-whole", "unchecked");
  if (read.brokenAt !== null) return finding("journal-whole", "broken", { seq: read.brokenAt, total: read.total });
  return finding("journal-whole", "ok", { total: read.total });
}

/** How many devices are set up, and how many of them do not do what they are for. */
export function judgeDevices(read: { readonly count: number; readonly troubled: number }): Finding<"devices"> {
  if (read.count === 0) return finding("devices", "none");
  return finding("devices", read.troubled > 0 ? "trouble" : "ok", { ...read });
}

/** More papers than a printer is behind in a rush. */
const manyPapers = 5;

/** Papers on their way to the printer, and those of which nobody knows whether they came out. */
export function judgePapers(read: { readonly waiting: number; readonly unknown: number }): Finding<"papers"> {
  if (read.unknown > 0) return finding("papers", "unknown", { ...read });
  return finding("papers", read.waiting > manyPapers ? "waiting" : "ok", { ...read });
}

/** Whether the gateway answered the question that was just put to it, and in what time. Null: the till takes no WeChat Pay. */
export function judgeGateway(
  read: { readonly isReached: boolean; readonly tookMs: number } | null,
): Finding<"gateway"> {
  if (read === null) return finding("gateway", "not-set-up");
  return finding("gateway", read.isReached ? "ok" : "away", { tookMs: read.tookMs });
}

/** The merchant's platform needs days to hand a new certificate out. */
const endingDays = 30;

/** The merchant's keys. `endsAtMs`: of its certificate, null where there is none. Null: no merchant is set up. */
export function judgeMerchantKeys(
  read: { readonly isUsable: boolean; readonly endsAtMs: number | null } | null,
  nowMs: number,
): Finding<"merchant-keys"> {
  if (read === null) return finding("merchant-keys", "not-set-up");
  const days = read.endsAtMs === null ? null : Math.floor((read.endsAtMs - nowMs) / msPerDay);
  if (days !== null && days < 0) return finding("merchant-keys", "ended", { days: -days });
  if (!read.isUsable) return finding("merchant-keys", "unusable");
  if (days === null) return finding("merchant-keys", "usable");
  return finding("merchant-keys", days < endingDays ? "ending" : "ok", { days });
}

/** A shop that is open sends every few minutes: this many entries are more than an hour of one. */
const manyWaiting = 1_000;

export interface OfficeRead {
  readonly state: "alone" | "not-enrolled" | "online" | "offline" | "stopped";
  /** Since when. */
  readonly sinceMs: number;
  readonly waiting: number;
  readonly lastAgreedAtMs: number | null;
  readonly disagreedDays: number;
  readonly hasAlarm: boolean;
}

export function judgeHeadOffice(read: OfficeRead, nowMs: number): Finding<"head-office"> {
  const { state, waiting, disagreedDays } = read;
  if (state === "alone") return finding("head-office", "not-set-up");
  const hoursAgo = (atMs: number): number => Math.max(Math.trunc((nowMs - atMs) / 3_600_000), 0);
  const agreedHours = read.lastAgreedAtMs === null ? -1 : hoursAgo(read.lastAgreedAtMs);
  const facts = { waiting, disagreedDays, agreedHours, hours: hoursAgo(read.sinceMs) };
  if (read.hasAlarm) return finding("head-office", "alarm", facts);
  if (state === "stopped") return finding("head-office", "stopped", facts);
  if (state === "not-enrolled") return finding("head-office", "not-enrolled", facts);
  if (disagreedDays > 0) return finding("head-office", "differs", facts);
  if (state === "offline") return finding("head-office", "away", facts);
  return finding("head-office", waiting > manyWaiting ? "waiting" : "ok", facts);
}
