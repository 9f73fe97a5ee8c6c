import fc from "fast-check";
import { expect, it } from "vitest";
import { maxFen } from "#core/money/fen.ts";
import { firstSaleBody, mostOf, secondSaleBody, thirdSaleBody } from "./bodies.ts";
import { isPlainSale } from "./plain-sale.ts";
import { toldSale } from "./told-sale.ts";

const text = (most: number, least = 0) =>
  fc.string({ unit: "grapheme", minLength: least, maxLength: Math.min(most, 12) });
const id = text(mostOf.id, 1);
const amount = fc.nat(maxFen);
const signed = fc.integer({ min: -maxFen, max: maxFen });
const line = fc.record({
  lineNumber: fc.integer({ min: 1, max: mostOf.lineNumber }),
  ...{ sku: fc.option(text(mostOf.sku)), nameZh: text(mostOf.name), nameEn: text(mostOf.name) },
  ...{ categoryId: fc.option(text(mostOf.categoryId)), unit: fc.constantFrom("piece", "kg") },
  ...{ unitPriceFen: amount, quantity: fc.integer({ min: 1 }), grossFen: amount, discountFen: amount },
  ...{ saleDiscountShareFen: amount, roundingShareFen: signed, netFen: amount, barcode: fc.string() },
});
const tender = fc.oneof(
  fc.record({
    ...{ kind: fc.constant("cash"), tenderId: id, amountFen: amount, receivedFen: amount, changeFen: amount },
  }),
  fc.record({
    ...{ kind: fc.constant("wechat"), tenderId: id, amountFen: amount },
    ...{ outTradeNo: text(mostOf.outTradeNo), transactionId: text(mostOf.transactionId) },
  }),
  fc.record({ kind: fc.constant("static-code"), tenderId: id, amountFen: amount }),
);
const tax = fc.record({
  ...{ basisPoints: fc.nat(mostOf.basisPoints), amountFen: amount, taxFen: amount },
});
const earlierSale = fc.record({
  ...{ saleId: id, saleNumber: text(mostOf.saleNumber, 1), terminalId: text(mostOf.terminalId), shiftId: id },
  ...{ cashierId: text(mostOf.id), cashierName: text(mostOf.cashierName) },
  completedAt: fc.constantFrom("2026-03-02T09:15:00+08:00", "2026-03-02T09:15:00.123Z"),
  ...{ businessDate: fc.constant("2026-03-02"), lines: fc.array(line, { minLength: 1, maxLength: 4 }) },
  ...{ grossFen: amount, lineDiscountFen: amount, saleDiscountFen: amount, roundingFen: signed, totalFen: amount },
  ...{ tenders: fc.array(tender, { maxLength: 3 }), changeFen: amount, note: fc.string() },
});

const thirdSale = fc
  .tuple(
    earlierSale,
    fc.record({ promotionFen: amount, taxes: fc.array(tax, { maxLength: 3 }) }, { requiredKeys: ["promotionFen"] }),
  )
  .map(([before, more]) => ({ ...before, ...more }));
const sale = fc.oneof(earlierSale, thirdSale);

