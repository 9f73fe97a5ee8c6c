import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sampleTerminalId } from "#bench/support/sample-sale.ts";
import { assert } from "#core/result.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import { pick, pickOne, type Random, seededRandom } from "#tests/support/random.ts";
import { type CommitStates, commitStates, writeFiles } from "./commit-states.ts";
import { type Act, dayActs, memberTraces } from "./day-acts.ts";
import type { DiskOp } from "./disk-op.ts";
import { doAgain } from "./do-again.ts";
import { lookAtBooks, type Tally } from "./look-at-books.ts";
import { recordProgram } from "./record-seller.ts";
import { inScratch } from "./scratch.ts";
import { type PowerLossKind, powerLossKinds, SimulatedDisk } from "./simulated-disk.ts";

/** What was found of one act, over all its states. */
export interface ActReport {
  readonly act: string;
  /** Files as they may be found after a power cut. */
  states: number;
  /** Somebody was told, or something had left, and it is not there. */
  lost: number;
  /** Done again by somebody who could not know, it was there twice. */
  doubled: number;
  /** The books are as they never were, do not open, or contradict themselves. */
  half: number;
  /** Somebody who was deleted can still be read after the next start. */
  traces: number;
  /** The first finding in words. */
  finding: string | null;
}

/** How a recording is spoilt, as a control that must be found out. */
export type Spoilt = "split" | "log-not-synced" | "names-not-synced" | null;

export interface DayExploration {
  readonly seed: number;
  readonly rounds: number;
  /** Power cuts in each act; `every` is one of each kind after every single call to the disk. */
  readonly cuts: number | "every";
  readonly spoilt: Spoilt;
  /** This act alone; all of them without it. */
  readonly only?: string;
}

interface Span {
  readonly act: Act;
  readonly round: number;
  readonly begins: number;
  readonly done: number;
  /** Up to here nothing else has begun. */
  readonly end: number;
}

interface Cut {
  readonly span: Span;
  readonly call: number;
  readonly kind: PowerLossKind;
}

type Books = ReturnType<typeof lookAtBooks>;

/** Records a day at the till, cuts the power in every act of it, and starts the till on what is left. */
export function exploreDay({ seed, rounds, cuts, spoilt, only }: DayExploration): Promise<readonly ActReport[]> {
  return inScratch(async (scratch) => {
    const day = join(scratch, "day");
    mkdirSync(day);
    const whole = await recordProgram(day, "day.ts", [String(rounds), spoilt === "split" ? "split" : "whole"]);
    const recorded = withSyncedCatalogue(whole);
    const spans = spansOf(recorded).filter(({ act }) => only === undefined || act.name === only);
    const states = await commitStates(recorded, join(scratch, "look"), (folder) =>
      lookAtBooks(join(folder, "sales.db")),
    );
    const random = seededRandom(seed);
    const explorer = new DayExplorer(states, random, join(scratch, "found"));
    for (const span of spans) explorer.countCommits(span);
    const disk = new SimulatedDisk();
    let applied = 0;
    for (const cut of cutsOf(spans, recorded, cuts, random)) {
      for (; applied <= cut.call; applied += 1) {
        const op = recorded[applied];
        assert(op !== undefined, "a cut lies inside the recording");
        if (!isSpoilt(op, spoilt)) disk.apply(op);
      }
      await explorer.judge(cut, disk, leftBefore(recorded, cut.call));
    }
    return explorer.reports();
  });
}

/** The catalogue is explored by itself: here it is only what goods are called, and all of it is on the disk. */
function withSyncedCatalogue(ops: readonly DiskOp[]): readonly DiskOp[] {
  const last = ops.findLastIndex((op) => op.kind === "write" && op.file.startsWith("catalog.db"));
  const files = ["catalog.db", "catalog.db-wal"];
  const syncs = files.map((file) => ({ kind: "sync", file }) as const);
  return [...ops.slice(0, last + 1), ...syncs, ...ops.slice(last + 1)];
}

