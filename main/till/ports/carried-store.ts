import type { CarriedOrderState } from "#core/carried/order-word.ts";
import type { Fen } from "#core/money/fen.ts";
import type { Attempt } from "#core/tender/attempt.ts";

/** A carried attempt whose end head office has not agreed on. */
export interface OpenCarried {
  readonly attempt: Attempt;
  /** Head office's last word; null before it has said one. */
  readonly there: CarriedOrderState | null;
}

/** What the till keeps beside carried attempts (docs/CARRIED.md). Every change is fsynced when it returns. */
export interface CarriedStore {
  /** Codes typed for it so far, right or wrong. */
  codeTries(outTradeNo: string): number;
  /** Counts a code before it is compared, so that a power cut gives no try away. */
  noteCodeTry(outTradeNo: string, businessDate: string): void;
  /** What typed codes have proved on the business day, by the day they were typed on. */
  takenByCodeFen(businessDate: string): Fen;
  /** Pending ones, and ended ones that head office has not agreed on; oldest first. */
  openCarried(limit: number): readonly OpenCarried[];
  /** How many of them have ended here, for the manager's list. */
  endedOpenCarried(): number;
  /** Head office's word. Once both sides agree on its end it is on no list any more. */
  noteCarriedWord(outTradeNo: string, there: CarriedOrderState, isAgreed: boolean): void;
}