/** What stands where something else should: limits, one beyond them, and other kinds of values. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -0, 1, -1, 0.5, 1e300, maxFen, maxFen + 1, -maxFen, -maxFen - 1),
  fc.constantFrom<unknown>(mostOf.lineNumber, mostOf.lineNumber + 1, 2 ** 53 - 1, 2 ** 53, "", "0", [], {}, [[]]),
  fc.constantFrom<unknown>(
    "2026-03-02",
    "2026-3-2",
    "2026-03-02T09:15:00+08:00\n",
    "cash",
    "wechat",
    "static-code",
    "kg",
  ),
  fc
    .constantFrom(...Object.values(mostOf).filter((most) => most < 1_000), 9)
    .chain((most) => fc.constantFrom<unknown>("长".repeat(most), "长".repeat(most + 1), "a\0b", "\ud83d", "\u{1f600}")),
);

/** The value with what stands at one of its places, chosen by `which`, changed or taken away. */
function spoilt(value: unknown, which: number, put: unknown, isGone: boolean): unknown {
  const places: (readonly [holder: Record<string, unknown>, name: string])[] = [];
  const walk = (at: unknown): void => {
    if (typeof at !== "object" || at === null) return;
    for (const name of Object.keys(at)) {
      // An object or an array: both hold values by name.
      const holder = at as Record<string, unknown>;
      places.push([holder, name]);
      walk(holder[name]);
    }
  };
  const copy: unknown = JSON.parse(JSON.stringify(value));
  walk(copy);
  const [holder, name] = places[which % places.length] ?? [{}, ""];
  if (isGone && !Array.isArray(holder)) delete holder[name];
  else holder[name] = put;
  return copy;
}

const versions = [
  [firstSaleBody, 1],
  [secondSaleBody, 2],
  [thirdSaleBody, 3],
] as const;

function judge(value: unknown): void {
  const json = JSON.stringify(value);
  const body: unknown = JSON.parse(json);
  for (const [schema, v] of versions) {
    const parsed = schema.safeParse(body);
    const isPlain = isPlainSale(body, json, v);
    if (!parsed.success) expect(isPlain).toBe(false);
    else if (isPlain) expect(toldSale(body)).toEqual(toldSale(parsed.data));
    // The schema counts characters, this counts their halves: where there are such, it may ask the schema.
    else expect(json).toMatch(/\\u|[\ud800-\udfff]/);
  }
}

it("takes the sales the schema takes, and tells the same of them", () => {
  fc.assert(fc.property(sale, judge), { numRuns: 300 });
});

it("takes no sale the schema refuses, whichever of its values is another or gone", () => {
  fc.assert(
    fc.property(sale, fc.nat(), odd, fc.boolean(), (whole, which, put, isGone) => {
      judge(spoilt(whole, which, put, isGone));
    }),
    { numRuns: 1_500 },
  );
});

it("takes as many lines and tenders as the schema does", () => {
  const [whole] = fc.sample(sale, { seed: 1, numRuns: 1 });
  const [one] = fc.sample(line, { seed: 1, numRuns: 1 });
  const [paid] = fc.sample(tender, { seed: 1, numRuns: 1 });
  for (const count of [0, 1, mostOf.lines, mostOf.lines + 1]) judge({ ...whole, lines: Array(count).fill(one) });
  for (const count of [0, mostOf.tenders, mostOf.tenders + 1]) judge({ ...whole, tenders: Array(count).fill(paid) });
});

it.each([null, [], "{}", 7, [{}]])("is asked about anything: %j is no sale", (value) => judge(value));

it("leaves a field that only a later version knows to the schema, which drops it", () => {
  const [whole] = fc.sample(earlierSale, { seed: 1, numRuns: 1 });
  for (const later of [{ promotionFen: 5 }, { taxes: [] }]) {
    const body: unknown = { ...whole, ...later };
    expect(isPlainSale(body, JSON.stringify(body), 2)).toBe(false);
  }
});

it("takes as many taxes as the schema does, and of the third version none without its promotions", () => {
  const [[earlier], [third], [one]] = [
    fc.sample(earlierSale, { seed: 1, numRuns: 1 }),
    fc.sample(thirdSale, { seed: 1, numRuns: 1 }),
    fc.sample(tax, { seed: 1, numRuns: 1 }),
  ];
  for (const count of [0, mostOf.taxes, mostOf.taxes + 1]) judge({ ...third, taxes: Array(count).fill(one) });
  judge({ ...third, taxes: null });
  expect(isPlainSale({ ...third }, "{}", 3)).toBe(true);
  expect(isPlainSale({ ...earlier }, "{}", 3)).toBe(false);
});
