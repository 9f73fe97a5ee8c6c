import fc from "fast-check";
import { expect, it } from "vitest";
import { addFen, fen } from "#core/money/fen.ts";
import { businessDay, chips, cola, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

/* Returns, refunds of amounts and exchanges of two sales and of goods without one, in any order and with the power going. */

const approvalPin = people.manager.pin;
const asCashier = { cashierId: people.cashier.id, pin: people.cashier.pin };

interface Day {
  readonly bench: TillBench;
  readonly saleIds: readonly string[];
  presses: number;
  /** Returns without a receipt that were asked for. */
  readonly loose: string[];
}
type Step = (day: Day) => Promise<unknown>;
const named = (name: string, step: Step) => Object.assign(step, { [fc.toStringMethod]: () => name });

const which = fc.nat(1);
const chosen = fc.uniqueArray(
  fc.record({ lineNumber: fc.integer({ min: 1, max: 2 }), quantity: fc.constantFrom(500, 1_000, 2_000, 3_000) }),
  { minLength: 1, maxLength: 2, selector: ({ lineNumber }) => lineNumber },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  ...(["give-return", "begin-exchange"] as const).map((intent) =>
    fc.tuple(which, chosen).map(([sale, lines]) =>
      named(`${intent} ${sale} ${JSON.stringify(lines)}`, async (day) => {
        const saleId = day.saleIds[sale] ?? "";
        const plan = await day.bench.send("plan-return", { saleId, lines });
        if (!plan.ok) return;
        await day.bench.send(intent, {
          ...{ requestId: `press-${(day.presses += 1)}`, saleId, amountFen: plan.value.amountFen, reason: "退货" },
          ...{ lines: lines.map((line) => ({ ...line, condition: "damaged" as const })), approvalPin },
        });
      }),
    ),
  ),
  fc
    .tuple(fc.constantFrom("give-loose-return", "begin-loose-exchange"), fc.integer({ min: 1, max: 350 }), fc.boolean())
    .map(([intent, unitPriceFen, isTwice]) =>
      named(`${intent} ${unitPriceFen}`, async (day) => {
        const requestId = `press-${(day.presses += 1)}`;
        day.loose.push(requestId);
        const line = { sku: "cola", quantity: 2_000, unitPriceFen, condition: "damaged" as const };
        const asked = { requestId, lines: [line], amountFen: 2 * unitPriceFen, reason: "无小票", member: "" };
        for (const _ of isTwice ? [1, 2] : [1]) await day.bench.send(intent, { ...asked, approvalPin });
      }),
    ),
  fc.tuple(which, fc.integer({ min: 1, max: 1_200 })).map(([sale, amountFen]) =>
    named(`refund ${sale} ${amountFen}`, async (day) => {
      const saleId = day.saleIds[sale] ?? "";
      const tenderId = day.bench.store.sale(saleId)?.sale.tenders[0]?.tenderId ?? "";
      const requestId = `press-${(day.presses += 1)}`;
      await day.bench.send("refund-sale", { requestId, saleId, tenderId, amountFen, reason: "退款", approvalPin });
    }),
  ),
  fc.constantFrom(
    named("scan cola", ({ bench }) => bench.scan(cola)),
    named("scan chips", ({ bench }) => bench.scan(chips)),
    named("drop", ({ bench }) => bench.send("drop-exchange", {})),
    named("finish", ({ bench }) => bench.send("finish-exchange", {})),
    named("pay", async ({ bench }) => {
      await bench.send("take-payment", {});
      await bench.send("pay-cash", { receivedFen: 20_000 });
      await bench.send("next-sale", {});
    }),
    named("void", ({ bench }) => bench.send("void-sale", { approvalPin })),
    named("hold", ({ bench }) => bench.send("hold-sale", { label: "" })),
    named("recall", ({ bench }) => bench.send("recall-sale", { saleId: bench.shown.held[0]?.saleId ?? "none" })),
    named("disk refuses", async ({ bench }) => {
      Object.assign(bench.refuse, { method: "commitSale", times: 1 });
    }),
    named("crash", async ({ bench }) => {
      await bench.crash();
      await bench.send("sign-in", asCashier);
    }),
  ),
);

/** Two sales: three colas for 9.00 after a discount and chips at 10.00. */
async function sell(bench: TillBench): Promise<string> {
  for (const code of [cola, cola, cola, chips]) await bench.scan(code);
  const lineId = bench.shown.sale.lines[0]?.lineId ?? "";
  await bench.must("discount-line", { lineId, discount: { kind: "amount", amountFen: 150 } });
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 1_900 });
  await bench.must("next-sale", {});
  return bench.sales().at(-1)?.saleId ?? "";
}