function isSpoilt(op: DiskOp, spoilt: Spoilt): boolean {
  if (spoilt === "log-not-synced") return op.kind === "sync" && op.file === "sales.db-wal";
  return spoilt === "names-not-synced" && op.kind === "sync-names";
}

function spansOf(ops: readonly DiskOp[]): readonly Span[] {
  const begun = ops.flatMap((op, call) => (op.kind === "told" && op.told.what === "begins" ? [call] : []));
  const rounds = new Map<string, number>();
  return begun.map((begins, index) => {
    const op = ops[begins];
    const name = op?.kind === "told" ? op.told.act : "";
    const act = dayActs.find((one) => one.name === name);
    const end = (begun[index + 1] ?? ops.length) - 1;
    const done = ops.findIndex((one, call) => call > begins && one.kind === "told" && one.told.what === "done");
    assert(act !== undefined && done > begins && done <= end, `${name} begins and ends`);
    const round = (rounds.get(name) ?? 0) + 1;
    rounds.set(name, round);
    return { act, round, begins, done, end };
  });
}

function cutsOf(
  spans: readonly Span[],
  ops: readonly DiskOp[],
  cuts: number | "every",
  random: Random,
): readonly Cut[] {
  return spans.flatMap((span) => {
    const calls = Array.from({ length: span.end - span.begins + 1 }, (_, index) => span.begins + index);
    if (cuts === "every") return calls.flatMap((call) => powerLossKinds.map((kind) => ({ span, call, kind })));
    // Half of them while the act is done, where few calls are; the others until the next one begins.
    const during = calls.filter((call) => call <= span.done && ops[call]?.kind !== "told");
    const some = Array.from({ length: cuts }, (_, index) => ({
      span,
      call: index % 2 === 0 ? pickOne(random, during) : span.begins + pick(random, calls.length),
      kind: pickOne(random, powerLossKinds),
    }));
    return some.toSorted((a, b) => a.call - b.call);
  });
}

/** Numbers that the gateway has heard by then. */
function leftBefore(ops: readonly DiskOp[], call: number): ReadonlySet<string> {
  const told = ops.slice(0, call + 1).flatMap((op) => (op.kind === "told" && op.told.what === "left" ? [op.told] : []));
  return new Set(told.flatMap(({ number }) => (number === undefined ? [] : [number])));
}

class DayExplorer {
  readonly #states: CommitStates<Books>;
  readonly #random: Random;
  readonly #directory: string;
  readonly #reports = new Map<string, ActReport>();
  /** What was done again already: the same act on the same books ends the same way. */
  readonly #doneAgain = new Set<string>();

  constructor(states: CommitStates<Books>, random: Random, directory: string) {
    this.#states = states;
    this.#random = random;
    this.#directory = directory;
  }

