import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PrintLine } from "#core/receipt/document.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { ShiftClose } from "#core/shift/shift.ts";
import { chips, cola, people } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

/* The tax of a shift at a till with real stores: colas at 3.50 and chips at 10.00, at 13 %. */

const taxes = { rates: [{ taxClass: "general", basisPoints: 1_300 }] };
const approvalPin = people.manager.pin;
let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench({ config: { taxes } }).atWork();
});
afterEach(() => bench.close());

const shiftId = (): string => bench.shown.shift?.shiftId ?? "";
const signIn = (who: { readonly id: string; readonly pin: string }) =>
  bench.must("sign-in", { cashierId: who.id, pin: who.pin });

async function sell(...codes: readonly string[]): Promise<Sale> {
  for (const code of codes) await bench.scan(code);
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 10_000 });
  await bench.must("next-sale", {});
  const sale = bench.store.sale(bench.shown.lastSales[0]?.saleId ?? "")?.sale;
  if (sale === undefined) throw new Error("nothing was sold");
  return sale;
}

let presses = 0;
async function giveBack({ saleId }: Sale, lineNumber: number, pieces: number): Promise<SaleRefund | undefined> {
  const lines = [{ lineNumber, quantity: pieces * 1_000 }];
  const { amountFen } = await bench.must("plan-return", { saleId, lines });
  await bench.must("give-return", {
    ...{ requestId: `press-${(presses += 1)}`, saleId, amountFen, reason: "退货", approvalPin },
    lines: lines.map((line) => ({ ...line, condition: "back-to-stock" as const })),
  });
  return bench.store.refundsOfSale(saleId).at(-1);
}

const words = (lines: readonly PrintLine[]): readonly string[] =>
  lines.flatMap((line) => (line.kind === "text" ? [line.text.replaceAll(/ +/g, " ")] : []));

describe("The tax of a shift", () => {
  it("is in each line that was sold, and in every part that comes back its share, until all of it is back", async () => {
    const sale = await sell(cola, cola, cola, chips);
    // 20.50 hold 2.36: 1.21 in the colas, 1.15 in the chips.
    expect(sale.taxes).toEqual([{ basisPoints: 1_300, amountFen: 2_050, taxFen: 236 }]);
    expect(sale.lines).toMatchObject([
      { taxBasisPoints: 1_300, taxFen: 121 },
      { taxBasisPoints: 1_300, taxFen: 115 },
    ]);
    const back = [await giveBack(sale, 1, 1), await giveBack(sale, 1, 1), await giveBack(sale, 1, 1)];
    expect(back.map((refund) => refund?.goods?.map(({ amountFen, taxFen }) => [amountFen, taxFen]))).toEqual([
      [[350, 40]],
      [[350, 41]],
      [[350, 40]],
    ]);
    expect(bench.store.shiftTotals(shiftId()).taxes).toEqual([
      { basisPoints: 1_300, amountFen: 2_050, taxFen: 236, refundFen: 1_050, refundTaxFen: 121 },
    ]);
    await giveBack(sale, 2, 1);
    const [left] = bench.store.shiftTotals(shiftId()).taxes ?? [];
    expect(left).toMatchObject({ amountFen: 2_050, refundFen: 2_050, taxFen: 236, refundTaxFen: 236 });
  });

  it("stands on the X, and on the Z as in the books and the journal; the page recounts it", async () => {
    const sale = await sell(chips, chips);
    await giveBack(sale, 1, 1);
    await bench.must("refund-sale", {
      ...{ requestId: "money", saleId: sale.saleId, tenderId: sale.tenders[0]?.tenderId ?? "", amountFen: 50 },
      ...{ reason: "补差价", approvalPin },
    });
    const x = words((await bench.must("x-report", { print: false, approvalPin })).lines);
    const rows = ["13% 不含税 8.85", "13% 税额 1.15", "13% 含税 10.00", "未分税率 -0.50", "税额合计 1.15"];
    expect(x).toEqual(expect.arrayContaining(rows));

    const id = shiftId();
    const { expectedCashFen } = bench.store.shiftTotals(id);
    await bench.must("close-shift", { countedCashFen: expectedCashFen });
    const kept = [{ basisPoints: 1_300, amountFen: 2_000, taxFen: 230, refundFen: 1_000, refundTaxFen: 115 }];
    expect(bench.store.shiftSummary(id)?.z?.close.totals.taxes).toEqual(kept);
    const closings = journalBodies(bench.directory, "shift-closed") as readonly ShiftClose[]; // this till's own
    expect(closings.at(-1)?.totals.taxes).toEqual(kept);
    await signIn(people.manager);
    const detail = await bench.must("shift-detail", { shiftId: id });
    expect(words(detail.paper.lines)).toEqual(expect.arrayContaining(rows));
    expect(detail.isRecounted).toBe(true);
  });

  it("that is a fen off in the books is found by the page's recount", async () => {
    await sell(chips);
    const id = shiftId();
    const db = new Database(join(bench.directory, "sales.db"));
    db.exec("UPDATE shift_tax_totals SET tax_fen = tax_fen - 1");
    db.close();
    await signIn(people.manager);
    expect((await bench.must("shift-detail", { shiftId: id })).isRecounted).toBe(false);
  });

  it("is taken off at the rate it was sold at, whatever the rates are by then", async () => {
    const sale = await sell(chips);
    taxes.rates[0] = { taxClass: "general", basisPoints: 600 };
    try {
      const refund = await giveBack(sale, 1, 1);
      expect(refund?.goods).toMatchObject([{ taxBasisPoints: 1_300, taxFen: 115 }]);
    } finally {
      taxes.rates[0] = { taxClass: "general", basisPoints: 1_300 };
    }
  });
});

it("A shop that names no rates has no tax on any paper, and its goods come back without", async () => {
  const plain = await openTillBench().atWork();
  try {
    await plain.scan(chips);
    await plain.must("take-payment", {});
    await plain.must("pay-cash", { receivedFen: 10_000 });
    await plain.must("next-sale", {});
    const { lines } = await plain.must("x-report", { print: false, approvalPin });
    expect(words(lines).filter((line) => line.includes("税"))).toEqual([]);
    expect(plain.store.shiftTotals(plain.shown.shift?.shiftId ?? "").taxes).toEqual([]);
  } finally {
    plain.close();
  }
});
