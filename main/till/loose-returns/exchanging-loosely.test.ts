import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { defaultRights } from "#core/access/rights.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { assert } from "#core/result.ts";
import { recountShift } from "#core/shift/shift-totals.ts";
import { businessDay, chips, cola, people } from "#tests/support/bench-shop.ts";
import { journalEntries } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

/* Goods of which nobody knows the sale, for other goods in one basket: books, drawer, paper, and the power going. */

type Asked = IntentArgs<"begin-loose-exchange">;
const approvalPin = people.manager.pin;

let bench: TillBench;

beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

/** A bag of chips at 10.00, back on the shelf. */
const bag: Asked["lines"][number] = {
  ...{ sku: "chips", quantity: 1_000, unitPriceFen: 1_000, condition: "back-to-stock" },
};
const asked = (more: Partial<Asked> = {}): Asked => ({
  ...{ requestId: "swap", lines: [bag], amountFen: 1_000, reason: "换口味", member: "" },
  ...more,
});
const begin = (more: Partial<Asked> = {}) => bench.send("begin-loose-exchange", asked({ approvalPin, ...more }));
const ringUp = async (code: string, count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await bench.scan(code);
};
const payCash = async (receivedFen: number): Promise<void> => {
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen });
};
const entries = () => journalEntries(bench.directory).filter(({ kind }) => kind === "return-without-receipt");
const textOf = (lines: readonly PrintLine[]) => lines.map((line) => (line.kind === "text" ? line.text : "")).join("\n");
const receiptOf = async (saleId: string) => textOf((await bench.must("sale-detail", { saleId })).receipt.lines);
const lastSale = () => {
  const sale = bench.sales().at(-1);
  assert(sale !== undefined, "something was sold");
  return sale;
};

/** What is on disk, as an auditor adds it up; the shift's sums are those of its journal. */
function books() {
  const { salesFen, refundCount, refundCashFen } = bench.store.dayTotals(businessDay);
  const shift = bench.store.currentShift();
  assert(shift !== null, "a shift is open");
  const totals = bench.store.shiftTotals(shift.shiftId);
  expect(recountShift(shift.floatFen, bench.store.shiftEvents(shift.shiftId).events)).toEqual(totals);
  expect(bench.store.verifyWholeChain().ok).toBe(true);
  return { salesFen, refundCount, refundCashFen, drawerFen: totals.expectedCashFen - 10_000 };
}

