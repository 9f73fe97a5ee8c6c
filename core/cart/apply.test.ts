import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen, maxFen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { maxMilli, milli, pieces } from "#core/quantity/quantity.ts";
import { applyCartEvent, replayCart } from "./apply.ts";
import { emptyCart, maxCartLines, type Cart, type CartEvent, type CartLine, type Discount } from "./cart.ts";

// Amounts far apart can take minutes to shrink: a failure is then reported as far as it got.
fc.configureGlobal({ interruptAfterTimeLimit: 10_000 });

const cola: CartLine = {
  id: "l1",
  sku: "cola-500",
  nameZh: "可口可乐 500ml",
  nameEn: "Coca-Cola 500 ml",
  categoryId: "drinks",
  taxClass: "standard",
  barcode: "6901234567892",
  source: "scan",
  unit: "piece",
  unitPriceFen: fen(350),
  quantity: pieces(1),
  labelAmountFen: null,
  discount: null,
};
const apple: CartLine = {
  ...cola,
  id: "l2",
  sku: "apple",
  unit: "kg",
  unitPriceFen: fen(1299),
  quantity: milli(845),
  barcode: null,
};
const labelledApple: CartLine = { ...apple, id: "l3", source: "weighed-label", labelAmountFen: fen(1098) };
const halfPrice: Discount = { kind: "percent", basisPoints: 5000 };

function add(line: CartLine): CartEvent {
  return { kind: "line-added", line };
}

function cartOf(...events: readonly CartEvent[]): Cart {
  const replayed = replayCart("sale-1", events);
  if (!replayed.ok) throw new Error(`event ${replayed.fault.index} was refused: ${replayed.fault.fault.kind}`);
  return replayed.value;
}

function faultOf(cart: Cart, event: CartEvent): unknown {
  const applied = applyCartEvent(cart, event);
  return applied.ok ? null : applied.fault;
}

describe("adding a line", () => {
  test("puts it last and makes it the current one", () => {
    expect(cartOf(add(cola), add(apple))).toEqual({
      ...emptyCart("sale-1"),
      lines: [cola, apple],
      currentLineId: "l2",
    });
  });

  test("merges into an equal line, which keeps its place and id and becomes current", () => {
    const cart = cartOf(
      add(cola),
      add(apple),
      add({ ...cola, id: "l9", source: "tile", quantity: pieces(24), barcode: "carton" }),
    );
    expect(cart).toEqual({
      ...emptyCart("sale-1"),
      lines: [{ ...cola, quantity: 25_000 }, apple],
      currentLineId: "l1",
    });
  });

  test.each<[string, CartLine, CartLine]>([
    ["another price", cola, { ...cola, id: "l9", unitPriceFen: fen(300) }],
    ["a price that was typed", cola, { ...cola, id: "l9", isTypedPrice: true }],
    ["another item", cola, { ...cola, id: "l9", sku: "cola-330" }],
    ["a discount of its own", cola, { ...cola, id: "l9", discount: halfPrice }],
    ["a discount on the line before", { ...cola, discount: halfPrice }, { ...cola, id: "l9" }],
    ["a label's amount", labelledApple, { ...labelledApple, id: "l9" }],
    ["a label's weight", { ...apple, source: "weighed-label" }, { ...apple, id: "l9", source: "weighed-label" }],
    ["a weighing of its own", apple, { ...apple, id: "l9", weighing: { by: "scale", grossGrams: 845, tareGrams: 0 } }],
    ["no item behind it", { ...cola, sku: null }, { ...cola, sku: null, id: "l9" }],
  ])("keeps lines apart that differ by %s", (_, first, second) => {
    expect(cartOf(add(first), add(second)).lines).toEqual([first, second]);
  });

  test("refuses nothing, part of a piece, and more than a line holds, also by merging", () => {
    const fault = { kind: "quantity-out-of-range" };
    expect(faultOf(emptyCart("s"), add({ ...cola, quantity: milli(0) }))).toEqual(fault);
    expect(faultOf(emptyCart("s"), add({ ...cola, quantity: milli(-1000) }))).toEqual(fault);
    expect(faultOf(emptyCart("s"), add({ ...cola, quantity: milli(1500) }))).toEqual(fault);
    expect(
      faultOf(
        cartOf(add({ ...cola, unitPriceFen: fen(1), quantity: milli(maxMilli) })),
        add({ ...cola, unitPriceFen: fen(1) }),
      ),
    ).toEqual(fault);
  });

  test("refuses a negative price and a cart that costs more than a till handles", () => {
    const fault = { kind: "amount-out-of-range" };
    expect(faultOf(emptyCart("s"), add({ ...cola, unitPriceFen: fen(-1) }))).toEqual(fault);
    expect(faultOf(emptyCart("s"), add({ ...labelledApple, labelAmountFen: fen(-1) }))).toEqual(fault);
    const dear = { ...cola, sku: "gold", id: "g", unitPriceFen: fen(maxFen) };
    expect(faultOf(emptyCart("s"), add({ ...dear, quantity: milli(maxMilli) }))).toEqual(fault);
    expect(faultOf(cartOf(add(dear)), add(cola))).toEqual(fault);
    expect(faultOf(cartOf(add(dear)), add({ ...cola, unitPriceFen: fen(0) }))).toBeNull();
  });

  test("refuses a line too many, but still merges into a full cart", () => {
    const lines = Array.from({ length: maxCartLines }, (_, index) => ({ ...cola, id: `l${index}`, sku: `s${index}` }));
    const full = cartOf(...lines.map(add));
    expect(faultOf(full, add({ ...cola, id: "new" }))).toEqual({ kind: "cart-full", limit: maxCartLines });
    expect(faultOf(full, add({ ...cola, id: "new", sku: "s7" }))).toBeNull();
  });

  test("under an id the cart already has is a bug", () => {
    expect(() => applyCartEvent(cartOf(add(cola)), add({ ...apple, id: "l1" }))).toThrow("line id");
  });
});

