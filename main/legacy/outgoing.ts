import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { OutgoingState, OutgoingWritten } from "#contract/ipc/legacy-file-intents.ts";
import type { WriteOutgoingJob } from "#contract/worker/outgoing-job.ts";
import { errorCode } from "#core/error-code.ts";
import { compactLocalTime, localIso } from "#core/sale/business-date.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { folderFaultOf } from "./folder-fault.ts";
import { freeName, layoutOf, type OutgoingFileParts, type OutgoingOf, stage, whyNotWritten } from "./outgoing-files.ts";
import type { MarksFile } from "./outgoing-marks.ts";
import { moveDurably } from "./put-whole.ts";
import { writeDayAgain } from "./write-day-again.ts";

/** Fine enough for a time of the day, and for a shift that was closed. */
const lookEveryMs = 30_000;

const bothKinds = ["sales", "days"] as const;

export interface OutgoingParts extends OutgoingFileParts {
  readonly utcOffsetMinutes: number;
  readonly marks: MarksFile;
  /** The last file of each kind since the till started; outlives a change of the section. */
  readonly last: Map<OutgoingOf, NonNullable<OutgoingState["last"]>>;
  /** The newest shift that was closed. */
  readonly closedShift: () => string | null;
  /** The first business day that is not over. */
  readonly openDay: () => string;
  readonly clock: Clock;
}

export interface Outgoing {
  start(): void;
  /** Whatever is due now; tests and the start call it, otherwise it is called every half minute. */
  look(): Promise<void>;
  /** What no file has yet, as the schedule would write it, whether it is due or not. */
  writeNow(of: OutgoingOf): Promise<OutgoingWritten>;
  /** What files had of a business day, in a file of another name; what is new stays for the next one. */
  writeAgain(of: OutgoingOf, day: string): Promise<OutgoingWritten>;
  /** Resolves once nothing is being written. */
  stop(): Promise<void>;
  /** The last file since the till started, and why there is none now. */
  state(of: OutgoingOf): OutgoingState;
}

/**
 * Sales and days on their way to other systems of the shop. A file has its bytes first, then the mark says that they count,
 * then it gets its name: a stop anywhere between leaves nothing out and nothing twice.
 */
export function createOutgoing(parts: OutgoingParts): Outgoing {
  let cancel = (): void => {};
  let isStopped = false;
  let looking: Promise<void> | null = null;
  /** One file after the other: a mark is read and written by one at a time. */
  let turn: Promise<unknown> = Promise.resolve();
  const told = new Map<OutgoingOf, string>();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  };
  const writeDue = async (of: OutgoingOf, isAsked: boolean): Promise<OutgoingWritten> => {
    try {
      switchOn(parts, of);
      await settle(parts, of);
      const due = dueOf(parts, of, isAsked);
      const written = due === null ? null : await writeOne(parts, of, due);
      if (written !== null) parts.last.set(of, { name: written.name, atMs: parts.clock.now() });
      told.delete(of);
      return written === null ? { kind: "nothing" } : { kind: "written", ...written };
    } catch (cause) {
      const why = whyNotWritten(cause);
      if (told.get(of) !== why) parts.log("a file for another system was not written", { of, why });
      told.set(of, why);
      return { kind: "not-written", why: folderFaultOf(why) };
    }
  };
  const lookOnce = async (): Promise<void> => {
    for (const of of bothKinds) if (!isStopped) await writeDue(of, false);
  };
  const outgoing: Outgoing = {
    start() {
      void outgoing.look().then(() => {
        if (!isStopped) cancel = parts.clock.after(lookEveryMs, outgoing.start);
      });
    },
    look() {
      looking ??= inTurn(lookOnce).finally(() => {
        looking = null;
      });
      return looking;
    },
    writeNow: (of) => inTurn(() => writeDue(of, true)),
    writeAgain: (of, day) => inTurn(() => writeDayAgain(parts, parts.marks.read(), of, day)),
    async stop() {
      isStopped = true;
      cancel();
      await turn;
    },
    state(of) {
      const why = told.get(of);
      return { last: parts.last.get(of) ?? null, fault: why === undefined ? null : folderFaultOf(why) };
    },
  };
  return outgoing;
}

