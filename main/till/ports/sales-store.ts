import type { CarriedStore } from "./carried-store.ts";
import type { PrintKind } from "#contract/ipc/print-view.ts";
import type { Cashier } from "#core/access/role.ts";
import type { Cart } from "#core/cart/cart.ts";
import type { JournalKind } from "#core/journal/entry.ts";
import type { Fen } from "#core/money/fen.ts";
import type { Refund } from "#core/refund/refund.ts";
import type { RefundCheck, SaleRefund } from "#core/refund/sale-refund.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { ReturnPlan } from "#core/returns/return-plan.ts";
import type { ReturnedLine, SaleReturn } from "#core/returns/sale-return.ts";
import type { Sale, Tender, TenderKind } from "#core/sale/sale.ts";
import type { StaticTaking, StaticTakingEnd } from "#core/tender/static-taking.ts";
import type { TaxShare } from "#core/tax/tax-breakdown.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { OtherSalesStore } from "./other-sales.ts";
import type { MembersStore } from "./members-store.ts";
import type { PeopleStore } from "./people-store.ts";
import type { HeldMoveStore } from "./held-store.ts";
import type { ReconciliationStore } from "./reconciliation-store.ts";
import type { ShiftStore } from "./shift-store.ts";
import type { LegacyStore } from "./legacy-store.ts";
import type { BuildLooseReturn, LooseReturnsStore } from "./loose-returns-store.ts";
import type { ReturnsStore } from "./returns-store.ts";
import type { RecountStore } from "./reports.ts";
import type { StockStore } from "./stock-store.ts";

/** A sale that is not finished: the cart and what is already paid of it. A power cut keeps it. */
export interface Draft {
  readonly cart: Cart;
  readonly tenders: readonly Tender[];
  readonly cashierId: string;
  readonly state: "open" | "held";
  /** Name a cashier gave a held sale, or "". */
  readonly label: string;
  readonly updatedAtMs: number;
  /** Goods brought back that pay for the new ones; left out where there are none. */
  readonly exchange?: DraftExchange;
}

/** A return that stands in a cart: judged and approved, and given with the sale in one commit. */
export type DraftExchange = SaleExchange | LooseExchange;

interface ApprovedExchange {
  /** Of the exchange, and of its return. */
  readonly returnId: string;
  readonly reason: string;
  readonly approvedBy: string;
}

/** Of goods of a sale that is known. */
export interface SaleExchange extends ApprovedExchange {
  readonly kind: "of-sale";
  readonly saleId: string;
  readonly saleNumber: string;
  readonly lines: readonly ReturnedLine[];
  readonly plan: ReturnPlan;
  /** Under which word each part of the plan goes back; null where this till asks nobody. */
  readonly checks: readonly (RefundCheck | null)[];
}

/** Of goods without a receipt. */
export interface LooseExchange extends ApprovedExchange, Pick<LooseReturn, "lines" | "amountFen"> {
  readonly kind: "loose";
  /** The member whose points go with the goods; null for nobody. */
  readonly memberId: string | null;
}

/** What is booked of an exchange in its sale's transaction: a return with its refunds, or one without a receipt. */
export type BookedExchange =
  | { readonly kind: "of-sale"; readonly given: SaleReturn; readonly refunds: readonly SaleRefund[] }
  | { readonly kind: "loose"; readonly returnId: string; readonly build: BuildLooseReturn };

/** An event for the journal that has no table of its own, or goes with one. The store adds seq, hash and clock. */
export interface JournalDraft {
  readonly kind: JournalKind;
  /** Version of the body's shape; 1 where it is not said. */
  readonly v?: number;
  readonly body: unknown;
}

export interface PinRecord {
  readonly cashier: Cashier;
  /** argon2id, PHC string; empty for somebody from head office who has no PIN yet: nobody signs in with it. */
  readonly pinHash: string;
  readonly failures: number;
  /** Milliseconds since the epoch; 0 when not locked. */
  readonly lockedUntilMs: number;
}

export interface SaleSummary {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly completedAt: string;
  readonly cashierName: string;
  readonly lineCount: number;
  readonly totalFen: Fen;
  readonly tenderKinds: readonly TenderKind[];
}

