import type { Locale } from "#contract/config/terminal.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import type { AccountDay } from "#core/reconciliation/fund-flow.ts";
import type { Result } from "#core/result.ts";
import type { BillAnswer, BillFile } from "./payment-gateway.ts";

/** SHA1 of a bill as the gateway signed it, and of what is kept of it. */
export interface KeptBill {
  readonly sha1: string;
  readonly keptSha1: string;
}

/** What comparing a day says about the whole of it. Fen. */
export interface CompareResult {
  /** Null where the gateway says that no statement exists. */
  readonly trade: KeptBill | null;
  readonly fundFlow: KeptBill | null;
  /** Rows of the trade bill, and those of other tills among them. */
  readonly rowCount: number;
  readonly othersCount: number;
  readonly billPaidFen: number;
  readonly billRefundedFen: number;
  readonly herePaidFen: number;
  readonly hereRefundedFen: number;
  /** False where the gateway knows of nothing on a day with successes of ours. */
  readonly isEmptyDayRight: boolean;
  /** Of the whole merchant; null without a fund-flow bill. */
  readonly account: AccountDay | null;
}

/** Both bills of a day as they lie on the disk. */
export interface DayBills {
  readonly trade: BillFile | null;
  readonly fundFlow: BillFile | null;
  /** They were read before: nothing about persons is in them, and they stay. Else they are gone after one reading. */
  readonly isKept: boolean;
}

export type CompareFault =
  /** What came is not what the gateway announced. */
  | { readonly kind: "damaged"; readonly detail: string }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly detail: string };

export interface CompareWatch {
  /** Takes some of the findings; the next come when it returns. */
  readonly onFindings: (findings: readonly Finding[]) => void;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Where bills are fetched to, compared away from this thread, and kept. Never throws and never rejects, but where
 * `onFindings` does: that ends the comparison and comes back as it was thrown.
 */
export interface BillRoom {
  fetch(day: string, which: "trade" | "fund-flow"): Promise<BillAnswer>;
  /** A download that is not going to be compared. */
  drop(file: BillFile): void;
  /** What is kept of a day that was compared, or null where it is gone. */
  kept(day: string, result: CompareResult): DayBills | null;
  compare(
    day: string,
    bills: DayBills,
    awaited: readonly string[],
    watch: CompareWatch,
  ): Promise<Result<CompareResult, CompareFault>>;
  /** Writes a day's findings as CSV for a spreadsheet. */
  export(day: string, target: string, locale: Locale): Promise<Result<{ readonly rowCount: number }, CompareFault>>;
  /** Downloads left by a till that was cut off, and kept bills of days before this one. */
  tidy(beforeDay: string): void;
}
