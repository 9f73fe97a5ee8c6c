import type { DaySide } from "#contract/wire/agreement.ts";
import type { AgreementAnswer, DayAnswer } from "./shapes.ts";

export interface TwoSides {
  readonly till: readonly DaySide[];
  readonly office: readonly DaySide[];
  /** When the till told its days; null: never. */
  readonly toldMs: number | null;
  /** When the last of its entries came; null: none ever did. */
  readonly lastReceivedMs: number | null;
  /** Where days on which both are the same were left out: the oldest day the till told, and the newest of either side. */
  readonly span?: { readonly oldestTold: string; readonly newest: string };
}

const noHash = "0".repeat(64);

/**
 * The days of one terminal on both sides, newest first. Days are compared as far back as the till has told. The newest day
 * is left out while entries have come since the till told of it: it is being sold on, and nothing can be said yet.
 */
export function compareDays({ till, office, toldMs, lastReceivedMs, span }: TwoSides): readonly DayAnswer[] {
  const dates = [...new Set([...till, ...office].map(({ businessDate }) => businessDate))].sort().reverse();
  const oldestOf = (oldest: string, day: DaySide) => (day.businessDate < oldest ? day.businessDate : oldest);
  const oldestTold = span?.oldestTold ?? till.reduce(oldestOf, "9999");
  const newest = span?.newest ?? dates[0];
  const isSoldOn = toldMs !== null && lastReceivedMs !== null && lastReceivedMs > toldMs;
  return dates
    .filter((date) => date >= oldestTold)
    .filter((date) => !(isSoldOn && date === newest))
    .map((businessDate) => {
      const side = (days: readonly DaySide[]) => days.find((day) => day.businessDate === businessDate) ?? null;
      const both = { till: side(till), office: side(office) };
      return { businessDate, ...both, isAgreed: factsOf(both.till) === factsOf(both.office) };
    });
}

export function agreementOf(sides: TwoSides): AgreementAnswer {
  if (sides.toldMs === null) return { state: "never", toldMs: null, differingDates: [] };
  const differing = compareDays(sides).filter(({ isAgreed }) => !isAgreed);
  const differingDates = differing.map(({ businessDate }) => businessDate);
  return { state: differing.length === 0 ? "agreed" : "differs", toldMs: sides.toldMs, differingDates };
}

/** A day without anything is the same as no day. */
function factsOf(day: DaySide | null): string {
  const { saleCount, salesFen, cashFen, wechatFen, staticCodeFen, refundCount, refundFen, lastSaleHash } = day ?? {
    ...{ saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0, staticCodeFen: 0, refundCount: 0, refundFen: 0 },
    lastSaleHash: noHash,
  };
  return [saleCount, salesFen, cashFen, wechatFen, staticCodeFen, refundCount, refundFen, lastSaleHash].join(" ");
}