describe("changing a line", () => {
  const cart = cartOf(add(cola), add(apple), add(labelledApple));

  test("sets its quantity and makes it current", () => {
    expect(cartOf(add(cola), add(apple), { kind: "quantity-set", lineId: "l1", quantity: pieces(3) })).toEqual({
      ...emptyCart("sale-1"),
      lines: [{ ...cola, quantity: 3000 }, apple],
      currentLineId: "l1",
    });
  });

  test("refuses a quantity of nothing, of part pieces, and of a label", () => {
    const set = (lineId: string, quantity: number): unknown =>
      faultOf(cart, { kind: "quantity-set", lineId, quantity: milli(quantity) });
    expect(set("l1", 0)).toEqual({ kind: "quantity-out-of-range" });
    expect(set("l1", 500)).toEqual({ kind: "quantity-out-of-range" });
    expect(set("l2", 500)).toBeNull();
    expect(set("l3", 500)).toEqual({ kind: "label-quantity-fixed" });
  });

  test("voiding takes it away, a label too, and the last line becomes current", () => {
    const voided = applyCartEvent(cart, { kind: "line-voided", lineId: "l3" });
    expect(voided).toEqual({ ok: true, value: { ...cart, lines: [cola, apple], currentLineId: "l2" } });
    expect(cartOf(add(cola), { kind: "line-voided", lineId: "l1" })).toEqual(emptyCart("sale-1"));
  });

  test("choosing it only makes it current", () => {
    expect(applyCartEvent(cart, { kind: "line-selected", lineId: "l1" })).toEqual({
      ok: true,
      value: { ...cart, currentLineId: "l1" },
    });
  });

  test("an unknown line is refused by every event that names one", () => {
    const events: CartEvent[] = [
      { kind: "quantity-set", lineId: "x", quantity: pieces(1) },
      { kind: "line-voided", lineId: "x" },
      { kind: "line-selected", lineId: "x" },
      { kind: "line-discounted", lineId: "x", discount: null },
    ];
    for (const event of events) expect(faultOf(cart, event)).toEqual({ kind: "no-such-line", lineId: "x" });
  });
});

