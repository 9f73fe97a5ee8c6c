import { localIso } from "#core/sale/business-date.ts";
import { type PastPayment, pastSaleFen } from "./past-books.ts";
import { pick, type Random } from "./random.ts";

/** What the simulator's control interface is told: payments that happened, and what is wrong with the bill. */
export interface SpoiltDay {
  readonly here: readonly PastPayment[];
  readonly there: readonly object[];
  readonly discrepancies: readonly object[];
  /** `kind action number` of every finding that is not mere agreement, refunds by their own number. */
  readonly expected: readonly string[];
}

interface Place {
  readonly number: string;
  readonly amountFen: number;
  readonly atMs: number;
  readonly dayEndMs: number;
}

interface Spoilt {
  readonly here?: Partial<PastPayment> | null;
  readonly there?: object | null;
  readonly discrepancy?: object;
  readonly expected: string;
}

const late = (dayEndMs: number): number => dayEndMs - 20_000;
const refundNo = (number: string): string => `${number}R1`;
const refundHere = ({ number, atMs }: Place, changes: object = {}) => ({
  refund: {
    outRefundNo: refundNo(number),
    amountFen: 100,
    atMs: atMs + 60_000,
    state: "succeeded",
    ...changes,
  } as const,
});
const refundThere = ({ number, atMs }: Place, changes: object = {}) => ({
  refunds: [{ outRefundNo: refundNo(number), amountFen: 100, at: atMs + 60_000, ...changes }],
});

/** One way each in which the books can differ. A payment that nothing is said of is paid in both. */
const ways: readonly ((place: Place) => Spoilt)[] = [
  ({ number }) => ({ here: { state: "failed" }, expected: `missing-here refund-customer ${number}` }),
  ({ number }) => ({ here: { state: "unfinished" }, expected: `missing-here finish-attempt ${number}` }),
  ({ number }) => ({ here: { state: "reversed" }, expected: `missing-here refund-customer ${number}` }),
  ({ number }) => ({ here: null, expected: `missing-here look-into ${number}` }),
  ({ number }) => ({
    discrepancy: { kind: "missing-payment", outTradeNo: number },
    expected: `missing-there ask-gateway ${number}`,
  }),
  ({ number }) => ({ there: null, expected: `missing-there ask-gateway ${number}` }),
  ({ number, amountFen }) => ({
    discrepancy: { kind: "other-amount", outTradeNo: number, amountFen: amountFen + 1 },
    expected: `amount-differs look-into ${number}`,
  }),
  ({ number, atMs }) => ({ there: { reversedAt: atMs + 60_000 }, expected: `taken-back look-into ${number}` }),
  ({ number, amountFen, atMs }) => ({
    discrepancy: { kind: "extra-payment", outTradeNo: number, amountFen, at: atMs },
    expected: `charged-twice look-into ${number}`,
  }),
  ({ number, dayEndMs }) => ({
    here: { atMs: late(dayEndMs) },
    there: { at: late(dayEndMs) },
    discrepancy: { kind: "cross-midnight", outTradeNo: number },
    expected: `cross-midnight wait-for-next-bill ${number}`,
  }),
  ({ number, dayEndMs }) => ({
    here: { state: "reversed", reversedAtMs: dayEndMs + 60_000 },
    there: { reversedAt: dayEndMs + 60_000 },
    expected: `cross-midnight wait-for-next-bill ${number}`,
  }),
  ({ number, atMs }) => ({
    discrepancy: {
      kind: "extra-refund",
      outTradeNo: number,
      outRefundNo: `X${number}`,
      amountFen: 50,
      at: atMs + 60_000,
    },
    expected: `refund-missing-here look-into X${number}`,
  }),
  (place) => ({
    here: refundHere(place, { state: "unknown" }),
    there: refundThere(place),
    expected: `refund-missing-here ask-gateway ${refundNo(place.number)}`,
  }),
  (place) => ({
    here: refundHere(place),
    there: refundThere(place),
    discrepancy: { kind: "missing-refund", outRefundNo: refundNo(place.number) },
    expected: `refund-missing-there ask-gateway ${refundNo(place.number)}`,
  }),
  (place) => ({
    here: refundHere(place),
    there: refundThere(place, { status: "CLOSED" }),
    expected: `refund-missing-there ask-gateway ${refundNo(place.number)}`,
  }),
  (place) => ({
    here: refundHere(place),
    there: refundThere(place),
    discrepancy: { kind: "other-refund-amount", outRefundNo: refundNo(place.number), amountFen: 101 },
    expected: `refund-amount-differs look-into ${refundNo(place.number)}`,
  }),
  (place) => ({
    here: refundHere(place),
    there: refundThere(place),
    discrepancy: {
      ...{ kind: "extra-refund", outTradeNo: place.number, outRefundNo: refundNo(place.number) },
      ...{ amountFen: 100, at: place.atMs + 60_000 },
    },
    expected: `refunded-twice look-into ${refundNo(place.number)}`,
  }),
  (place) => ({
    here: { ...refundHere(place, { atMs: late(place.dayEndMs) }), atMs: place.atMs },
    there: refundThere(place, { at: late(place.dayEndMs) }),
    discrepancy: { kind: "cross-midnight-refund", outRefundNo: refundNo(place.number) },
    expected: `cross-midnight wait-for-next-bill ${refundNo(place.number)}`,
  }),
];