export interface DayTotals {
  readonly businessDate: string;
  readonly saleCount: number;
  readonly salesFen: Fen;
  readonly cashFen: Fen;
  readonly wechatFen: Fen;
  /** By the shop's printed code, whatever became of it since; with cash and WeChat the sales. */
  readonly staticCodeFen: Fen;
  readonly discountFen: Fen;
  /**
   * The tax in what was sold, by rate, highest first; empty where the shop has named none. As sold: like the sums above it is
   * before refunds, which X, Z and the reports take off.
   */
  readonly taxes: readonly TaxShare[];
  /** Refunds given back on this day, whenever their sales were; the sums above are before them. */
  readonly refundCount: number;
  readonly refundCashFen: Fen;
  readonly refundWechatFen: Fen;
  /** Payments given back that no sale books; in none of the sums above. */
  readonly returnedChargeCount: number;
  readonly returnedChargeFen: Fen;
  /** Sales count and money by hour 0–23, shop time. */
  readonly byHour: readonly { readonly hour: number; readonly saleCount: number; readonly salesFen: Fen }[];
}

/** When and in whose day money was given back. */
export type GivenBack = NonNullable<SaleRefund["given"]>;
/** Words the paper of a refund; called inside its transaction with the journal entry's hash (hex). */
export type RefundReceipt = (refund: SaleRefund, journalHash: string) => string;

/** `failed`: it can never print; `cancelled`: a person gave it up. Both say why. */
export type PrintJobState = "queued" | "sending" | "printed" | "unknown" | "failed" | "cancelled";

/**
 * `damaged`: what was stored is no receipt any more. `by-manager`: taken out of the queue. `printed-again`: nobody knew
 * whether it was on paper, and a marked copy took its place. `seen`: a person saw it on paper. `spooled`: the
 * operating system's print queue took it, which is all that is known of it.
 */
export type PrintReason = "damaged" | "by-manager" | "printed-again" | "seen" | "spooled";

export interface PrintJob {
  readonly jobId: string;
  readonly saleId: string | null;
  readonly kind: PrintKind;
  /** JSON of the laid-out lines as they will be printed. */
  readonly lines: string;
  readonly state: PrintJobState;
  readonly createdAtMs: number;
}

/** A job as the list of prints shows it: without what is on it. */
export interface PastPrintJob extends Omit<PrintJob, "lines"> {
  readonly reason: PrintReason | null;
  readonly changedAtMs: number;
  /** Of the sale it belongs to. */
  readonly saleNumber: string | null;
}

export interface JournalStatus {
  readonly epoch: string;
  readonly lastSeq: number;
  /** Hex. */
  readonly lastHash: string;
  /** Entries head office has not acknowledged. */
  readonly waiting: number;
}

/**
 * sales.db. Every method that changes something returns after its transaction is fsynced (WAL, synchronous=FULL) and
 * throws `StoreBroken` when the disk refuses; nothing half-done remains then.
 */
