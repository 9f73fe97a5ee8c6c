import { isFen, fen, type Fen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import { saysAnything, type Pack } from "#core/pack/pack.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Gs1Elements } from "./element-string.ts";
import { gs1Date } from "./gs1-date.ts";

/** One pack of an article, as its GS1 data describes it. */
export interface TradeItem {
  /** 14 digits, zeros in front. */
  readonly gtin: string;
  /** Net weight of this pack (310n), in whole grams; null where it does not differ from pack to pack. */
  readonly weightGrams: number | null;
  /** The price printed on this pack (392n, or 393n in yuan). */
  readonly amountFen: Fen | null;
  /** Pieces in it (30). */
  readonly count: number | null;
  /** Null where the label names the article alone. */
  readonly pack: Pack | null;
}

export type TradeItemFault =
  /** A pallet, a place, a coupon: nothing that is rung up. */
  | { readonly kind: "no-item" }
  /** A price in another money than the shop's. */
  | { readonly kind: "foreign-currency"; readonly ai: string }
  /** Two weights, or two prices. */
  | { readonly kind: "contradiction"; readonly ai: string }
  /** A weight or price of zero, or beyond what a till handles. */
  | { readonly kind: "bad-value"; readonly ai: string };

/** ISO 4217 of the yuan. */
const yuan = "156";
/** Most pieces one pack may say it holds: what a cashier could count. */
const mostPieces = 9_999;

/** What can be sold by these elements. `year` is the present one. */
export function tradeItemOf(elements: Gs1Elements, year: number): Result<TradeItem, TradeItemFault> {
  const gtin = elements.get("01");
  if (gtin === undefined) return fail({ kind: "no-item" });
  const weight = oneOf(elements, "310");
  const amount = oneOf(elements, "392");
  const amountIn = oneOf(elements, "393");
  if (!weight.ok) return weight;
  if (!amount.ok) return amount;
  if (!amountIn.ok) return amountIn;
  if (amount.value !== null && amountIn.value !== null) return fail({ kind: "contradiction", ai: amountIn.value.ai });
  if (amountIn.value !== null && !amountIn.value.data.startsWith(yuan))
    return fail({ kind: "foreign-currency", ai: amountIn.value.ai });

  const priced = amountIn.value === null ? amount.value : { ...amountIn.value, data: amountIn.value.data.slice(3) };
  const weightGrams = weight.value === null ? null : scaled(weight.value, 1_000);
  const amountFen = priced === null ? null : scaled(priced, 100);
  const count = elements.has("30") ? Number(elements.get("30")) : null;
  if (weightGrams === 0 && weight.value !== null) return fail({ kind: "bad-value", ai: weight.value.ai });
  if (amountFen !== null && priced !== null && (amountFen === 0 || !isFen(amountFen)))
    return fail({ kind: "bad-value", ai: priced.ai });
  if (count !== null && (count < 1 || count > mostPieces)) return fail({ kind: "bad-value", ai: "30" });
  const pack = packOf(elements, year);
  return ok({
    ...{ gtin, weightGrams, count },
    amountFen: amountFen === null ? null : fen(amountFen),
    pack: saysAnything(pack) ? pack : null,
  });
}

interface Decimal {
  readonly ai: string;
  readonly data: string;
}

/** The one of "3100" to "3109" that is there: its last digit counts the decimals. */
function oneOf(elements: Gs1Elements, stem: string): Result<Decimal | null, TradeItemFault> {
  const found = [...elements].filter(([ai]) => ai.length === 4 && ai.startsWith(stem));
  const [first, second] = found;
  if (second !== undefined) return fail({ kind: "contradiction", ai: second[0] });
  return ok(first === undefined ? null : { ai: first[0], data: first[1] });
}

/** Digits before the decimal point that a price or weight of a shop has at most; more would outgrow whole numbers. */
const mostWholeDigits = 9;

/**
 * The number in units of which `perUnit` make one, rounded half up where it is finer: grams of a kilogram. Beyond what a
 * till handles it is 0, which no pack weighs or costs.
 */
function scaled({ ai, data }: Decimal, perUnit: number): number {
  const decimals = Number(ai.at(-1));
  if (data.replace(/^0+/, "").length - decimals > mostWholeDigits) return 0;
  return scaleHalfUp(Number(data), perUnit, 10 ** decimals);
}

function packOf(elements: Gs1Elements, year: number): Pack {
  const date = (ai: string): string | null => {
    const yymmdd = elements.get(ai)?.slice(0, 6);
    return yymmdd === undefined ? null : gs1Date(yymmdd, year);
  };
  return {
    lot: elements.get("10") ?? null,
    serial: elements.get("21") ?? null,
    // 7003 is 17 to the minute; the shop sells by the day.
    expiresOn: earlier(date("17"), date("7003")),
    bestBefore: date("15"),
  };
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
