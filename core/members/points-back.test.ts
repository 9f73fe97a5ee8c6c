import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { basket, goods } from "#core/promotion/testing-basket.ts";
import { pieces } from "#core/quantity/quantity.ts";
import type { ReturnedPart } from "#core/returns/returned-lines.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import type { Sale } from "#core/sale/sale.ts";
import { pointsOfReturn } from "./points-back.ts";
import { withPointsInReach } from "./points.ts";

type Give = (
  sale: Sale,
  before: readonly ReturnedPart[],
  now: readonly ReturnedPart[],
  moved: Parameters<typeof pointsOfReturn>[2],
) => ReturnType<typeof pointsOfReturn>;

const asBooked: Give = (sale, before, now, moved) => pointsOfReturn(sale, [...before, ...now], moved);

const rates = { pointsPerYuan: 3, fenPerPoint: 2 };

function sell(prices: readonly (readonly [number, number])[], balance: number, wanted: number): Sale {
  const lines = prices.map(([price, count], index) => goods(`g${index}`, price, pieces(count)));
  const cart = withPointsInReach({ ...basket(...lines), member: { memberId: "m" } }, balance, rates, wanted);
  const totals = priceCart(cart);
  const { totalFen } = totals;
  const paid = { kind: "cash", tenderId: "t", amountFen: totalFen, receivedFen: totalFen, changeFen: fen(0) } as const;
  const completed = completeSale({
    ...{ cart, totals, saleNumber: "T01-000001", terminalId: "T01", shiftId: "s" },
    ...{ tenders: totalFen === 0 ? [] : [paid], cashier: { id: "c", name: "王芳" } },
    ...{ completedAt: "2026-11-25T12:00:00+08:00", businessDate: "2026-11-25" },
    points: { balance, pointsPerYuan: rates.pointsPerYuan },
  });
  if (!completed.ok) throw new Error(completed.fault.kind);
  return completed.value;
}

const anySale = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 5 })), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.nat(5_000),
    fc.nat(5_000),
  )
  .map(([prices, balance, wanted]) => ({ sale: sell(prices, balance, wanted), before: balance }));

/** Every piece on its own, in the order they are brought back. */
const piecesOf = (sale: Sale): readonly ReturnedPart[] =>
  sale.lines.flatMap(({ lineNumber, quantity }) =>
    Array.from({ length: quantity }, (_, at) => at)
      .filter((at) => at % 1_000 === 0)
      .map(() => ({ lineNumber, quantity: 1_000 })),
  );

/** What goes wrong with a way of giving points back; null where nothing does. */
function mistakeOf(give: Give, sale: Sale, balance: number, parts: readonly ReturnedPart[]): string | null {
  const back: ReturnedPart[] = [];
  const sums = { takenBack: 0, givenBack: 0 };
  const { earned = 0, spent = 0 } = sale.member ?? {};
  for (const part of parts) {
    const moved = give(sale, back, [part], [{ ...sums }]);
    if (moved === null || moved.takenBack < 0 || moved.givenBack < 0) return "points move the wrong way";
    sums.takenBack += moved.takenBack;
    sums.givenBack += moved.givenBack;
    back.push(part);
    if (sums.takenBack > earned || sums.givenBack > spent) return "points from nothing";
  }
  const isWhole = back.length === piecesOf(sale).length;
  if (isWhole && (sums.takenBack !== earned || sums.givenBack !== spent)) return "not all of it undone";
  const after = balance + earned - spent - sums.takenBack + sums.givenBack;
  return isWhole && after !== balance ? "not where it began" : null;
}

const inAnyOrder = anySale.chain(({ sale, before }) =>
  fc.shuffledSubarray([...piecesOf(sale)], { minLength: 0 }).map((parts) => ({ sale, before, parts })),
);

