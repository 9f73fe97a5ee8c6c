import { assert } from "#core/result.ts";
import type { Shift, ShiftClose } from "./shift.ts";

/** All that a till has sold and given back since its first day. Sums of days: they may be beyond `maxFen`. */
export interface GrandTotals {
  readonly salesFen: number;
  readonly refundsFen: number;
}

/** The end of a shift as it was stored with it, in one transaction: what its paper says, now and in every copy. */
export interface ZReport {
  /** 1, 2, 3 … without a gap on one till. */
  readonly number: number;
  readonly terminalId: string;
  readonly shift: Shift;
  readonly close: ShiftClose;
  readonly closedByName: string;
  /** What the Z before it ended with: nothing lies between two of them. */
  readonly before: GrandTotals;
  readonly after: GrandTotals;
}

/** `T01-Z0042`. */
export function formatZNumber({ terminalId, number }: Pick<ZReport, "terminalId" | "number">): string {
  assert(Number.isSafeInteger(number) && number >= 1, `Z numbers count from 1, got ${number}`);
  return `${terminalId}-Z${String(number).padStart(4, "0")}`;
}