  reports(): readonly ActReport[] {
    return [...this.#reports.values()];
  }

  /** An act that changes what was done in more commits than it says could be cut in two; one that changes nothing shows nothing. */
  countCommits({ act, begins, done }: Span): void {
    const { states, at } = this.#states;
    const between = states
      .slice(at(begins), at(done) + 1)
      .map(({ tally, entries }) => JSON.stringify([tally, entries]));
    const steps = between.filter((books, index) => index > 0 && books !== between[index - 1]).length;
    const report = this.#of(act);
    assert(steps > 0, `${act.name} is in the books`);
    if (steps > act.commits) this.#find(report, "half", `the books take it in by ${steps} commits`);
  }

  async judge(cut: Cut, disk: SimulatedDisk, left: ReadonlySet<string>): Promise<void> {
    const { span, call, kind } = cut;
    const report = this.#of(span.act);
    report.states += 1;
    const files = disk.afterPowerLoss(kind, this.#random);
    const where = `call ${call}, ${kind}`;
    if (!files.has("sales.db")) return this.#find(report, "lost", `${where}: no sales.db`);
    writeFiles(this.#directory, files);
    const found = this.#found();
    if (typeof found === "string") return this.#find(report, "half", `${where}: ${found}`);
    if (found.damage !== null || found.half.length > 0)
      return this.#find(report, "half", `${where}: ${[found.damage ?? [], ...found.half].flat().join("; ")}`);
    const [oldest, newest] = [this.#states.at(call), this.#states.behind(call)];
    const place = this.#states.states.findIndex(
      ({ digest }, index) => index >= oldest && index <= newest && digest === found.digest,
    );
    if (place < 0) {
      const isOlder = this.#states.states.slice(0, oldest).some(({ digest }) => digest === found.digest);
      return this.#find(
        report,
        isOlder ? "lost" : "half",
        `${where}: as they ${isOlder ? "were before" : "never were"}`,
      );
    }
    this.#startTill(report, where, span);
    await this.#again(report, where, span, `${place}`, left);
  }

  #found(): Books | string {
    try {
      return lookAtBooks(join(this.#directory, "sales.db"));
    } catch (error) {
      return String(error);
    }
  }

  /** The next start: the store opens, the journal is whole, and nobody who was deleted is left in the bytes. */
  #startTill(report: ActReport, where: string, { act, round }: Span): void {
    const path = join(this.#directory, "sales.db");
    const opened = openSalesStore({
      path,
      terminalId: sampleTerminalId,
      now: () => 0,
      newId: () => crypto.randomUUID(),
    });
    if (!opened.ok) return this.#find(report, "half", `${where}: ${JSON.stringify(opened.fault)}`);
    const chain = opened.value.verifyWholeChain();
    if (!chain.ok) this.#find(report, "half", `${where}: journal ${chain.fault.kind} at ${chain.fault.seq}`);
    const isDeleted =
      act.name === "a member deleted" && opened.value.memberByPhone(memberTraces(round)[0] ?? "") === null;
    const traces = isDeleted ? memberTraces(round).filter((trace) => isInFiles(this.#directory, trace)) : [];
    if (traces.length > 0) this.#find(report, "traces", `${where}: ${traces.join(", ")} can still be read`);
    opened.value.close();
  }

  async #again(
    report: ActReport,
    where: string,
    { act, round, begins, done }: Span,
    place: string,
    left: ReadonlySet<string>,
  ): Promise<void> {
    const key = [act.name, round, place, left.size].join(" ");
    // Behind the act nobody does it again: they were told.
    if (this.#doneAgain.has(key) || Number(place) > this.#states.at(done)) return;
    this.#doneAgain.add(key);
    const wanted = this.#states.states[this.#states.at(done)]?.tally;
    assert(wanted !== undefined && begins < done, "the act has an end");
    const tally = await doAgain({ directory: this.#directory, act, round, left });
    const names = Object.keys(wanted) as (keyof Tally)[];
    const apart = names.filter((name) => tally[name] !== wanted[name]);
    if (apart.length === 0) return;
    const words = apart.map((name) => `${name} ${tally[name]} and not ${wanted[name]}`).join(", ");
    this.#find(report, "doubled", `${where}, done again: ${words}`);
  }

  #of(act: Act): ActReport {
    const known = this.#reports.get(act.name);
    const report = known ?? { act: act.name, states: 0, lost: 0, doubled: 0, half: 0, traces: 0, finding: null };
    this.#reports.set(act.name, report);
    return report;
  }

  #find(report: ActReport, kind: "lost" | "doubled" | "half" | "traces", words: string): void {
    report[kind] += 1;
    report.finding ??= `${kind}: ${words}`;
  }
}

function isInFiles(directory: string, trace: string): boolean {
  return readdirSync(directory).some(
    (name) => name.startsWith("sales.db") && readFileSync(join(directory, name)).includes(trace),
  );
}
