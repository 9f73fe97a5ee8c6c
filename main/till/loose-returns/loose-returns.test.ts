import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { defaultRights } from "#core/access/rights.ts";
import { apples, businessDay, chips, cola, paymentCode, people } from "#tests/support/bench-shop.ts";
import { journalEntries } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

/* Goods of which nobody knows the sale, on a till with real stores. */

type Asked = IntentArgs<"give-loose-return">;
const approvalPin = people.manager.pin;

let bench: TillBench;
let presses: number;

beforeEach(async () => {
  presses = 0;
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const colas: Asked["lines"][number] = {
  ...{ sku: "cola", quantity: 2_000, unitPriceFen: 300, condition: "back-to-stock" },
};
const asked = (more: Partial<Asked> = {}): Asked => ({
  ...{ requestId: `press-${(presses += 1)}`, lines: [colas], amountFen: 600, reason: "顾客退货", member: "" },
  ...more,
});
const give = (more: Partial<Asked> = {}) => bench.send("give-loose-return", asked({ approvalPin, ...more }));
const entries = () => journalEntries(bench.directory).filter(({ kind }) => kind === "return-without-receipt");
const textOf = (lines: readonly PrintLine[]) => lines.map((line) => (line.kind === "text" ? line.text : "")).join("\n");
const shiftId = () => bench.shown.shift?.shiftId ?? "";

describe("a return without a receipt", () => {
  it("is cash from the drawer, goods back on the shelf, a number, an entry and a paper, in one step", async () => {
    const kicks = bench.kicks.length;
    const bag = { sku: "chips", quantity: 1_000, unitPriceFen: 1_000, condition: "damaged" } as const;
    expect(await give({ lines: [colas, bag], amountFen: 1_600 })).toEqual({
      ok: true,
      value: { returnId: "press-1", returnNumber: "T01-R000001", amountFen: 1_600, pointsTakenBack: 0 },
    });
    expect(entries()).toMatchObject([
      {
        body: {
          ...{ returnId: "press-1", returnNumber: "T01-R000001", shiftId: shiftId(), amountFen: 1_600 },
          ...{ reason: "顾客退货", cashierId: "c1", approvedBy: "m1", businessDate: businessDay },
          lines: [
            { sku: "cola", quantity: 2_000, presentFen: 350, unitPriceFen: 300, worthFen: 600 },
            { sku: "chips", quantity: 1_000, worthFen: 1_000, condition: "damaged" },
          ],
        },
      },
    ]);
    expect(bench.kicks.length).toBe(kicks + 1);
    const totals = { refundCount: 1, refundCashFen: 1_600, refundWechatFen: 0 };
    expect(bench.store.dayTotals(businessDay)).toMatchObject(totals);
    // The float of 100.00 less what was given.
    expect(bench.store.shiftTotals(shiftId())).toMatchObject({ ...totals, expectedCashFen: 8_400 });
    expect(bench.store.stockLevels(["cola", "chips"]).map(({ sku }) => sku)).toEqual(["cola", "chips"]);
  });

  it("pressed twice is given once, and another press is another number", async () => {
    const first = await give({ requestId: "same" });
    expect(await give({ requestId: "same" })).toEqual(first);
    expect(entries()).toHaveLength(1);
    expect(await give()).toMatchObject({ ok: true, value: { returnNumber: "T01-R000002" } });
  });

  it("needs a manager's word, whatever it comes to, until the shop says otherwise", async () => {
    expect(await bench.send("give-loose-return", asked())).toEqual({ ok: false, fault: { kind: "approval-needed" } });
    expect(await give({ approvalPin: "0000" })).toEqual({ ok: false, fault: { kind: "approval-refused" } });
    expect([entries(), bench.store.dayTotals(businessDay).refundCount]).toEqual([[], 0]);
  });

  it("is within a cashier's right up to its limit, and asks above it", async () => {
    const limited = { grant: "yes", limit: 600 } as const;
    const cashier = { ...defaultRights.cashier, "return-without-receipt": limited };
    bench.store.saveRights({ ...defaultRights, cashier }, { kind: "rights-changed", body: {} });
    expect(await bench.send("give-loose-return", asked())).toMatchObject({ ok: true });
    expect(entries()[0]).toMatchObject({ body: { approvedBy: "c1" } });
    const dearer = asked({ lines: [{ ...colas, unitPriceFen: 301 }], amountFen: 602 });
    expect(await bench.send("give-loose-return", dearer)).toEqual({ ok: false, fault: { kind: "approval-needed" } });
  });

  it.each<[string, Partial<Asked>]>([
    ["price-above-present", { lines: [{ ...colas, unitPriceFen: 351 }], amountFen: 702 }],
    ["return-changed", { amountFen: 599 }],
    ["no-such-item", { lines: [{ ...colas, sku: "gone" }] }],
    ["quantity-out-of-range", { lines: [{ ...colas, quantity: 1_500 }], amountFen: 450 }],
    ["member-unknown", { member: "13800000000" }],
    ["member-unknown", { member: "1234" }],
  ])("is refused as %s before anybody is asked for a PIN", async (kind, more) => {
    const { approvalPin: _, ...withoutPin } = asked(more);
    expect(await bench.send("give-loose-return", withoutPin)).toMatchObject({ ok: false, fault: { kind } });
    expect(entries()).toEqual([]);
  });

  it("takes points back of the member who is named, and never more than they have", async () => {
    await bench.scan(chips);
    await bench.must("enrol-member", { name: "张三", phone: "13812341234" });
    const member = bench.store.memberByPhone("13812341234");
    await bench.must("set-member", { memberId: member?.memberId ?? "" });
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1_000 });
    await bench.must("next-sale", {});
    expect(bench.store.memberByPhone("13812341234")?.balance).toBe(10);
    expect(await give({ member: "13812341234" })).toMatchObject({ ok: true, value: { pointsTakenBack: 6 } });
    expect(await give({ member: "13812341234" })).toMatchObject({ ok: true, value: { pointsTakenBack: 4 } });
    expect(await give({ member: "13812341234" })).toMatchObject({ ok: true, value: { pointsTakenBack: 0 } });
    expect(bench.store.memberByPhone("13812341234")?.balance).toBe(0);
    const history = bench.store.memberPoints(member?.memberId ?? "", null, 10);
    expect(history.map(({ kind, points, saleId, saleNumber }) => [kind, points, saleId === null, saleNumber])).toEqual([
      ["taken-back", -4, true, "T01-R000002"],
      ["taken-back", -6, true, "T01-R000001"],
      ["earned", 10, false, "T01-000001"],
    ]);
  });

  it("is there after a power cut or not at all: a disk that refuses leaves no number, no money and no paper", async () => {
    Object.assign(bench.refuse, { method: "giveLooseReturn", times: 1 });
    expect(await give({ requestId: "once" })).toEqual({ ok: false, fault: { kind: "disk-full" } });
    expect([entries(), bench.store.dayTotals(businessDay).refundCount]).toEqual([[], 0]);
    expect(await give({ requestId: "once" })).toMatchObject({ ok: true, value: { returnNumber: "T01-R000001" } });
    await bench.crash();
    expect(bench.store.looseReturn("once")).toMatchObject({ returnNumber: "T01-R000001", amountFen: 600 });
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("takes the tax that a sale for so much would have today off the shift, its paper and the reports", async () => {
    bench.close();
    bench = await openTillBench({
      config: { taxes: { rates: [{ taxClass: "general", basisPoints: 1_300 }] } },
    }).atWork();
    expect(await give()).toMatchObject({ ok: true });
    const line = { worthFen: 600, taxBasisPoints: 1_300, taxFen: 69 };
    expect(entries()[0]).toMatchObject({ body: { lines: [line] } });
    expect(bench.store.shiftTotals(shiftId()).taxes).toEqual([
      { basisPoints: 1_300, amountFen: 0, taxFen: 0, refundFen: 600, refundTaxFen: 69 },
    ]);
    const paper = await bench.must("loose-return-paper", { returnNumber: "T01-R000001", print: false });
    expect(textOf(paper.lines)).toMatch(/13% \(6\.00\) +0\.69/u);
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    const z = await bench.must("x-report", { print: false });
    // Nothing was sold: what came back is below zero, and all of it is in its rate.
    expect(textOf(z.lines)).toMatch(/13%[^\n]* -5\.31\n13%[^\n]* -0\.69\n13%[^\n]* -6\.00/u);
  });

  it("is shown again by its number and printed as a copy, by whoever may print one, with an entry", async () => {
    await give();
    const ask = (returnNumber: string, print: boolean) => bench.send("loose-return-paper", { returnNumber, print });
    const before = bench.store.journalStatus().lastSeq;
    const shown = await bench.must("loose-return-paper", { returnNumber: "t01-r000001", print: false });
    expect(textOf(shown.lines)).toMatch(/副本[\s\S]*T01-R000001[\s\S]*-2 × 3\.00 +-6\.00/u);
    expect(bench.store.journalStatus().lastSeq).toBe(before);
    expect(await ask("T01-R000001", true)).toMatchObject({ ok: true });
    const copies = journalEntries(bench.directory).filter(({ kind }) => kind === "receipt-reprinted");
    expect(copies).toMatchObject([{ body: { returnId: "press-1", returnNumber: "T01-R000001", cashierId: "c1" } }]);
    for (const other of ["T01-R000002", "T02-R000001", "T01-000001"]) {
      expect(await ask(other, true)).toEqual({ ok: false, fault: { kind: "no-such-return" } });
    }
    const right = { grant: "no", limit: null } as const;
    const cashier = { ...defaultRights.cashier, "reprint-receipt": right };
    bench.store.saveRights({ ...defaultRights, cashier }, { kind: "rights-changed", body: {} });
    expect(await ask("T01-R000001", true)).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    expect(await ask("T01-R000001", false)).toMatchObject({ ok: true });
  });

  it("needs a shift", async () => {
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    await bench.must("close-shift", { countedCashFen: 10_000 });
    expect(await give()).toEqual({ ok: false, fault: { kind: "no-shift" } });
    expect(await bench.send("loose-return-listen", {})).toEqual({ ok: false, fault: { kind: "no-shift" } });
  });
});

describe("while goods are taken back", () => {
  const listen = () => bench.must("loose-return-listen", {});

  it("scans are of the return and of no sale, with how much the code says", async () => {
    await listen();
    for (const code of [cola, apples]) await bench.scan(code);
    expect(await listen()).toMatchObject([
      { kind: "goods", item: { sku: "cola", priceFen: 350 }, quantity: 1_000 },
      { kind: "goods", item: { sku: "apple", unit: "kg" }, quantity: null },
    ]);
    expect(await listen()).toEqual([]);
    expect(bench.shown.sale.lines).toEqual([]);
  });

  it("a code that is no goods says nothing of what it was: it may be a customer's payment code", async () => {
    await listen();
    await bench.scan(paymentCode);
    expect(await listen()).toEqual([{ kind: "unknown" }]);
  });

  it("a screen that is gone keeps no scan from the cart", async () => {
    await listen();
    await bench.clock.advance(3_001);
    await bench.scan(cola);
    expect(bench.shown.sale.lines).toHaveLength(1);
    await listen();
    await bench.must("loose-return-unlisten", {});
    await bench.scan(cola);
    expect(bench.shown.sale.lines[0]?.quantity).toBe(2_000);
  });
});
