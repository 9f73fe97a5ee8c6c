import { addFen, type Fen, fen } from "#core/money/fen.ts";
import { digitsSwapped } from "./digits-swapped.ts";
import type { ShiftEvent } from "./shift-event.ts";

/** What may have made the drawer differ, each with the sale or event to look at. */
export type CandidateKind =
  | "booked-as-cash"
  | "booked-as-wechat"
  | "booked-as-static-code"
  | "change-twice"
  | "change-kept"
  | "line-voided"
  | "sale-voided"
  | "discount"
  | "refund-in-cash"
  | "refund-not-given"
  | "move-not-done"
  | "move-wrong-way"
  | "move-forgotten"
  | "float"
  | "digits-swapped"
  | "no-sale"
  | "two-sales";

export interface Candidate {
  readonly kind: CandidateKind;
  /** 0 to 100; for the order alone, it is no probability. */
  readonly likelihood: number;
  /** What it would explain, never negative; zero where nobody can say (a drawer that was opened). */
  readonly amountFen: Fen;
  /** The sales behind it, by id and number. */
  readonly sales: readonly { readonly saleId: string; readonly saleNumber: string }[];
  /** The event behind it; null where it is about the count itself. */
  readonly position: number | null;
  readonly atMs: number | null;
}

export interface VarianceCase {
  readonly events: readonly ShiftEvent[];
  readonly floatFen: Fen;
  readonly countedCashFen: Fen;
  /** Counted minus expected: negative is missing. */
  readonly differenceFen: Fen;
}

/** A person reads no longer list; what is below it is less likely than anything in it. */
export const mostCandidates = 12;
/** Of guesses that fit by chance more often than not: two sales of many always come to something. */
const mostPairs = 3;
const mostNoSales = 3;

/**
 * What a difference may have come from, likeliest first: amounts in the shift's own journal that explain it to the fen,
 * then slips of the count, then drawers that were opened without a sale. Pure; a difference of nothing needs no reason.
 */
export function explainVariance(variance: VarianceCase): readonly Candidate[] {
  const { events, differenceFen } = variance;
  if (differenceFen === 0) return [];
  const amountFen = fen(Math.abs(differenceFen));
  const found = [
    ...events.flatMap((event) => (differenceFen < 0 ? ofShortage(event, amountFen) : ofOverage(event, amountFen))),
    ...ofCount(variance, amountFen),
    ...pairs(variance, amountFen),
    ...openings(events),
  ];
  const wasTried = events.some((event) => event.kind === "attempt-ended" && event.amountFen === amountFen);
  return found
    .map((one) => (wasTried && one.kind === "booked-as-cash" ? { ...one, likelihood: one.likelihood + 6 } : one))
    .toSorted((one, other) => other.likelihood - one.likelihood || (other.position ?? 0) - (one.position ?? 0))
    .slice(0, mostCandidates);
}

type Rating = readonly [kind: CandidateKind, likelihood: number];

/** Money is missing: it went elsewhere than booked, or was never there. */
function ofShortage(event: ShiftEvent, amountFen: Fen): readonly Candidate[] {
  switch (event.kind) {
    case "sale":
      return [
        ...when(event.cashFen === amountFen, event, amountFen, ["booked-as-cash", 90]),
        ...when(event.changeFen === amountFen, event, amountFen, ["change-twice", 55]),
        ...when(event.discountsFen.includes(amountFen), event, amountFen, ["discount", 30]),
      ];
    case "refund":
      return when(event.how === "wechat" && event.amountFen === amountFen, event, amountFen, ["refund-in-cash", 70]);
    case "cash-moved": {
      const isIn = event.move.kind === "pay-in";
      return [
        ...when(isIn && event.move.amountFen === amountFen, event, amountFen, ["move-not-done", 78]),
        ...when(isIn && event.move.amountFen * 2 === amountFen, event, amountFen, ["move-wrong-way", 64]),
      ];
    }
    case "line-voided":
    case "sale-voided":
      return when(event.amountFen === amountFen, event, amountFen, [event.kind, 45]);
    default:
      return [];
  }
}