export interface SalesStore
  extends
    ReconciliationStore,
    HeldMoveStore,
    OtherSalesStore,
    RecountStore,
    PeopleStore,
    ShiftStore,
    ReturnsStore,
    LooseReturnsStore,
    LegacyStore,
    MembersStore,
    StockStore,
    CarriedStore {
  // people
  listPinRecords(): readonly PinRecord[];
  putCashier(cashier: Cashier, pinHash: string): void;
  /** A manager gave somebody a PIN; failures are forgotten. Asserts that they are there. */
  setPin(cashierId: string, pinHash: string, entry: JournalDraft): void;
  recordPinFailure(cashierId: string, failures: number, lockedUntilMs: number, entry: JournalDraft): void;
  recordSignIn(cashierId: string, entry: JournalDraft): void;
  appendJournal(entry: JournalDraft): void;

  // the sale being rung up, and held ones
  saveDraft(draft: Draft, entry?: JournalDraft): void;
  openDraft(): Draft | null;
  heldDrafts(): readonly Draft[];
  draft(saleId: string): Draft | null;
  discardDraft(saleId: string, entry: JournalDraft): void;

  // payment attempts
  /** COMMIT 1: the attempt and its journal entry. Asserts the sale has no other unfinished attempt. */
  createAttempt(attempt: Attempt): void;
  /** Stores a step that is not final. */
  saveAttempt(attempt: Attempt): void;
  /** Stores a final step with its journal entry and, when paid, the draft that now carries its tender: one transaction. */
  settleAttempt(attempt: Attempt, draft: Draft | null): void;
  unfinishedAttempts(): readonly Attempt[];
  attemptsOfSale(saleId: string): readonly Attempt[];
  attempt(outTradeNo: string): Attempt | null;
  /** Gapless counter of this terminal for payment numbers; durable before it is returned. */
  nextAttemptNumber(): number;

  // finished sales
  /**
   * COMMIT 2: number, sale, lines, tenders, stock moves, totals, journal entry, the draft's end and the first print job,
   * in one transaction. `build` is called inside it with the next sale number; `settled` is an attempt that became paid with it.
   * Returns the sale and its journal hash (hex). A sale id that is already committed returns the stored sale: never twice.
   */
  commitSale(
    saleId: string,
    build: (saleNumber: string) => Sale,
    settled: Attempt | null,
    receipt: (sale: Sale, journalHash: string) => string,
    /** Goods brought back for these, and their money: booked in the same transaction, before the receipt is worded. */
    exchange?: ((sale: Sale) => BookedExchange) | null,
  ): { readonly sale: Sale; readonly journalHash: string; readonly printJobId: string };
  sale(saleId: string): { readonly sale: Sale; readonly journalHash: string } | null;
  /** From the row alone, for lists; null for a sale that was not finished. */
  saleNumberOf(saleId: string): string | null;
  saleByNumber(saleNumber: string): { readonly sale: Sale; readonly journalHash: string } | null;
  /** By the gateway's own number of a payment of it. */
  saleByTransaction(transactionId: string): { readonly sale: Sale; readonly journalHash: string } | null;
  /** Newest first; `beforeSaleNumber` pages. */
  salesOfDay(businessDate: string, limit: number, beforeSaleNumber: string | null): readonly SaleSummary[];
  lastSales(limit: number): readonly SaleSummary[];
  dayTotals(businessDate: string): DayTotals;
  /** A numbered coupon that a sale of this till has used. */
  isCouponSpent(code: string): boolean;

  // takings by the shop's printed code
  /** Open ones oldest first, then the ended ones, newest first. */
  staticTakings(limit: number): readonly StaticTaking[];
  openStaticTakings(): { readonly count: number; readonly fen: Fen };
  staticTaking(tenderId: string): StaticTaking | null;
  /**
   * What a manager says of it, with its journal entry. Asserts that it is open. Null, and nothing changed: the number is
   * that of another payment the till knows.
   */
  endStaticTaking(
    tenderId: string,
    end: StaticTakingEnd,
    handled: { readonly at: string; readonly by: string },
  ): StaticTaking | null;

  // money given back
  /**
   * Before the first request leaves: the refund and its journal entry. Asserts that its tender was paid with WeChat Pay
   * and that no tender is ever given back beyond what it covered; of a charge, that no sale books it and that it goes
   * back once.
   */
  createRefund(refund: SaleRefund): void;
  /** Stores a step of the gateway's side that is not its end; a refused refund that is sent again is journaled. */
  saveRefund(step: Refund): void;
  /**
   * The gateway's end of a refund with its journal entry and, when the money is back, the totals of the day and of the
   * shift that is open, and the print job that `receipt` words: one transaction. The same end again changes nothing.
   */
  settleRefund(step: Refund, given: GivenBack, receipt: RefundReceipt): SaleRefund;
  /** A refund from the drawer: the whole of it in one transaction. Asserts an open shift and what remains. */
  giveCashRefund(refund: SaleRefund, receipt: RefundReceipt): void;
  /** A manager has seen to a refund that did not reach the customer, with an entry in the journal. */
  noteRefundHandled(refundNo: string, handled: NonNullable<SaleRefund["handled"]>): SaleRefund;
  refund(refundNo: string): SaleRefund | null;
  /** Oldest first, whatever became of them. */
  refundsOfSale(saleId: string): readonly SaleRefund[];
  /** Of a payment that no sale books, by its own number; oldest first, whatever became of them. */
  refundsOfCharge(outTradeNo: string): readonly SaleRefund[];
  /** Those the gateway has not ended. */
  unfinishedRefunds(): readonly SaleRefund[];
  /** Those that have ended without reaching the customer, and no manager has seen to; newest first. */
  undeliveredRefunds(limit: number): readonly SaleRefund[];

  // printing
  enqueuePrint(job: PrintJob, entry: JournalDraft | null): void;
  /** With the journal's word for it where a person decided. */
  setPrintState(jobId: string, state: PrintJobState, reason?: PrintReason, entry?: JournalDraft): void;
  /** The last jobs, newest first. */
  recentPrintJobs(limit: number): readonly PastPrintJob[];
  /** null where no such job was ever stored. */
  printJobState(jobId: string): PrintJobState | null;
  unfinishedPrintJobs(): readonly PrintJob[];

  // journal
  journalStatus(): JournalStatus;
  close(): void;
}
