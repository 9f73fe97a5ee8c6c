import type { Fen } from "#core/money/fen.ts";
import type { BillTrouble } from "#core/reconciliation/bill-trouble.ts";
import type { FindingGroup } from "#core/reconciliation/finding-group.ts";
import type { FindingAction, FindingKind } from "#core/reconciliation/finding.ts";

/** A section of the till's view: what of the gateway's bills a manager should know without opening their page. */
export interface ReconciliationStatusView {
  /** Findings of all days that wait for a person. */
  readonly openCount: number;
  /** The newest day among theirs. */
  readonly openDay: string | null;
  /** The newest open day of which the gateway says that it has no bill. */
  readonly alarmDay: string | null;
  readonly running: {
    readonly day: string;
    readonly step: "fetching" | "comparing";
    /** 0 to 1; null while it cannot be said. */
    readonly share: number | null;
  } | null;
  /** Grows with every change of a day or a finding: what was read before it is old. */
  readonly changes: number;
}

export type ReconciliationDayState =
  | "agrees"
  | "open"
  /** Nothing to decide, but the next day's bill has to tell something. */
  | "waiting"
  /** The gateway has no bill, and this till has successes. */
  | "alarm"
  | "trouble"
  | "due"
  /** Its bill is not written yet. */
  | "early"
  /** Never compared, and the gateway no longer keeps its bill. */
  | "too-old";

export interface ReconciliationDayRow {
  readonly day: string;
  readonly state: ReconciliationDayState;
  readonly openCount: number;
}

/** A day beside the gateway's bill. Sums in fen; a merchant's day may be larger than any one amount. */
export interface ReconciliationDayView extends ReconciliationDayRow {
  readonly waitingCount: number;
  readonly trouble: {
    readonly kind: BillTrouble;
    /** A code, or which line is wrong; "" for nothing more. */
    readonly detail: string;
    readonly triedAtMs: number;
    readonly nextTryAtMs: number;
  } | null;
  readonly compared: {
    readonly fetchedAtMs: number;
    readonly comparedAtMs: number;
    /** Null where the gateway has no bill. */
    readonly sha1: string | null;
    readonly rowCount: number;
    readonly othersCount: number;
    readonly billPaidFen: number;
    readonly billRefundedFen: number;
    readonly herePaidFen: number;
    readonly hereRefundedFen: number;
    readonly account: { readonly inFen: number; readonly outFen: number; readonly differenceFen: number } | null;
    readonly groups: Readonly<Record<FindingGroup, { readonly all: number; readonly open: number }>>;
  } | null;
}

/** What the gateway said about a number when it was asked. */
export type InquiryAnswer =
  | "paid"
  | "not-paid"
  | "user-paying"
  | "pay-error"
  | "closed"
  | "revoked"
  | "refunded"
  | "not-found"
  | "unknown"
  | "refund-processing"
  | "refund-success"
  | "refund-closed"
  | "refund-abnormal"
  | "refund-refused";

export type FindingActView = { readonly byName: string; readonly atMs: number } & (
  | { readonly how: "asked"; readonly answer: InquiryAnswer }
  | { readonly how: "hurried" }
  | { readonly how: "settled"; readonly reason: string }
);

export interface FindingView {
  readonly day: string;
  /** With the day, the finding's name for ever. */
  readonly key: string;
  readonly kind: FindingKind;
  readonly action: FindingAction;
  readonly outTradeNo: string;
  readonly outRefundNo: string | null;
  /** The finished sale it belongs to; null where there is none. */
  readonly sale: { readonly saleId: string; readonly saleNumber: string } | null;
  readonly hereFen: Fen | null;
  readonly thereFen: Fen | null;
  /** `YYYY-MM-DD HH:mm:ss`, Beijing. */
  readonly time: string | null;
  readonly line: number | null;
  readonly state: "over" | "open" | "waiting" | "settled";
  readonly act: FindingActView | null;
  /** For the next page. */
  readonly position: number;
}
