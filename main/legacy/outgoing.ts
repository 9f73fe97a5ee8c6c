import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LegacyFilesConfig } from "#contract/config/legacy-files.ts";
import type { OutgoingState } from "#contract/ipc/legacy-file-intents.ts";
import type { JobFault, JobResult } from "#contract/worker/messages.ts";
import type { WriteOutgoingJob } from "#contract/worker/outgoing-job.ts";
import { errorCode } from "#core/error-code.ts";
import type { Result } from "#core/result.ts";
import { compactLocalTime, localIso } from "#core/sale/business-date.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { folderFaultOf } from "./folder-fault.ts";
import type { MarksFile } from "./outgoing-marks.ts";
import { moveDurably } from "./put-whole.ts";

/** Fine enough for a time of the day, and for a shift that was closed. */
const lookEveryMs = 30_000;

type Written = Extract<JobResult, { of: "write-outgoing" }>;
const bothKinds = ["sales", "days"] as const;
type Of = (typeof bothKinds)[number];

export interface OutgoingParts {
  readonly config: Pick<LegacyFilesConfig, Of>;
  readonly terminalId: string;
  readonly utcOffsetMinutes: number;
  readonly salesDb: string;
  readonly marks: MarksFile;
  /** Done by the worker. */
  readonly write: (job: WriteOutgoingJob) => Promise<Result<Written, JobFault>>;
  /** The newest shift that was closed. */
  readonly closedShift: () => string | null;
  /** The first business day that is not over. */
  readonly openDay: () => string;
  readonly clock: Clock;
  readonly log: (what: string, facts: Readonly<Record<string, string>>) => void;
}

export interface Outgoing {
  start(): void;
  /** Whatever is due now; tests and the start call it, otherwise it is called every half minute. */
  look(): Promise<void>;
  /** Resolves once nothing is being written. */
  stop(): Promise<void>;
  /** The last file since it began, and why there is none now. */
  state(of: Of): OutgoingState;
}

/**
 * Sales and days on their way to other systems of the shop. A file has its bytes first, then the mark says that they count,
 * then it gets its name: a stop anywhere between leaves nothing out and nothing twice.
 */
export function createOutgoing(parts: OutgoingParts): Outgoing {
  let cancel = (): void => {};
  let isStopped = false;
  let looking: Promise<void> | null = null;
  const told = new Map<Of, string>();
  const last = new Map<Of, NonNullable<OutgoingState["last"]>>();

  const lookOnce = async (): Promise<void> => {
    for (const of of bothKinds) {
      if (isStopped) return;
      try {
        switchOn(parts, of);
        await settle(parts, of);
        const due = dueOf(parts, of);
        const name = due === null ? null : await writeOne(parts, of, due);
        if (name !== null) last.set(of, { name, atMs: parts.clock.now() });
        told.delete(of);
      } catch (cause) {
        const why = cause instanceof NotWritten ? cause.message : errorCode(cause);
        if (told.get(of) !== why) parts.log("a file for another system was not written", { of, why });
        told.set(of, why);
      }
    }
  };
  const outgoing: Outgoing = {
    start() {
      void outgoing.look().then(() => {
        if (!isStopped) cancel = parts.clock.after(lookEveryMs, outgoing.start);
      });
    },
    look() {
      looking ??= lookOnce().finally(() => {
        looking = null;
      });
      return looking;
    },
    async stop() {
      isStopped = true;
      cancel();
      await looking;
    },
    state(of) {
      const why = told.get(of);
      return { last: last.get(of) ?? null, fault: why === undefined ? null : folderFaultOf(why) };
    },
  };
  return outgoing;
}

/** The day counts on which it was first asked for, even where the first file is written on a later one. */
function switchOn({ config, marks, openDay }: OutgoingParts, of: Of): void {
  const asked = config[of];
  if (asked?.isOn !== true || marks.read()[of].since !== undefined) return;
  mark(marks, of, { since: asked.fromFirstSale ? null : openDay() });
}