/** There is more than booked: it was paid in cash and booked otherwise, or did not leave the drawer. */
function ofOverage(event: ShiftEvent, amountFen: Fen): readonly Candidate[] {
  switch (event.kind) {
    case "sale":
      return [
        ...when(event.staticCodeFen === amountFen, event, amountFen, ["booked-as-static-code", 90]),
        ...when(event.wechatFen === amountFen, event, amountFen, ["booked-as-wechat", 84]),
        ...when(event.changeFen === amountFen, event, amountFen, ["change-kept", 74]),
        ...when(event.discountsFen.includes(amountFen), event, amountFen, ["discount", 50]),
      ];
    case "refund":
      return when(event.how === "cash" && event.amountFen === amountFen, event, amountFen, ["refund-not-given", 76]);
    case "cash-moved": {
      const isOut = event.move.kind !== "pay-in";
      return [
        ...when(isOut && event.move.amountFen === amountFen, event, amountFen, ["move-not-done", 82]),
        ...when(isOut && event.move.amountFen * 2 === amountFen, event, amountFen, ["move-wrong-way", 60]),
      ];
    }
    case "sale-voided":
      return when(event.amountFen === amountFen, event, amountFen, ["sale-voided", 80]);
    case "line-voided":
      return when(event.amountFen === amountFen, event, amountFen, ["line-voided", 66]);
    default:
      return [];
  }
}

function when(isIt: boolean, event: ShiftEvent, amountFen: Fen, [kind, likelihood]: Rating): readonly Candidate[] {
  if (!isIt) return [];
  const sales = saleOf(event);
  return [{ kind, likelihood, amountFen, sales, position: event.position, atMs: event.atMs }];
}

/** A voided cart became no sale: its event is all there is of it. */
function saleOf(event: ShiftEvent): Candidate["sales"] {
  if (event.kind === "sale") return [{ saleId: event.saleId, saleNumber: event.saleNumber }];
  if (event.kind === "refund" && event.saleId !== null) {
    return [{ saleId: event.saleId, saleNumber: event.saleNumber }];
  }
  return [];
}

const hundredYuanFen = 10_000;
const yuanFen = 100;

/** Slips of who counted or forgot to write down; a sum in whole yuan is one that somebody took by hand. */
function ofCount({ events, floatFen, countedCashFen, differenceFen }: VarianceCase, amountFen: Fen) {
  const wasOpened = events.some(({ kind }) => kind === "no-sale");
  const isWhole = amountFen % yuanFen === 0;
  const roundness = amountFen % hundredYuanFen === 0 ? 55 : 35;
  const guesses: readonly (Rating | false)[] = [
    floatFen === amountFen && ["float", 72],
    digitsSwapped(countedCashFen, fen(countedCashFen - differenceFen)) && ["digits-swapped", 68],
    isWhole && ["move-forgotten", roundness + (wasOpened ? 10 : 0)],
  ];
  return guesses.flatMap((guess): readonly Candidate[] => {
    if (guess === false) return [];
    const [kind, likelihood] = guess;
    return [{ kind, likelihood, amountFen, sales: [], position: null, atMs: null }];
  });
}

/** Two sales that were booked the wrong way, as far as one was: of many such pairs the latest few. */
function pairs({ events, differenceFen }: VarianceCase, amountFen: Fen): readonly Candidate[] {
  const sales = events.filter((event) => event.kind === "sale");
  const partOf = (sale: (typeof sales)[number]): number =>
    differenceFen < 0 ? sale.cashFen : addFen(sale.wechatFen, sale.staticCodeFen);
  const waiting = new Map<number, (typeof sales)[number]>();
  const found: Candidate[] = [];
  for (const sale of sales) {
    const part = partOf(sale);
    if (part <= 0 || part >= amountFen) continue;
    const other = waiting.get(amountFen - part);
    if (other !== undefined) {
      const both = [...saleOf(other), ...saleOf(sale)];
      const { position, atMs } = sale;
      found.push({ kind: "two-sales", likelihood: 25, amountFen, sales: both, position, atMs });
    }
    waiting.set(part, sale);
  }
  return found.slice(-mostPairs);
}

/** Nobody knows what went through an open drawer: the last few, below everything that fits to the fen. */
function openings(events: readonly ShiftEvent[]): readonly Candidate[] {
  return events
    .filter(({ kind }) => kind === "no-sale")
    .slice(-mostNoSales)
    .map(({ position, atMs }) => ({ kind: "no-sale", likelihood: 20, amountFen: fen(0), sales: [], position, atMs }));
}
