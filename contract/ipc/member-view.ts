import type { Fen } from "#core/money/fen.ts";

/** The member of the sale on the screen. */
export interface SaleMemberView {
  readonly memberId: string;
  /** 138****1234, or the card's last digits. */
  readonly label: string;
  readonly name: string;
  /** Before this sale. */
  readonly balance: number;
  /** What it will earn by what is paid now. */
  readonly earns: number;
  readonly spent: number;
  readonly spentFen: Fen;
  /** The most points that may be spent on it. */
  readonly mostSpendable: number;
  /** 0 where the shop takes no points. */
  readonly fenPerPoint: number;
}

/** What the customer sees of it. */
export interface DisplayMember {
  readonly label: string;
  readonly balance: number;
  readonly earns: number;
  readonly spent: number;
}

/** Of a sale that is done: for both screens. */
export interface DonePoints {
  readonly label: string;
  readonly earned: number;
  readonly spent: number;
  readonly balance: number;
}
