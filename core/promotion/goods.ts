import type { Cart, CartLine } from "#core/cart/cart.ts";
import type { Fen } from "#core/money/fen.ts";
import { divideHalfUp } from "#core/money/rounding.ts";
import { lineWorthFen } from "#core/pricing/price-cart.ts";
import { pieceCountOf } from "#core/quantity/quantity.ts";

/** A line of a cart as promotions see it. A line never changes: a cart that changes has another in its place. */
export interface LineGoods {
  readonly line: CartLine;
  /** After the line's own discount. */
  readonly worthFen: Fen;
  /** None where a person has set or typed the price, and of goods without an article. */
  readonly runs: readonly Run[];
  /** Promotions it is in, on goods and on the sale: places in `PreparedPromotions.all`, ascending. */
  readonly onGoods: readonly number[];
  readonly onSale: readonly number[];
  /** Where it stands in the cart that was looked at last; -1 for nowhere. */
  place: number;
}

/** Pieces of one line that are worth the same; a line by weight is one run of one. */
export interface Run {
  readonly of: LineGoods;
  /** Of one piece, or of the whole where it was weighed: fen, after the line's own discount. */
  readonly worthFen: number;
  readonly count: number;
  readonly isWeighed: boolean;
}

/** Which promotions a line is in, as ascending places in `PreparedPromotions.all`. */
export type PlacesOf = (line: Pick<CartLine, "sku" | "categoryId">) => readonly number[];

/** What a line is worth and which promotions want it. */
export function goodsOfLine(line: CartLine, onGoods: PlacesOf, onSale: PlacesOf): LineGoods {
  const worthFen = lineWorthFen(line);
  const runs: Run[] = [];
  const goods: LineGoods = { line, worthFen, runs, onGoods: onGoods(line), onSale: onSale(line), place: -1 };
  if (isPromotable(line)) addRuns(goods, runs);
  return goods;
}

function isPromotable(line: CartLine): boolean {
  return line.sku !== null && line.override === undefined && line.isTypedPrice === undefined;
}

/** What a discount leaves of a line need not go evenly into its pieces: the first ones carry the odd fen. */
function addRuns(of: LineGoods, runs: Run[]): void {
  const { line, worthFen } = of;
  const add = (worth: number, count: number, isWeighed = false): void => {
    if (worth > 0 && count > 0) runs.push({ of, worthFen: worth, count, isWeighed });
  };
  if (line.unit === "kg") return add(worthFen, 1, true);
  const pieces = pieceCountOf(line.quantity, line.unit);
  const dearer = worthFen % pieces;
  // Exact: nothing is left to round.
  const each = divideHalfUp(worthFen - dearer, pieces);
  add(each + 1, dearer);
  add(each, pieces - dearer);
}

/**
 * Dearest first. Equal ones stand in an order of their own (article, size of the line), not in that of the scans, so that
 * the same basket always comes to the same.
 */
function byWorth(a: Run, b: Run): number {
  if (a.worthFen !== b.worthFen) return b.worthFen - a.worthFen;
  const [one, other] = [a.of.line, b.of.line];
  const [sku, otherSku] = [one.sku ?? "", other.sku ?? ""];
  if (sku !== otherSku) return sku < otherSku ? -1 : 1;
  return other.quantity - one.quantity || a.of.place - b.of.place;
}

/**
 * The goods of the cart that was looked at last. The next is mostly the same cart with one line more: what is known of its
 * lines is kept, and the new ones are put in where they belong.
 */
export class KnownGoods {
  /** In the order of the cart. */
  lines: readonly LineGoods[] = [];
  /** Dearest first. */
  runs: readonly Run[] = [];
  readonly #onGoods: PlacesOf;
  readonly #onSale: PlacesOf;

  constructor(onGoods: PlacesOf, onSale: PlacesOf) {
    this.#onGoods = onGoods;
    this.#onSale = onSale;
  }

  /** @returns whether the lines that are kept stand in the order they had */
  look(cart: Cart): boolean {
    const before = this.lines;
    let byLine: Map<CartLine, LineGoods> | null = null;
    let [shift, last, isInOrder] = [0, -1, true];
    const added: Run[] = [];
    const lines = cart.lines.map((line, place): LineGoods => {
      let known = before[place + shift];
      if (known?.line !== line) {
        byLine ??= new Map(before.map((one) => [one.line, one]));
        known = byLine.get(line);
        if (known !== undefined) shift = known.place - place;
      }
      if (known === undefined) {
        const goods = goodsOfLine(line, this.#onGoods, this.#onSale);
        added.push(...goods.runs);
        return goods;
      }
      isInOrder &&= known.place > last;
      last = known.place;
      return known;
    });
    for (const one of before) one.place = -1;
    for (const [place, one] of lines.entries()) one.place = place;
    const kept = this.runs.filter(({ of }) => of.place >= 0);
    this.lines = lines;
    this.runs = isInOrder ? merged(kept, added.sort(byWorth)) : [...kept, ...added].sort(byWorth);
    return isInOrder;
  }
}

/** Both in the order of their worth, and so are they together. */
function merged(kept: readonly Run[], added: readonly Run[]): readonly Run[] {
  if (kept.length === 0) return added;
  const all: Run[] = [];
  let at = 0;
  for (const run of added) {
    for (let next = kept[at]; next !== undefined && byWorth(next, run) <= 0; next = kept[at]) {
      all.push(next);
      at += 1;
    }
    all.push(run);
  }
  return all.concat(kept.slice(at));
}