describe("an exchange of goods without a receipt", () => {
  it("for dearer goods lets the customer pay the difference: one commit, one paper, a drawer to the fen", async () => {
    expect(await begin()).toEqual({ ok: true, value: null });
    expect(bench.shown.sale.exchange).toEqual({
      ...{ saleNumber: null, amountFen: 1_000, creditFen: 0, dueFen: 0, backFen: 1_000 },
      backParts: [{ tenderId: "swap", kind: "cash", amountFen: 1_000, inCash: true }],
      lines: [
        {
          ...{ lineNumber: 1, nameZh: "乐事薯片 原味", nameEn: "Lay's Classic", unit: "piece" },
          ...{ quantity: 1_000, worthFen: 1_000, condition: "back-to-stock" },
        },
      ],
    });
    await ringUp(cola, 4);
    expect(bench.shown.sale.exchange).toMatchObject({ creditFen: 1_000, dueFen: 400, backFen: 0 });
    expect(await bench.send("finish-exchange", {})).toMatchObject({ fault: { kind: "exchange-not-covered" } });
    expect([entries(), books().refundCount]).toEqual([[], 0]);
    const kicks = bench.kicks.length;
    const lastSeq = bench.store.journalStatus().lastSeq;
    await payCash(500);
    const { saleId, saleNumber, tenders } = lastSale();
    expect(bench.shown.payment?.done).toMatchObject({ totalFen: 1_400, changeFen: 100 });
    expect(bench.shown.payment?.done).not.toHaveProperty("back");
    expect(tenders).toMatchObject([
      { kind: "cash", tenderId: "swap", amountFen: 1_000, receivedFen: 1_000, changeFen: 0 },
      { kind: "cash", amountFen: 400, receivedFen: 500, changeFen: 100 },
    ]);
    expect(entries()).toMatchObject([
      {
        body: {
          ...{ returnId: "swap", returnNumber: "T01-R000001", amountFen: 1_000, reason: "换口味", approvedBy: "m1" },
          exchange: { saleId, saleNumber, creditFen: 1_000, backCashFen: 0 },
        },
      },
    ]);
    const kinds = journalEntries(bench.directory).map(({ kind }) => kind);
    expect(kinds.slice(lastSeq, lastSeq + 2)).toEqual(["sale-completed", "return-without-receipt"]);
    expect(books()).toEqual({ salesFen: 1_400, refundCount: 1, refundCashFen: 1_000, drawerFen: 400 });
    expect(bench.kicks.length).toBe(kicks + 1);
    expect(await receiptOf(saleId)).toMatch(
      /可口可乐[\s\S]*换货退回 +T01-R000001\n乐事薯片[^\n]*\n +-1 +-10\.00\n换货抵扣 +￥10\.00\n现金 +￥5\.00/u,
    );
    expect(bench.store.stockLevels(["chips"])).toMatchObject([{ sku: "chips" }]);
  });

  it("for cheaper goods gives the rest in cash, by its own key alone, and says so on screen and slip", async () => {
    await begin();
    expect(await bench.send("finish-exchange", {})).toMatchObject({ fault: { kind: "empty-cart" } });
    await bench.scan(cola);
    await bench.must("take-payment", {}); // looking at it finishes nothing
    expect(bench.sales()).toEqual([]);
    const kicks = bench.kicks.length;
    await bench.must("finish-exchange", {});
    expect(bench.shown.payment?.done).toMatchObject({ totalFen: 350, back: { cashFen: 650, wechatFen: 0 } });
    expect(bench.kicks.length).toBe(kicks + 1);
    const { saleNumber } = lastSale();
    expect(entries()).toMatchObject([{ body: { exchange: { saleNumber, creditFen: 350, backCashFen: 650 } } }]);
    expect(books()).toEqual({ salesFen: 350, refundCount: 1, refundCashFen: 1_000, drawerFen: -650 });
    const slip = await bench.must("loose-return-paper", { returnNumber: "T01-R000001", print: false });
    expect(textOf(slip.lines)).toMatch(
      /换货销售单 +T01-000001\n换货抵扣 +￥3\.50\n现金退还 +￥6\.50[\s\S]*顾客签名 +_/u,
    );
  });

  it("of equal price moves no money at all, and nobody signs for any", async () => {
    const kicks = bench.kicks.length;
    await begin();
    await bench.scan(chips);
    await bench.must("finish-exchange", {});
    expect(books()).toEqual({ salesFen: 1_000, refundCount: 1, refundCashFen: 1_000, drawerFen: 0 });
    expect(bench.kicks).toHaveLength(kicks);
    const slip = textOf((await bench.must("loose-return-paper", { returnNumber: "T01-R000001", print: false })).lines);
    expect(slip).toContain("换货抵扣");
    expect(slip).not.toMatch(/现金退还|____/u);
  });

  it("is begun once however often the key is pressed, and its id is used for nothing else", async () => {
    await begin();
    expect(await begin()).toEqual({ ok: true, value: null });
    expect(await begin({ requestId: "other" })).toMatchObject({ fault: { kind: "exchange-begun" } });
    // The other key of the dialog: the goods stand in the cart, on the screen or put aside.
    const give = () => bench.send("give-loose-return", asked({ approvalPin }));
    expect(await give()).toMatchObject({ fault: { kind: "exchange-begun" } });
    await bench.scan(chips);
    await bench.must("hold-sale", { label: "" });
    expect(await give()).toMatchObject({ fault: { kind: "exchange-begun" } });
    expect(await begin()).toMatchObject({ fault: { kind: "exchange-begun" } });
    await bench.must("recall-sale", { saleId: bench.shown.held[0]?.saleId ?? "" });
    await bench.must("finish-exchange", {});
    await bench.must("next-sale", {});
    expect(await begin()).toMatchObject({ fault: { kind: "exchange-begun" } });
    expect(await give()).toMatchObject({ ok: true, value: { returnNumber: "T01-R000001" } });
    expect(entries()).toHaveLength(1);
  });

  it("pressed twice at once, with a PIN that takes a moment, is in the cart once", async () => {
    const answers = await Promise.all([begin(), begin(), bench.send("give-loose-return", asked({ approvalPin }))]);
    const given = entries().length;
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(given + (bench.shown.sale.exchange === undefined ? 0 : 1)).toBe(1);
  });

  it.each<[string, Partial<Asked>]>([
    ["return-changed", { amountFen: 999 }],
    ["price-above-present", { lines: [{ ...bag, unitPriceFen: 1_001 }], amountFen: 1_001 }],
    ["no-such-item", { lines: [{ ...bag, sku: "gone" }] }],
    ["member-unknown", { member: "13800000000" }],
  ])("is refused as %s before anybody is asked for a PIN", async (kind, more) => {
    expect(await bench.send("begin-loose-exchange", asked(more))).toMatchObject({ ok: false, fault: { kind } });
    expect(bench.shown.sale.exchange).toBeUndefined();
  });

  it("is within a cashier's right up to its limit, and needs a manager's word above it", async () => {
    expect(await bench.send("begin-loose-exchange", asked())).toEqual({
      ok: false,
      fault: { kind: "approval-needed" },
    });
    expect(await begin({ approvalPin: "0000" })).toEqual({ ok: false, fault: { kind: "approval-refused" } });
    const limited = { grant: "yes", limit: 1_000 } as const;
    const cashier = { ...defaultRights.cashier, "return-without-receipt": limited };
    bench.store.saveRights({ ...defaultRights, cashier }, { kind: "rights-changed", body: {} });
    const two = { lines: [{ ...bag, quantity: 2_000 }], amountFen: 2_000 };
    expect(await bench.send("begin-loose-exchange", asked(two))).toMatchObject({ fault: { kind: "approval-needed" } });
    expect(await bench.send("begin-loose-exchange", asked())).toMatchObject({ ok: true });
    await bench.scan(chips);
    await bench.must("finish-exchange", {});
    expect(entries()).toMatchObject([{ body: { approvedBy: "c1" } }]);
  });

  it("dropped, or thrown away with its cart, was never there; the new goods stay for a sale", async () => {
    await begin();
    await bench.scan(cola);
    await bench.must("drop-exchange", {});
    expect(bench.shown.sale).toMatchObject({ lines: [{ quantity: 1_000 }] });
    expect(bench.shown.sale.exchange).toBeUndefined();
    expect(await begin({ requestId: "again" })).toMatchObject({ ok: true });
    await bench.must("void-sale", { approvalPin });
    expect(bench.shown.sale.exchange).toBeUndefined();
    expect([entries(), books()]).toEqual([[], { salesFen: 0, refundCount: 0, refundCashFen: 0, drawerFen: 0 }]);
  });

  it("waits with its held cart, and is no other till's", async () => {
    await begin();
    await bench.scan(cola);
    await bench.must("hold-sale", { label: "去换" });
    expect(bench.shown.sale.exchange).toBeUndefined();
    const [held] = bench.shown.held;
    expect(await bench.send("give-held-sale", { saleId: held?.saleId ?? "" })).toMatchObject({ ok: false });
    await bench.must("recall-sale", { saleId: held?.saleId ?? "" });
    expect(bench.shown.sale.exchange).toMatchObject({ creditFen: 350, backFen: 650 });
    await bench.must("finish-exchange", {});
    expect(books()).toMatchObject({ drawerFen: -650 });
  });

  it("takes points back of the member who is named, after what the new goods earned", async () => {
    await bench.must("enrol-member", { name: "张三", phone: "13812341234" });
    const memberId = bench.store.memberByPhone("13812341234")?.memberId ?? "";
    await begin({ member: "13812341234" });
    await bench.scan(cola);
    await bench.must("set-member", { memberId });
    await bench.must("finish-exchange", {});
    // Three for the cola, and no more than those can go back with chips that would have earned ten.
    expect(entries()).toMatchObject([{ body: { points: { memberId, takenBack: 3, givenBack: 0, balance: 0 } } }]);
    expect(bench.store.member(memberId)?.balance).toBe(0);
    expect(await receiptOf(lastSale().saleId)).toMatch(/扣回积分 +-3/u);
    expect(books().salesFen).toBe(350);
  });

  it("takes the tax that a sale for so much would have today off the shift, beside that of the new goods", async () => {
    bench.close();
    bench = await openTillBench({
      config: { taxes: { rates: [{ taxClass: "general", basisPoints: 1_300 }] } },
    }).atWork();
    await begin();
    await ringUp(chips, 2);
    await payCash(1_000);
    const { shiftId } = lastSale();
    expect(bench.store.shiftTotals(shiftId).taxes).toEqual([
      { basisPoints: 1_300, amountFen: 2_000, taxFen: 230, refundFen: 1_000, refundTaxFen: 115 },
    ]);
    expect(books()).toEqual({ salesFen: 2_000, refundCount: 1, refundCashFen: 1_000, drawerFen: 1_000 });
    await bench.must("next-sale", {});
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    const x = textOf((await bench.must("x-report", { print: false })).lines);
    expect(x).toMatch(/13%[^\n]* 8\.85\n13%[^\n]* 1\.15\n13%[^\n]* 10\.00/u);
  });

  it("says on a receipt printed again what it said on the first", async () => {
    await begin();
    await bench.scan(chips);
    await bench.must("finish-exchange", {});
    await bench.must("next-sale", {});
    const { saleId } = lastSale();
    const paper = await receiptOf(saleId);
    expect(await bench.send("reprint-receipt", { saleId })).toMatchObject({ ok: true });
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    expect(await receiptOf(saleId)).toBe(paper);
  });
});

