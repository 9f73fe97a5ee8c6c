import type { BillTrouble } from "#core/reconciliation/bill-trouble.ts";
import type { FindingGroup } from "#core/reconciliation/finding-group.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import type { CompareResult } from "./bill-room.ts";

/** A day whose bill could not be had or compared; it is tried again. */
export interface BillTry {
  readonly trouble: BillTrouble;
  /** The gateway's code, or the line that is wrong; "" where there is nothing more to say. Never quotes the bill. */
  readonly detail: string;
  readonly tries: number;
  /** Milliseconds since the epoch. */
  readonly triedAtMs: number;
  readonly nextTryAtMs: number;
}

/** One Beijing day beside the gateway's books. */
export interface ReconciledDay {
  readonly day: string;
  /** Null once it was compared without trouble. A day can be compared and in trouble: the last try again failed. */
  readonly trouble: BillTry | null;
  readonly compared: ComparedDay | null;
  /** Findings that wait for a person. */
  readonly openCount: number;
  /** Findings the next day's bill will tell more about. */
  readonly waitingCount: number;
}

export interface ComparedDay extends CompareResult {
  /** Counts the comparisons of this day. */
  readonly run: number;
  readonly fetchedAtMs: number;
  readonly comparedAtMs: number;
}

/** What somebody did about a finding. `settled` ends it. */
export interface FindingAct {
  readonly how: "asked" | "hurried" | "settled";
  /** The gateway's answer, or the reason the manager gave. */
  readonly detail: string;
  readonly byId: string;
  readonly byName: string;
  readonly atMs: number;
}

export interface StoredFinding extends Finding {
  readonly day: string;
  /** The same in every run of the day. */
  readonly key: string;
  readonly group: FindingGroup;
  readonly state: "over" | "open" | "waiting" | "settled";
  /** The last of them; null where nobody did anything about it as it stands. */
  readonly act: FindingAct | null;
  /** For paging. */
  readonly position: number;
}

export type FindingCounts = Readonly<Record<FindingGroup, { readonly all: number; readonly open: number }>>;

/** The part of sales.db about the gateway's bills. Every method that changes something returns after its fsync. */
export interface ReconciliationStore {
  /** When this till first took money through the gateway, milliseconds since the epoch; null: never. */
  firstPaymentAtMs(): number | null;
  /** Newest first; days nothing was ever tried for are not among them. */
  reconciledDays(): readonly ReconciledDay[];
  reconciledDay(day: string): ReconciledDay | null;
  /** Days with findings that wait for a person, newest first. */
  openDays(): readonly { readonly day: string; readonly openCount: number; readonly isAlarm: boolean }[];
  saveBillTrouble(day: string, trouble: BillTry): void;
  /** Numbers the day left to the next day's bill. */
  awaitedAfter(day: string): readonly string[];

  /** Begins a run of the day: nothing staged by an earlier one that was cut off is left. Answers its number. */
  beginRun(day: string): number;
  /** Stages rows of the run in one short transaction; nobody reads them before `finishRun`. */
  stageFindings(day: string, run: number, findings: readonly Finding[]): void;
  /** From here on the day is this run's, in one transaction with its journal entry where anything is new. */
  finishRun(day: string, run: number, result: CompareResult, times: RunTimes): void;
  /** Takes away rows no run points to any more, some at a time; false when there were none. */
  sweepFindings(beforeDay: string): boolean;

  findingCounts(day: string): FindingCounts;
  /** In the order of the bill; `after` is a position. */
  findings(day: string, group: FindingGroup | "open", limit: number, after: number): readonly StoredFinding[];
  finding(day: string, key: string): StoredFinding | null;
  /** Days with a finding about this payment or one of its refunds that is not over. */
  daysAbout(outTradeNo: string): readonly string[];
  /** Adds an act with its journal entry. Asserts that the finding is there and not over. */
  actOnFinding(day: string, key: string, act: FindingAct): void;
}

export interface RunTimes {
  readonly fetchedAtMs: number;
  readonly comparedAtMs: number;
}
