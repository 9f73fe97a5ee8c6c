import type { Entry } from "./day-by-journal.ts";
import { list, type Told, told, whole, word, wordOr } from "./told.ts";

/*
 * Members' points and prices reckoned from a journal alone, as docs/JOURNAL.md explains them. It shares no code with the till.
 */

interface Rates {
  readonly pointsPerYuan: number;
  readonly fenPerPoint: number;
}

/** A yuan is a point and a point a fen, until somebody sets it otherwise. */
const atFirst: Rates = { pointsPerYuan: 1, fenPerPoint: 1 };

interface Moved {
  readonly memberId: string;
  readonly plus: number;
  readonly minus: number;
  readonly balance: number;
}

/**
 * By member what they earned and spent, what was taken and given back, and what they have; what member prices took off; and
 * every balance in the order it was written in. Throws where an entry says another balance, points or price than follows.
 */
export function membersByJournal(entries: readonly Entry[]): {
  readonly figures: ReadonlyMap<string, number>;
  readonly balances: readonly number[];
} {
  const figures = new Map<string, number>();
  const balances: number[] = [];
  const prices = new Map<string, Told>();
  let rates = atFirst;
  const add = (name: string, by: number): unknown => figures.set(name, (figures.get(name) ?? 0) + by);
  const move = ({ memberId, plus, minus, balance }: Moved, names: readonly [plus: string, minus: string]): void => {
    const key = `member/${memberId}`;
    add(`${key}/${names[0]}`, plus);
    add(`${key}/${names[1]}`, -minus);
    add(`${key}/points`, plus - minus);
    must(figures.get(`${key}/points`) === balance, `the balance of ${memberId} is ${balance}`);
    balances.push(balance);
  };
  for (const { kind, body } of entries) {
    const entry = told(body);
    if (kind === "point-rates-changed") rates = ratesOf(told(entry["after"]));
    else if (kind === "promotion-changed") notePrice(prices, entry);
    else if (kind === "goods-returned" && "points" in entry) {
      const points = told(entry["points"]);
      const moved = { memberId: word(points, "memberId"), balance: whole(points, "balance") };
      move({ ...moved, plus: whole(points, "givenBack"), minus: whole(points, "takenBack") }, [
        "given-back",
        "taken-back",
      ]);
    } else if (kind === "sale-completed") {
      add("members/saved", memberPriceFen(entry, prices));
      if (!("member" in entry)) continue;
      const member = told(entry["member"]);
      judgePoints(entry, member, rates);
      const moved = { memberId: word(member, "memberId"), balance: whole(member, "balance") };
      move({ ...moved, plus: whole(member, "earned"), minus: whole(member, "spent") }, ["earned", "spent"]);
    }
  }
  return { figures, balances };
}

function ratesOf(after: Told): Rates {
  return { pointsPerYuan: whole(after, "pointsPerYuan"), fenPerPoint: whole(after, "fenPerPoint") };
}

/** What was paid earns, rounded down; what was spent took off what it is worth, as a part of the sale's discount. */
function judgePoints(sale: Told, member: Told, { pointsPerYuan, fenPerPoint }: Rates): void {
  const number = word(sale, "saleNumber");
  const earned = Math.floor((whole(sale, "totalFen") * pointsPerYuan) / 100);
  must(whole(member, "earned") === earned, `${number} earns ${earned} points`);
  const spentFen = whole(member, "spent") * fenPerPoint;
  must(whole(member, "spentFen") === spentFen, `the points of ${number} take off ${spentFen} fen`);
  must(whole(sale, "saleDiscountFen") >= spentFen, `the points of ${number} are in its discount`);
}

/** Prices for members alone, by promotion. */
function notePrice(prices: Map<string, Told>, { before, after }: Told): void {
  if (typeof before === "object" && before !== null) prices.delete(word(told(before), "id"));
  if (typeof after !== "object" || after === null) return;
  const promotion = told(after);
  if (promotion["isMemberOnly"] === true) prices.set(word(promotion, "id"), promotion);
}

/** What members' prices took off a sale, each piece checked against its price; nothing of anybody else's. */
function memberPriceFen(sale: Told, prices: ReadonlyMap<string, Told>): number {
  const number = word(sale, "saleNumber");
  const applied = "promotions" in sale ? list(sale, "promotions").filter((one) => one["isMemberOnly"] === true) : [];
  must(applied.length === 0 || sale["isMember"] === true, `${number} has member prices and is a member's`);
  const saved = new Map<string, number>();
  for (const share of applied.flatMap((one) => list(one, "shares")))
    saved.set(word(share, "lineId"), (saved.get(word(share, "lineId")) ?? 0) + whole(share, "savedFen"));
  if (sale["isMember"] === true)
    for (const line of list(sale, "lines")) {
      const expected = expectedFen(line, prices);
      const found = saved.get(word(line, "id")) ?? 0;
      must(expected === null || expected === found, `line ${whole(line, "lineNumber")} of ${number} saves ${expected}`);
    }
  return [...saved.values()].reduce((sum, fen) => sum + fen, 0);
}

/** By the only member price for these goods; null where something else took part in the price. */
function expectedFen(line: Told, prices: ReadonlyMap<string, Told>): number | null {
  if (whole(line, "discountFen") > 0 || "override" in line) return null;
  for (const promotion of prices.values()) {
    const deal = told(promotion["deal"]);
    const skus = told(promotion["scope"])["skus"];
    const isOf = Array.isArray(skus) && skus.includes(wordOr(line, "sku", ""));
    if (isOf && word(deal, "kind") === "fixed-price")
      return (Math.max(0, whole(line, "unitPriceFen") - whole(deal, "priceFen")) * whole(line, "quantity")) / 1_000;
  }
  return 0;
}

function must(is: boolean, what: string): void {
  if (!is) throw new Error(`not so in this journal: ${what}`);
}