/** The day counts on which it was first asked for, even where the first file is written on a later one. */
function switchOn({ config, marks, openDay }: OutgoingParts, of: OutgoingOf): void {
  const asked = config[of];
  if (asked?.isOn !== true || marks.read()[of].since !== undefined) return;
  mark(marks, of, { since: asked.fromFirstSale ? null : openDay() });
}

/** What is seen to when a file is written now; null where none is due and nobody has asked for one. */
function dueOf(
  { config, marks, closedShift, clock, utcOffsetMinutes }: OutgoingParts,
  of: OutgoingOf,
  isAsked: boolean,
): Due | null {
  const asked = config[of];
  if (asked?.isOn !== true) return null;
  const seen = marks.read()[of];
  const slot = asked.at === undefined ? null : lastSlot(asked.at, clock.now(), utcOffsetMinutes);
  const shift = asked.afterShiftClose ? closedShift() : null;
  const isDue = isAsked || (slot !== null && slot !== seen.slot) || (shift !== null && shift !== seen.shift);
  return isDue ? { slot: slot ?? seen.slot, shift: shift ?? seen.shift } : null;
}

interface Due {
  readonly slot: string | null;
  readonly shift: string | null;
}

/** The day on which it was last so late: a till that was off at that time catches up. */
function lastSlot(at: string, nowMs: number, utcOffsetMinutes: number): string {
  const now = localIso(nowMs, utcOffsetMinutes);
  const isPast = now.slice(11, 16) >= at;
  return isPast ? now.slice(0, 10) : localIso(nowMs - 24 * 3_600_000, utcOffsetMinutes).slice(0, 10);
}

/** Gives the file its name that was on the disk and in the marks when the till was stopped. */
async function settle({ marks }: OutgoingParts, of: OutgoingOf): Promise<void> {
  const { staged } = marks.read()[of];
  if (staged === null) return;
  const path = join(staged.folder, staged.name);
  const isThere = await stat(`${path}.staged`).catch((cause: unknown) => {
    // Only a folder that can be looked into says that the file has its name already.
    if (errorCode(cause) !== "ENOENT") throw cause;
    return null;
  });
  if (isThere === null) await stat(staged.folder);
  else await moveDurably(`${path}.staged`, path);
  mark(marks, of, { staged: null });
}

/** @returns null where there was nothing to write */
async function writeOne(
  parts: OutgoingParts,
  of: OutgoingOf,
  due: Due,
): Promise<{ readonly name: string; readonly rowCount: number } | null> {
  const { config, marks, terminalId, utcOffsetMinutes, clock } = parts;
  const asked = config[of];
  if (asked === undefined) return null;
  const { folder, format } = asked;
  const time = `20${compactLocalTime(clock.now(), utcOffsetMinutes)}`;
  const name = await freeName(folder, `${terminalId}-${of}-`, time, format);
  const { rowCount, upTo } = await stage(parts, join(folder, name), whatOf(parts, of));
  const after = upTo === null ? {} : { after: upTo };
  mark(marks, of, { ...due, ...after, staged: rowCount === 0 ? null : { folder, name } });
  await settle(parts, of);
  return rowCount === 0 ? null : { name, rowCount };
}

function whatOf({ config, marks, openDay }: OutgoingParts, of: OutgoingOf): WriteOutgoingJob["what"] {
  const { sales, days } = config;
  if (of === "sales" && sales !== undefined) {
    const { after, since = null } = marks.read().sales;
    return { of, after, since, layout: layoutOf(sales) };
  }
  if (of === "days" && days !== undefined) {
    const { after, since = null } = marks.read().days;
    return { of, after, before: openDay(), since, layout: layoutOf(days) };
  }
  throw new Error("broken promise: only what is configured is written");
}

function mark(file: MarksFile, of: OutgoingOf, change: object): void {
  const marks = file.read();
  file.write({ ...marks, [of]: { ...marks[of], ...change } });
}