/** What is seen to when a file is written now; null where none is due. */
function dueOf({ config, marks, closedShift, clock, utcOffsetMinutes }: OutgoingParts, of: Of) {
  const asked = config[of];
  if (asked?.isOn !== true) return null;
  const seen = marks.read()[of];
  const slot = asked.at === undefined ? null : lastSlot(asked.at, clock.now(), utcOffsetMinutes);
  const shift = asked.afterShiftClose ? closedShift() : null;
  const isDue = (slot !== null && slot !== seen.slot) || (shift !== null && shift !== seen.shift);
  return isDue ? { slot: slot ?? seen.slot, shift: shift ?? seen.shift } : null;
}

/** The day on which it was last so late: a till that was off at that time catches up. */
function lastSlot(at: string, nowMs: number, utcOffsetMinutes: number): string {
  const now = localIso(nowMs, utcOffsetMinutes);
  const isPast = now.slice(11, 16) >= at;
  return isPast ? now.slice(0, 10) : localIso(nowMs - 24 * 3_600_000, utcOffsetMinutes).slice(0, 10);
}

/** Gives the file its name that was on the disk and in the marks when the till was stopped. */
async function settle({ marks }: OutgoingParts, of: Of): Promise<void> {
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

/** @returns the file's name; null where there was nothing to write */
async function writeOne(
  parts: OutgoingParts,
  of: Of,
  due: { readonly slot: string | null; readonly shift: string | null },
): Promise<string | null> {
  const { config, marks, terminalId, utcOffsetMinutes, clock } = parts;
  const asked = config[of];
  if (asked === undefined) return null;
  const { folder } = asked;
  // A share that is not mounted must not become a folder of ours on this disk.
  await stat(folder);
  await removeUnfinished(folder, `${terminalId}-${of}-`);
  const stem = `${terminalId}-${of}-20${compactLocalTime(clock.now(), utcOffsetMinutes)}`;
  const name = await freeName(folder, stem, asked.format);
  const written = await parts.write({
    ...{ kind: "write-outgoing", salesDb: parts.salesDb, target: join(folder, `${name}.staged`) },
    what: whatOf(parts, of),
  });
  if (!written.ok) throw new NotWritten("code" in written.fault ? written.fault.code : written.fault.kind);
  const { rowCount, upTo } = written.value;
  const after = upTo === null ? {} : { after: upTo };
  mark(marks, of, { ...due, ...after, staged: rowCount === 0 ? null : { folder, name } });
  await settle(parts, of);
  return rowCount === 0 ? null : name;
}

function whatOf({ config, marks, openDay }: OutgoingParts, of: Of): WriteOutgoingJob["what"] {
  const { sales, days } = config;
  if (of === "sales" && sales !== undefined) {
    const { isOn: _, folder: __, at: ___, afterShiftClose: ____, fromFirstSale: _____, ...layout } = sales;
    const { after, since = null } = marks.read().sales;
    return { of, after, since, layout };
  }
  if (of === "days" && days !== undefined) {
    const { isOn: _, folder: __, at: ___, afterShiftClose: ____, fromFirstSale: _____, ...layout } = days;
    const { after, since = null } = marks.read().days;
    return { of, after, before: openDay(), since, layout };
  }
  throw new Error("broken promise: only what is configured is written");
}

function mark(file: MarksFile, of: Of, change: object): void {
  const marks = file.read();
  file.write({ ...marks, [of]: { ...marks[of], ...change } });
}

/** What was under way when the till was stopped, and counts as nothing. */
async function removeUnfinished(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const isOurs = name.startsWith(prefix) && (name.endsWith(".staged") || name.endsWith(".staged.part"));
    if (isOurs) await rm(join(folder, name), { force: true });
  }
}

/** A clock that was set back comes to the same second twice, and one file must not lie in another's place. */
async function freeName(folder: string, stem: string, format: string): Promise<string> {
  const taken = await readdir(folder);
  for (let turn = 1; ; turn += 1) {
    const name = `${stem}${turn === 1 ? "" : `-${turn}`}.${format}`;
    if (!taken.includes(name)) return name;
  }
}

class NotWritten extends Error {
  override readonly name = "NotWritten";
}