describe("points of goods that come back", () => {
  it("never exceed those of their sale, in any order and parts, and are exactly those once all is back", () => {
    fc.assert(fc.property(inAnyOrder, ({ sale, before, parts }) => mistakeOf(asBooked, sale, before, parts) === null));
    fc.assert(fc.property(anySale, ({ sale, before }) => mistakeOf(asBooked, sale, before, piecesOf(sale)) === null));
  });

  it("that came back at another till move with the next return here, and are exactly the sale's once all is back", () => {
    const apart = inAnyOrder.chain(({ sale }) =>
      fc
        .tuple(fc.shuffledSubarray([...piecesOf(sale)], { minLength: piecesOf(sale).length }), fc.array(fc.boolean()))
        .map(([parts, isElsewhere]) => ({ sale, parts, isElsewhere })),
    );
    fc.assert(
      fc.property(apart, ({ sale, parts, isElsewhere }) => {
        const moved: NonNullable<ReturnType<Give>>[] = [];
        const back: ReturnedPart[] = [];
        for (const [at, part] of parts.entries()) {
          back.push(part);
          // The last is brought back here, so that all is told.
          if (isElsewhere[at] && at < parts.length - 1) continue;
          const points = pointsOfReturn(sale, back, moved);
          if (points !== null) moved.push(points);
        }
        const sum = (of: "takenBack" | "givenBack") => moved.reduce((points, one) => points + one[of], 0);
        expect([sum("takenBack"), sum("givenBack")]).toEqual([sale.member?.earned, sale.member?.spent]);
      }),
    );
  });

  it("move no way twice where less is told than before", () => {
    const sale = sell([[500, 2]], 200, 200);
    const all = { memberId: "m", takenBack: 18, givenBack: 200 };
    expect(pointsOfReturn(sale, [{ lineNumber: 1, quantity: 1_000 }], [all])).toEqual({
      ...{ memberId: "m", takenBack: 0, givenBack: 0 },
    });
  });

  it("are taken back by what was paid and given back by what points paid", () => {
    // 10.00 for two, 4.00 of it by 200 points: 6.00 paid earns 18.
    const sale = sell([[500, 2]], 200, 200);
    expect(sale.member).toMatchObject({ earned: 18, spent: 200, spentFen: 400, balance: 18 });
    expect(pointsOfReturn(sale, [{ lineNumber: 1, quantity: 1_000 }], [])).toEqual({
      ...{ memberId: "m", takenBack: 9, givenBack: 100 },
    });
  });

  it("come back from a sale that points paid in full", () => {
    const sale = sell([[500, 2]], 500, 500);
    expect(sale).toMatchObject({ totalFen: 0, member: { earned: 0, spent: 500 } });
    expect(pointsOfReturn(sale, [{ lineNumber: 1, quantity: 2_000 }], [])).toMatchObject({ givenBack: 500 });
  });

  it("are none where the sale was nobody's", () => {
    const { member: _, ...sale } = sell([[500, 2]], 0, 0);
    expect(pointsOfReturn(sale, [{ lineNumber: 1, quantity: 1_000 }], [])).toBeNull();
  });

  it.each<[string, Give]>([
    ["gives points back more than once", (sale, _, now) => pointsOfReturn(sale, now, [])],
    ["gives all of them back with any part", (sale) => pointsOfReturn(sale, piecesOf(sale), [])],
    [
      "rounds every part up",
      (...given) => {
        const moved = asBooked(...given);
        return moved && { ...moved, givenBack: moved.givenBack + 1 };
      },
    ],
    [
      "takes nothing back",
      (...given) => {
        const moved = asBooked(...given);
        return moved && { ...moved, takenBack: 0 };
      },
    ],
  ])("a till that %s is found", (_, broken) => {
    const found = fc.check(
      fc.property(anySale, ({ sale, before }) => {
        // The same piece twice, as a till would book it that forgot the first time.
        const [first] = piecesOf(sale);
        const twice = first === undefined ? [] : Array.from({ length: 40 }, () => first);
        return (
          mistakeOf(broken, sale, before, piecesOf(sale)) === null && mistakeOf(broken, sale, before, twice) === null
        );
      }),
    );
    expect(found.failed).toBe(true);
  });
});