describe("discounts", () => {
  const cart = cartOf(add({ ...cola, quantity: pieces(2) }), add(labelledApple)); // 7.00 + 10.98
  const amount = (amountFen: number): Discount => ({ kind: "amount", amountFen: fen(amountFen) });
  const percent = (basisPoints: number): Discount => ({ kind: "percent", basisPoints });

  test.each<[Discount | null, string | null]>([
    [null, null],
    [amount(700), null],
    [amount(701), "discount-too-large"],
    [amount(0), "amount-out-of-range"],
    [amount(-1), "amount-out-of-range"],
    [percent(10_000), null],
    [percent(10_001), "discount-too-large"],
    [percent(0), "amount-out-of-range"],
    [percent(-1), "amount-out-of-range"],
    [percent(0.5), "amount-out-of-range"],
  ])("on a line of 7.00, %j answers %j", (discount, kind) => {
    expect(faultOf(cart, { kind: "line-discounted", lineId: "l1", discount })).toEqual(kind === null ? null : { kind });
  });

  test("on the sale may be as large as what is left after the lines' own", () => {
    const discounted = cartOf(add({ ...cola, quantity: pieces(2) }), {
      kind: "line-discounted",
      lineId: "l1",
      discount: amount(300),
    });
    expect(faultOf(discounted, { kind: "sale-discounted", discount: amount(400) })).toBeNull();
    expect(faultOf(discounted, { kind: "sale-discounted", discount: amount(401) })).toEqual({
      kind: "discount-too-large",
    });
    expect(faultOf(emptyCart("s"), { kind: "sale-discounted", discount: amount(1) })).toEqual({
      kind: "discount-too-large",
    });
  });

  test("that became too large because the cart shrank are cut down, and come back when it grows", () => {
    const granted = cartOf(
      add({ ...cola, quantity: pieces(2) }),
      { kind: "line-discounted", lineId: "l1", discount: amount(500) },
      { kind: "quantity-set", lineId: "l1", quantity: pieces(1) },
    );
    expect(priceCart(granted)).toMatchObject({ grossFen: 350, lineDiscountFen: 350, totalFen: 0 });
    const grown = applyCartEvent(granted, { kind: "quantity-set", lineId: "l1", quantity: pieces(2) });
    expect(grown.ok && priceCart(grown.value)).toMatchObject({ grossFen: 700, lineDiscountFen: 500, totalFen: 200 });
  });

  test("a line added with a discount too large for it is refused", () => {
    expect(faultOf(emptyCart("s"), add({ ...cola, discount: amount(351) }))).toEqual({ kind: "discount-too-large" });
  });

  test("and 抹零 leave the current line alone", () => {
    const changed = cartOf(
      add(cola),
      add(apple),
      { kind: "line-selected", lineId: "l1" },
      { kind: "sale-discounted", discount: halfPrice },
      { kind: "rounding-set", rounding: "yuan" },
    );
    expect(changed).toEqual({
      ...emptyCart("sale-1"),
      lines: [cola, apple],
      currentLineId: "l1",
      discount: halfPrice,
      rounding: "yuan",
    });
  });
});

const anyDiscount: fc.Arbitrary<Discount | null> = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant("amount" as const), amountFen: fc.integer({ min: -5, max: 3000 }).map(fen) }),
    fc.record({ kind: fc.constant("percent" as const), basisPoints: fc.integer({ min: -5, max: 10_500 }) }),
  ),
);
const anyLineId = fc.integer({ min: 0, max: 14 }).map((place) => `id${place}`);

