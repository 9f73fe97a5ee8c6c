import type { Fen } from "#core/money/fen.ts";
import { maskCode } from "./member-code.ts";
import { maskPhone } from "./phone.ts";

/** Points that pay a part of a sale. */
export interface SpentPoints {
  readonly count: number;
  /** What they take off it, by the rate of the moment they were chosen. */
  readonly worthFen: Fen;
}

/** Whose sale a cart is. Nothing but the bare id: who that is stands in the members' own table. */
export interface CartMember {
  readonly memberId: string;
  readonly points?: SpentPoints;
}

/** The member of a finished sale, as journaled: points are whole. */
export interface SaleMember {
  readonly memberId: string;
  readonly earned: number;
  readonly spent: number;
  /** Of the sale's discount, what the spent points took off. */
  readonly spentFen: Fen;
  /** After this sale. Below zero where goods came back whose points were spent. */
  readonly balance: number;
}

/** What goods that came back did to the points of their sale. */
export interface ReturnedPoints {
  readonly memberId: string;
  /** Of what the sale earned. */
  readonly takenBack: number;
  /** Of what the sale spent. */
  readonly givenBack: number;
  /** After it. */
  readonly balance: number;
}

/** How a member is named on screens and paper: the masked number, or the card's last digits. */
export function memberLabel({ phone, code }: { readonly phone: string | null; readonly code: string | null }): string {
  if (phone !== null) return maskPhone(phone);
  return code === null ? "—" : maskCode(code);
}