export const wayCount = ways.length;

const oneLineFen = pastSaleFen();
const descriptions = [
  "可乐, 大杯, 加冰",
  "`反引号` 牛奶",
  '"引号" 饼干,500g',
  "🍜 拉面, 2份 🥚",
  "日用百货",
  ",",
  "`,`",
];

/**
 * A day of `count` payments of one till among those of another, `broken` of them wrong in every way in turn, a tenth of
 * the others refunded. `dayMs` is the day's Beijing midnight; the same seed makes the same day.
 */
export function spoiltDay(
  random: Random,
  day: { readonly dayMs: number; readonly count: number; readonly broken: number; readonly store: string },
): SpoiltDay {
  const { dayMs, count, broken, store } = day;
  const places = new Map<number, number>();
  while (places.size < broken) {
    const place = pick(random, count);
    if (!places.has(place)) places.set(place, places.size % ways.length);
  }
  const here: PastPayment[] = [];
  const there: object[] = [];
  const discrepancies: object[] = [];
  const expected: string[] = [];
  const dayEndMs = dayMs + 24 * 3_600_000;
  for (let index = 0; index < count; index += 1) {
    // From six in the morning to ten at night, so that only what is put there lies around midnight.
    const atMs = dayMs + 6 * 3_600_000 + pick(random, 16 * 3_600) * 1_000;
    const stamp = localIso(atMs, 480).replaceAll(/[-T:]/gu, "").slice(2, 14);
    const number = `${store}T01${stamp}${index.toString(36).toUpperCase()}`;
    const isRefunded = index % 10 === 0;
    const way = places.get(index);
    const isSale = isRefunded || way !== undefined;
    const amountFen = isSale ? oneLineFen : 1 + pick(random, 90_000);
    const place = { number, amountFen, atMs, dayEndMs };
    const spoilt = way === undefined ? null : (ways[way]?.(place) ?? null);
    const refunded = spoilt === null && isRefunded;
    if (spoilt?.here !== null) {
      const refund = refunded ? refundHere(place) : {};
      here.push({
        outTradeNo: number,
        amountFen,
        atMs,
        state: "paid",
        ...(isSale ? { saleLines: 1 } : {}),
        ...refund,
        ...spoilt?.here,
      });
    }
    if (spoilt?.there !== null) {
      const refunds = refunded ? refundThere(place) : {};
      const description = descriptions[index % descriptions.length];
      there.push({ outTradeNo: number, amountFen, at: atMs, description, ...refunds, ...spoilt?.there });
    }
    if (spoilt?.discrepancy !== undefined) discrepancies.push(spoilt.discrepancy);
    if (spoilt !== null) expected.push(spoilt.expected);
    // The bill is the whole merchant's: every fifth payment is another till's.
    if (index % 5 === 0) there.push({ outTradeNo: `${store}T02${stamp}${index}`, amountFen: 1 + index, at: atMs });
  }
  return { here, there, discrepancies, expected };
}