describe("when the power goes, or the disk refuses", () => {
  it("before the difference is paid, the cart and its return are there, nothing is given, and it goes on", async () => {
    await begin();
    await ringUp(cola, 4);
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    expect(bench.shown.sale.exchange).toMatchObject({ saleNumber: null, dueFen: 400 });
    expect(entries()).toEqual([]);
    await payCash(400);
    expect(books()).toEqual({ salesFen: 1_400, refundCount: 1, refundCashFen: 1_000, drawerFen: 400 });
  });

  it("at the commit, neither sale nor return is there, and the same key does both", async () => {
    await begin();
    await bench.scan(chips);
    Object.assign(bench.refuse, { method: "commitSale", times: 1 });
    expect(await bench.send("finish-exchange", {})).toMatchObject({ fault: { kind: "disk-full" } });
    expect([entries(), bench.sales(), bench.store.looseReturn("swap")]).toEqual([[], [], null]);
    expect(bench.shown.sale.exchange).toMatchObject({ creditFen: 1_000 });
    await bench.must("finish-exchange", {});
    await bench.crash();
    expect(bench.store.looseReturn("swap")).toMatchObject({ returnNumber: "T01-R000001" });
    expect(bench.store.looseReturnOfExchange(lastSale().saleId)?.returnId).toBe("swap");
    expect(books()).toMatchObject({ salesFen: 1_000, refundCashFen: 1_000, drawerFen: 0 });
  });
});

it("a cart that was held before goods without a receipt could stand in one is still of its known sale", async () => {
  await bench.scan(chips);
  await payCash(1_000);
  await bench.must("next-sale", {});
  const { saleId } = lastSale();
  const lines = [{ lineNumber: 1, quantity: 1_000, condition: "damaged" as const }];
  await bench.must("begin-exchange", { requestId: "old", saleId, lines, amountFen: 1_000, reason: "换", approvalPin });
  const draft = bench.store.openDraft();
  assert(draft?.exchange !== undefined, "a return stands in the cart");
  const { kind: _, ...withoutKind } = draft.exchange;
  // As that version wrote it.
  bench.store.saveDraft({ ...draft, exchange: withoutKind as typeof draft.exchange });
  await bench.crash();
  await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
  await bench.scan(chips);
  await bench.must("finish-exchange", {});
  expect(bench.store.returnsOfSale(saleId)).toMatchObject([{ returnId: "old", exchange: { creditFen: 1_000 } }]);
});