/** Events as a hasty cashier and damaged records would send them: many of them cannot be. Ids are given by place. */
const anyEvents: fc.Arbitrary<CartEvent[]> = fc
  .array(
    fc.oneof(
      fc.record({
        kind: fc.constant("line-added" as const),
        line: fc
          .record({
            template: fc.constantFrom(
              cola,
              { ...cola, sku: null },
              { ...cola, sku: "tea", unitPriceFen: fen(599) },
              apple,
              labelledApple,
            ),
            quantity: fc.oneof(
              fc.integer({ min: -1, max: 5 }).map(pieces),
              fc.integer({ min: -5, max: 3000 }).map(milli),
              fc.constant(milli(maxMilli)),
            ),
            discount: fc.oneof({ arbitrary: fc.constant(null), weight: 4 }, { arbitrary: anyDiscount, weight: 1 }),
          })
          .map(({ template, quantity, discount }): CartLine => ({ ...template, quantity, discount })),
      }),
      fc.record({
        kind: fc.constant("quantity-set" as const),
        lineId: anyLineId,
        quantity: fc.integer({ min: -1, max: 9 }).map(pieces),
      }),
      fc.record({ kind: fc.constantFrom("line-voided" as const, "line-selected" as const), lineId: anyLineId }),
      fc.record({ kind: fc.constant("line-discounted" as const), lineId: anyLineId, discount: anyDiscount }),
      fc.record({ kind: fc.constant("sale-discounted" as const), discount: anyDiscount }),
      fc.record({
        kind: fc.constant("rounding-set" as const),
        rounding: fc.constantFrom("none" as const, "jiao" as const, "yuan" as const),
      }),
    ),
    { maxLength: 40 },
  )
  .map((events) =>
    events.map((event, place) => (event.kind === "line-added" ? add({ ...event.line, id: `id${place}` }) : event)),
  );

/** Applies what can be applied, and gives back the cart with the events that made it. */
function sell(events: readonly CartEvent[]): { cart: Cart; accepted: CartEvent[] } {
  let cart = emptyCart("sale-1");
  const accepted: CartEvent[] = [];
  for (const event of events) {
    const applied = applyCartEvent(cart, event);
    if (!applied.ok) continue;
    cart = applied.value;
    accepted.push(event);
  }
  return { cart, accepted };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

describe("any sequence of events", () => {
  test("replays to the same cart from its accepted events, also after a round trip through a file", () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const { cart, accepted } = sell(events);
        expect(replayCart("sale-1", accepted)).toEqual({ ok: true, value: cart });
        const stored: CartEvent[] = JSON.parse(JSON.stringify(accepted));
        expect(replayCart("sale-1", stored)).toEqual({ ok: true, value: cart });
      }),
      { numRuns: 500 },
    );
  });

  test("never changes a cart or an event in place, accepted or refused", () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        let cart = deepFreeze(emptyCart("sale-1"));
        for (const event of deepFreeze(events)) {
          const before = JSON.stringify(cart);
          const applied = applyCartEvent(cart, event);
          expect(JSON.stringify(cart)).toBe(before);
          if (applied.ok) cart = deepFreeze(applied.value);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("leaves a cart whose ids are its own, whose current line exists, and whose money holds", () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const { cart } = sell(events);
        const ids = cart.lines.map((line) => line.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(cart.lines.length === 0 ? cart.currentLineId === null : ids.includes(cart.currentLineId ?? "")).toBe(
          true,
        );
        const totals = priceCart(cart);
        expect(totals.totalFen).toBeGreaterThanOrEqual(0);
        expect(totals.lines.reduce((sum, line) => sum + line.netFen, 0)).toBe(totals.totalFen);
      }),
      { numRuns: 500 },
    );
  });

  test("stops a replay at the first event that cannot be, and says which", () => {
    const events = [add(cola), add(apple), { kind: "line-voided", lineId: "gone" } as const, add(labelledApple)];
    expect(replayCart("sale-1", events)).toEqual({
      ok: false,
      fault: { kind: "event-refused", index: 2, fault: { kind: "no-such-line", lineId: "gone" } },
    });
  });
});
