import { divideHalfUp, scaleHalfUp } from "#core/money/rounding.ts";
import type { Sums } from "./shares.ts";

/** What a sale brought on average, fen, half up; zero where nothing was sold. */
export function averageSaleFen({ saleCount, netFen }: Sums): number {
  return saleCount === 0 ? 0 : divideHalfUp(netFen, saleCount);
}

/** Pieces a sale, in tenths, half up; zero where nothing was sold. */
export function piecesPerSaleTenths({ saleCount, pieceCount }: Sums): number {
  return saleCount === 0 ? 0 : scaleHalfUp(pieceCount, 10, saleCount);
}

/** Sales less what was given back: what stayed with the shop. */
export function keptFen({ netFen, refundFen }: Sums): number {
  return netFen - refundFen;
}

/**
 * Of what was given back, what no goods are known of: amounts given back alone, and what went back before refunds told of
 * their goods. The tax classes tell, for every line of goods has one.
 */
export function refundsWithoutGoodsFen(total: Sums, taxes: readonly Sums[]): number {
  return taxes.reduce((left, { refundFen }) => left - refundFen, total.refundFen);
}

/** A part of a whole in tenths of a percent, half up; null of nothing. */
export function sharePermille(part: number, whole: number): number | null {
  return whole === 0 ? null : scaleHalfUp(part, 1_000, whole);
}

/** How much more than before, in tenths of a percent; null where there was nothing before. */
export function changePermille(now: number, before: number): number | null {
  return before === 0 ? null : scaleHalfUp(now - before, 1_000, Math.abs(before));
}

/** "12.3%", "−4.0%" of tenths of a percent. */
export function percentText(permille: number): string {
  const tenths = Math.abs(permille);
  return `${permille < 0 ? "\u2212" : ""}${tenthsText(tenths)}%`;
}

/** "3.4" of tenths. */
export function tenthsText(tenths: number): string {
  return `${Math.trunc(tenths / 10)}.${tenths % 10}`;
}
