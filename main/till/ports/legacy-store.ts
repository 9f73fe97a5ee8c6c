import type { Fen } from "#core/money/fen.ts";
import type { Draft, JournalDraft } from "./sales-store.ts";

/** What an old till asked this one to do with money, from before anything of it began. */
export interface LegacySession {
  readonly sessionId: string;
  readonly category: "Payment" | "Reversal";
  /** SaleID, ServiceID and POIID of the request. */
  readonly saleSystem: string;
  readonly serviceId: string;
  readonly poiId: string;
  /** Of a payment the old till's own number of its sale and the time beside it; of a reversal this till's sale. */
  readonly transactionId: string;
  readonly transactionAt: string;
  readonly amountFen: Fen;
  /** SHA-256, hex, of what makes the request this one: another under the same ServiceID is no repetition. */
  readonly requestHash: string;
  /** This till's sale that is paid, or given back from. */
  readonly saleId: string;
  readonly door: "https" | "serial" | "drop-folder";
  readonly peer: string;
  readonly begunAtMs: number;
  /** Null while it is open. */
  readonly end: LegacyEnd | null;
}

export interface LegacyEnd {
  readonly outcome: "done" | "not-done";
  /** The body of the answer as JSON, the same on every repetition. */
  readonly answer: string;
  readonly atMs: number;
}

/** Requests of old tills about money. Every method that changes something is one transaction, fsynced. */
export interface LegacyStore {
  /**
   * Before anything of it happens. `draft` is the sale of a payment, which goes to disk with it. The file itself refuses a
   * second payment under one transaction number of one day, unless the first has provably taken nothing.
   */
  beginLegacy(session: LegacySession, draft: Draft | null, entry: JournalDraft): void;
  /** The answer, for ever; `discards`: nothing was paid, so the payment's draft goes with it. Asserts that it is open. */
  endLegacy(sessionId: string, end: LegacyEnd, discards: boolean, entry: JournalDraft): void;
  legacySession(sessionId: string): LegacySession | null;
  /** The newest of this ServiceID that began at `sinceMs` or later. */
  legacyByService(saleSystem: string, serviceId: string, sinceMs: number): LegacySession | null;
  /** The newest payment of this transaction number on that day (YYYY-MM-DD). */
  legacyByTransaction(saleSystem: string, transactionId: string, day: string): LegacySession | null;
  /** The newest of this sale system. */
  lastLegacy(saleSystem: string): LegacySession | null;
  /** The payment a sale was made for; null for a sale of this till's own. */
  legacyPaymentOf(saleId: string): LegacySession | null;
  /** Oldest first. */
  openLegacy(): readonly LegacySession[];
}