function expectWithin({ bench, saleIds }: Day): void {
  for (const saleId of saleIds) {
    const sale = bench.store.sale(saleId)?.sale;
    const back = bench.store.returnsOfSale(saleId).flatMap(({ lines }) => lines);
    for (const line of sale?.lines ?? []) {
      const ofLine = back.filter(({ lineNumber }) => lineNumber === line.lineNumber);
      expect(ofLine.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(line.quantity);
      const worth = addFen(fen(0), ...ofLine.map(({ worthFen }) => worthFen));
      expect(worth).toBeLessThanOrEqual(line.netFen);
      // All of it back is exactly what was paid for it.
      if (ofLine.reduce((sum, { quantity }) => sum + quantity, 0) === line.quantity) expect(worth).toBe(line.netFen);
    }
    const refunds = bench.store.refundsOfSale(saleId);
    expect(addFen(fen(0), ...refunds.map(({ amountFen }) => amountFen))).toBeLessThanOrEqual(sale?.totalFen ?? 0);
    for (const given of bench.store.returnsOfSale(saleId)) {
      const own = refunds.filter(({ refundNo }) => given.refundNos.includes(refundNo));
      expect(addFen(fen(0), ...own.map(({ amountFen }) => amountFen))).toBe(given.amountFen);
    }
  }
}

/** Each return without a receipt is given once or not at all, and in an exchange pays its part of one sale. */
function expectLooseWhole({ bench, loose }: Day): void {
  const given = loose.flatMap((returnId) => bench.store.looseReturn(returnId) ?? []);
  expect(new Set(given.map(({ returnNumber }) => returnNumber)).size).toBe(given.length);
  for (const { returnId, amountFen, exchange } of given) {
    if (exchange === undefined) continue;
    const tenders = bench.store.sale(exchange.saleId)?.sale.tenders ?? [];
    const credit = tenders.filter(({ tenderId }) => tenderId === returnId).map((tender) => tender.amountFen);
    expect(addFen(fen(0), ...credit)).toBe(exchange.creditFen);
    expect(exchange.creditFen + exchange.backCashFen).toBe(amountFen);
    expect(bench.store.looseReturnOfExchange(exchange.saleId)?.returnId).toBe(returnId);
  }
}

/** As a person with the books would: every cash part of every sale, less every refund in cash. */
function drawerFen({ bench, saleIds, loose }: Day): number {
  const sales = bench.sales();
  let sum = 10_000;
  for (const { tenders } of sales) for (const { amountFen } of tenders) sum += amountFen;
  for (const saleId of new Set([...saleIds, ...sales.map((sale) => sale.saleId)])) {
    for (const { amountFen } of bench.store.refundsOfSale(saleId)) sum -= amountFen;
  }
  for (const returnId of loose) sum -= bench.store.looseReturn(returnId)?.amountFen ?? 0;
  return sum;
}

it("no line comes back beyond what was sold, no sale gives back beyond what was paid, and the drawer is right", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: "max" }), async (steps) => {
      const bench = await openTillBench().atWork();
      try {
        const day: Day = { bench, saleIds: [await sell(bench), await sell(bench)], presses: 0, loose: [] };
        for (const run of steps) {
          await run(day);
          expect(bench.faults.filter((fault) => !fault.includes("StoreBroken"))).toEqual([]);
          expectWithin(day);
          expectLooseWhole(day);
          const shift = bench.store.currentShift();
          expect(bench.store.shiftTotals(shift?.shiftId ?? "").expectedCashFen).toBe(drawerFen(day));
          expect(bench.store.dayTotals(businessDay)).toMatchObject({ saleCount: bench.sales().length });
        }
        expect(bench.store.verifyWholeChain().ok).toBe(true);
      } finally {
        bench.close();
      }
    }),
    { numRuns: 25, endOnFailure: false },
  );
}, 120_000);
