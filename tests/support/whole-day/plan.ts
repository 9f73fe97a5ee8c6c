import { pick, pickOne, type Random, seededRandom } from "#tests/support/random.ts";

/** What goes into a basket, the way it gets there. */
export type Goods =
  /** Scanned, after `3*` where it is more than one. */
  | { readonly kind: "scan"; readonly code: string; readonly times: number }
  /** Over the till's own scale. */
  | { readonly kind: "scale"; readonly sku: string; readonly grams: number }
  | { readonly kind: "open-price"; readonly priceFen: number };

/** What is done to a basket before it is paid. */
export type Change =
  | { readonly kind: "void-line" }
  | { readonly kind: "discount-line"; readonly basisPoints: number }
  | { readonly kind: "discount-sale"; readonly basisPoints: number }
  /** 改价 of the first line to this, which is far below what it costs. */
  | { readonly kind: "override"; readonly priceFen: number }
  | { readonly kind: "coupon"; readonly code: string }
  | { readonly kind: "hold" }
  /** Whose sale it is: the first time they sign up at the till. */
  | { readonly kind: "member"; readonly who: Member }
  | { readonly kind: "points"; readonly count: number };

/** Two customers who come again and again; the numbers they sign up with. */
export const memberPhones = ["13812340001", "13912340002"] as const;
export type Member = 0 | 1;
/** Cola in bottles at 3.50, which are 3.00 to members; in every member's basket, two of them. */
export const memberGoods = { code: "6920536012350", sku: "100003", priceFen: 300 } as const;
/** Points that pay a part, by the sale's place. */
const spentAt: Readonly<Record<number, number>> = { 32: 120, 49: 90, 50: 200 };

export const ways = ["cash", "code", "qr", "static-code", "cash-and-code", "cash-and-static", "three-ways"] as const;
export type Way = (typeof ways)[number];

export interface PlannedSale {
  readonly goods: readonly Goods[];
  readonly changes: readonly Change[];
  readonly way: Way;
}

export const saleCount = 60;
/** The sale that is booked as paid another way than it was: nothing else of the day comes to this. */
export const swapped = { place: 33, amountFen: 12_370 } as const;
/** Carts that are thrown away whole come before these. */
export const voidedBefore: readonly number[] = [15, 40];

/** Sold by the piece: drinks, milk, snacks and stationery, of two tax classes. */
const pool = [
  ...["6920536010134", "6920536012350", "6952046011240", "6972750011244", "6907132010508", "6907132011611"],
  ...["6972940010132", "6972940010873", "6910057010133", "6910909024196", "6962203010139", "6908117010131"],
];
const [cola, yogurt, walnuts] = ["6920536011247", "6907132031220", "6959633010877"] as const;
const snacks = ["6910057010133", "6958784011245", "6900872010135"] as const;
/** Sold by weight: bananas, mandarins, oranges. */
const fruit = ["160007", "160008", "160009"] as const;

const paidBy: readonly Way[] = [
  ...(["cash", "code", "cash", "qr", "cash", "cash-and-code"] as const),
  ...(["cash", "static-code", "code", "cash-and-static", "cash", "three-ways"] as const),
];

/** Sixty sales: ten kinds of basket against twelve ways to pay, so that each pair is there once. The same seed, the same day. */
export function planDay(seed: number, swappedWay: "cash" | "static-code"): readonly PlannedSale[] {
  const random = seededRandom(seed);
  return Array.from({ length: saleCount }, (_, place): PlannedSale => {
    if (place === swapped.place)
      return { goods: [{ kind: "open-price", priceFen: swapped.amountFen }], changes: [], way: swappedWay };
    const who = memberAt(place);
    const spent = spentAt[place];
    const changes: Change[] = [
      ...(who === null ? [] : [{ kind: "member", who } as const]),
      ...(place % 10 === 8 ? [{ kind: "override", priceFen: 900 + 10 * pick(random, 20) } as const] : []),
      ...(place % 7 === 3 ? [{ kind: "discount-line", basisPoints: 500 + pick(random, 1_000) } as const] : []),
      ...(place % 11 === 5 ? [{ kind: "discount-sale", basisPoints: 300 + pick(random, 600) } as const] : []),
      ...(place % 8 === 1 ? [{ kind: "void-line" } as const] : []),
      ...(place % 10 === 9 ? [{ kind: "coupon", code: `YH05${String(place).padStart(8, "0")}` } as const] : []),
      ...(place % 12 === 6 ? [{ kind: "hold" } as const] : []),
      ...(spent === undefined ? [] : [{ kind: "points", count: spent } as const]),
    ];
    const extra: readonly Goods[] = who === null ? [] : [{ kind: "scan", code: memberGoods.code, times: 2 }];
    return { goods: [...goodsOf(place, random), ...extra], changes, way: paidBy[place % paidBy.length] ?? "cash" };
  });
}

/** A third of the day's customers are members: two, who come again and again. */
function memberAt(place: number): Member | null {
  if (place % 6 === 2) return 0;
  return place % 9 === 4 ? 1 : null;
}

function goodsOf(place: number, random: Random): readonly Goods[] {
  const one = (code: string, times = 1): Goods => ({ kind: "scan", code, times });
  const any = (most: number): Goods => one(pickOne(random, pool), 1 + pick(random, most));
  const some = (count: number): readonly Goods[] => Array.from({ length: count }, () => any(2));
  switch (place % 10) {
    case 0:
      return [any(1)];
    case 1:
      return [any(6), any(3)];
    case 2:
      return [one(cola, 2 + pick(random, 3)), any(2)];
    case 3:
      return [one(yogurt, 3 + pick(random, 2)), ...snacks.map((code) => one(code))];
    case 4:
      return [weighed(place, random), any(1)];
    case 5:
      return [label(random), label(random)];
    case 6:
      return some(3 + pick(random, 4));
    case 7:
      return [{ kind: "open-price", priceFen: 500 + 10 * pick(random, 200) }, any(2)];
    case 8:
      return [one(walnuts, 1 + pick(random, 2)), any(2)];
    default:
      return [one(walnuts, 2), label(random), weighed(place, random)];
  }
}

/** Never what lay on the scale before, so that nobody need say it is the next goods. */
function weighed(place: number, random: Random): Goods {
  return { kind: "scale", sku: pickOne(random, fruit), grams: 205 + 5 * pick(random, 150) + 10 * place };
}

/** A label of the shop's scale: 21, the item's code, what it costs, a check digit. */
function label(random: Random): Goods {
  const digits = `21${10_001 + pick(random, 19)}${String(300 + pick(random, 2_500)).padStart(5, "0")}`;
  return { kind: "scan", code: `${digits}${checkDigit(digits)}`, times: 1 };
}

/** Of an EAN-13: every second digit three times, and what is missing to a whole ten. */
function checkDigit(digits: string): number {
  const sum = [...digits].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}
