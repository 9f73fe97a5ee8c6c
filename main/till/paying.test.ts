import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chips, cola, paymentCode, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const otherCode = "109876543210987654";
const refused = async (sent: Promise<{ readonly ok: boolean; readonly fault?: unknown }>): Promise<unknown> => {
  const result = await sent;
  return result.ok ? "done" : result.fault;
};

/** A cart of 10.00 with the payment dialog open. */
async function atPayment(): Promise<string> {
  await bench.scan(chips);
  await bench.must("take-payment", {});
  return bench.shown.sale.saleId;
}

describe("cash", () => {
  it("gives change, opens the drawer, commits and shows what to give back", async () => {
    await atPayment();
    expect(bench.shown.payment).toMatchObject({ stage: "choose", leftFen: 1000, tenders: [] });
    await bench.must("pay-cash", { receivedFen: 5000 });
    expect(bench.shown.payment).toMatchObject({
      stage: "done",
      done: { saleNumber: "T01-000001", totalFen: 1000, changeFen: 4000 },
    });
    expect(bench.kicks).toHaveLength(1);
    expect(bench.sounds.at(-1)).toBe("paid");
    expect(bench.recount()).toEqual({ saleCount: 1, salesFen: 1000, cashFen: 1000, wechatFen: 0 });
    expect(bench.shown.lastSales).toMatchObject([{ saleNumber: "T01-000001", changeFen: 4000 }]);
  });

  it("takes several parts, opens the drawer for each, and gives one back on request", async () => {
    await atPayment();
    await bench.must("pay-cash", { receivedFen: 300 });
    expect(bench.shown.payment).toMatchObject({ stage: "choose", leftFen: 700 });
    const [part] = bench.shown.payment?.tenders ?? [];
    await bench.must("remove-tender", { tenderId: part?.tenderId ?? "" });
    expect(bench.shown.payment).toMatchObject({ leftFen: 1000, tenders: [] });
    expect(bench.kicks).toHaveLength(2);
    expect(await refused(bench.send("remove-tender", { tenderId: "gone" }))).toEqual({ kind: "no-such-line" });
    await bench.must("pay-cash", { receivedFen: 300 });
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.sales()[0]).toMatchObject({ totalFen: 1000, changeFen: 300 });
  });

  it("refuses more than a till takes, and cash when no payment is open", async () => {
    expect(await refused(bench.send("pay-cash", { receivedFen: 1000 }))).toEqual({ kind: "not-taking-payment" });
    await atPayment();
    expect(await refused(bench.send("pay-cash", { receivedFen: 5_000_001 }))).toEqual({ kind: "too-much-cash" });
    expect(bench.sales()).toEqual([]);
  });

  it("keeps what is paid when the cashier steps back, and refuses a cart that costs less than that", async () => {
    await bench.scan(cola);
    await atPayment();
    await bench.must("pay-cash", { receivedFen: 1200 });
    await bench.must("leave-payment", {});
    const [colas, crisps] = bench.shown.sale.lines.map((line) => line.lineId);
    expect(await refused(bench.send("void-line", { lineId: crisps ?? "" }))).toEqual({ kind: "payment-under-way" });
    expect(await refused(bench.send("void-sale", { approvalPin: people.manager.pin }))).toEqual({
      kind: "payment-under-way",
    });
    await bench.must("set-quantity", { lineId: colas ?? "", quantity: 2000 });
    await bench.must("take-payment", {});
    expect(bench.shown.payment).toMatchObject({ leftFen: 500 });
  });

  it("finishes a sale that came to be covered by a change of the cart", async () => {
    await bench.scan(cola);
    await atPayment();
    await bench.must("pay-cash", { receivedFen: 1000 });
    await bench.must("void-line", { lineId: bench.shown.sale.lines[0]?.lineId ?? "" });
    expect(bench.shown.payment).toMatchObject({ stage: "choose", leftFen: 0 });
    await bench.must("take-payment", {});
    expect(bench.recount()).toMatchObject({ saleCount: 1, cashFen: 1000 });
  });

  it("sells for nothing what was discounted to nothing", async () => {
    await bench.scan(chips);
    const discount = { kind: "percent", basisPoints: 10_000 } as const;
    await bench.must("discount-sale", { discount, approvalPin: people.manager.pin });
    await bench.must("take-payment", {});
    expect(bench.sales()).toMatchObject([{ totalFen: 0, tenders: [] }]);
    expect(bench.kicks).toEqual([]);
  });

  it("has nothing to take for an empty cart or without a shift", async () => {
    expect(await refused(bench.send("take-payment", {}))).toEqual({ kind: "empty-cart" });
    await bench.must("close-shift", { countedCashFen: 10_000 });
    expect(await refused(bench.send("take-payment", {}))).toEqual({ kind: "no-shift" });
  });
});

describe("the customer's code", () => {
  it("is paid at once", async () => {
    await atPayment();
    await bench.scan(paymentCode);
    expect(bench.shown.payment).toMatchObject({ stage: "done", done: { changeFen: 0 } });
    expect(bench.recount()).toEqual({ saleCount: 1, salesFen: 1000, cashFen: 0, wechatFen: 1000 });
    expect(bench.kicks).toEqual([]);
  });

  it("is paid after the password, and the screen says so meanwhile", async () => {
    bench.gateway.plan = "password";
    await atPayment();
    await bench.scan(paymentCode);
    expect(bench.shown.payment).toMatchObject({
      stage: "wechat",
      attempt: { word: "not-known", phase: "customer-enters-password", canCancel: true },
    });
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(bench.shown.payment?.stage).toBe("done");
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
  });

  it("is refused with the reason, and the cashier may choose again at once", async () => {
    bench.gateway.plan = "code-expired";
    await atPayment();
    await bench.scan(paymentCode);
    expect(bench.shown.payment).toMatchObject({
      stage: "wechat",
      attempt: { word: "not-paid", phase: "refused", refusedReason: "code-expired" },
    });
    expect(bench.sounds.at(-1)).toBe("refused");
    await bench.must("take-payment", {});
    expect(bench.shown.payment).toMatchObject({ stage: "choose", attempt: null });
    bench.gateway.plan = "paid";
    await bench.scan(otherCode);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
    expect(bench.store.attemptsOfSale(bench.sales()[0]?.saleId ?? "").map(({ state }) => state)).toEqual([
      "failed",
      "paid",
    ]);
  });

  it.each([
    ["a part in cash", () => bench.must("pay-cash", { receivedFen: 100 })],
    ["an amount for the next code", () => bench.must("set-code-amount", { amountFen: 100 })],
    ["another item", () => bench.scan(cola)],
  ])("puts the refused attempt away when the cashier goes on with %s", async (_name, goOn) => {
    bench.gateway.plan = "code-expired";
    await atPayment();
    await bench.scan(paymentCode);
    await goOn();
    expect(bench.shown.payment).toMatchObject({ stage: "choose", attempt: null });
  });

  it("is reversed when it is never answered, and only then said to be not paid; cash pays instead", async () => {
    bench.gateway.plan = "no-answer";
    await atPayment();
    await bench.scan(paymentCode);
    await bench.clock.advance(44_000);
    expect(bench.shown.payment?.attempt).toMatchObject({ word: "not-known", phase: "sending" });
    expect(await refused(bench.send("pay-cash", { receivedFen: 1000 }))).toEqual({ kind: "payment-under-way" });
    expect(await refused(bench.send("leave-payment", {}))).toEqual({ kind: "payment-under-way" });
    await bench.clock.advance(10_000);
    expect(bench.shown.payment?.attempt).toMatchObject({ word: "not-paid", phase: "reversed", wasRefunded: false });
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.recount()).toEqual({ saleCount: 1, salesFen: 1000, cashFen: 1000, wechatFen: 0 });
    expect(bench.gateway.takenFen()).toBe(0);
  });

  it("gives back what was paid after the cashier cancelled, and says so", async () => {
    bench.gateway.plan = "password";
    await atPayment();
    await bench.scan(paymentCode);
    const { outTradeNo } = bench.shown.payment?.attempt ?? { outTradeNo: "" };
    await bench.must("cancel-attempt", { outTradeNo });
    expect(bench.shown.payment?.attempt).toMatchObject({ phase: "cancelling", canCancel: false });
    bench.gateway.customerPays();
    await bench.clock.advance(60_000);
    expect(bench.shown.payment?.attempt).toMatchObject({ word: "not-paid", wasRefunded: true });
    expect(bench.shown.notices).toMatchObject([{ kind: "late-payment-reversed", amountFen: 1000 }]);
    expect(bench.gateway.takenFen()).toBe(0);
    expect(await refused(bench.send("cancel-attempt", { outTradeNo }))).toEqual({ kind: "cannot-cancel" });
  });

  it("counts once when the scanner sends it twice, during the payment and after it", async () => {
    bench.gateway.plan = "password";
    await atPayment();
    await bench.scan(paymentCode);
    await bench.scan(paymentCode);
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    bench.gateway.plan = "paid";
    await atPayment();
    await bench.scan(otherCode);
    await bench.scan(otherCode);
    expect(bench.shown.payment?.stage).toBe("done");
    expect(bench.shown.notices).toEqual([]);
    expect(bench.gateway.orders.size).toBe(2);
  });

  it("waits its turn: a sale never has two unfinished payments", async () => {
    bench.gateway.plan = "password";
    await atPayment();
    await bench.scan(paymentCode);
    await bench.scan(otherCode);
    expect(bench.shown.notices).toMatchObject([{ kind: "scan-while-not-selling", why: "paying" }]);
    expect(await refused(bench.send("show-qr", { amountFen: null }))).toEqual({ kind: "payment-under-way" });
    expect(bench.gateway.orders.size).toBe(1);
    expect(bench.shown.openAttempts).toHaveLength(1);
  });

  it("pays a part where one was typed, and refuses a part that is more than what is left", async () => {
    await atPayment();
    expect(await refused(bench.send("set-code-amount", { amountFen: 1001 }))).toEqual({ kind: "amount-over-left" });
    await bench.must("set-code-amount", { amountFen: 400 });
    expect(bench.shown.payment).toMatchObject({ leftFen: 1000, codeAmountFen: 400 });
    await bench.scan(paymentCode);
    expect(bench.shown.payment).toMatchObject({
      stage: "choose",
      leftFen: 600,
      codeAmountFen: null,
      attempt: { word: "paid" },
    });
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.sales()[0]).toMatchObject({ totalFen: 1000, changeFen: 400 });
    expect(bench.recount()).toMatchObject({ cashFen: 600, wechatFen: 400 });
  });

  it("keeps the part after a refusal: the next code is not charged the whole", async () => {
    await atPayment();
    await bench.must("set-code-amount", { amountFen: 400 });
    bench.gateway.plan = "code-expired";
    await bench.scan(paymentCode);
    expect(bench.shown.payment).toMatchObject({ codeAmountFen: 400, attempt: { word: "not-paid" } });
    bench.gateway.plan = "paid";
    await bench.scan(otherCode);
    expect(bench.shown.payment).toMatchObject({ leftFen: 600, codeAmountFen: null, attempt: { word: "paid" } });
  });

  it("leaves no attempt on the screen that the disk refused", async () => {
    await atPayment();
    bench.refuse.method = "createAttempt";
    bench.refuse.times = 1;
    await bench.scan(paymentCode);
    expect(bench.shown.payment).toMatchObject({ stage: "choose", attempt: null });
    expect(bench.shown.notices).toMatchObject([{ kind: "disk-full" }]);
    expect(bench.gateway.orders.size).toBe(0);
    await bench.scan(paymentCode);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
  });

  it("says that WeChat Pay is not set up where it is not", async () => {
    const cashOnly = await openTillBench({ config: { wechatPay: undefined } }).atWork();
    await cashOnly.scan(chips);
    await cashOnly.must("take-payment", {});
    await cashOnly.scan(paymentCode);
    expect(cashOnly.shown.notices).toMatchObject([{ kind: "scan-refused", fault: "wechat-not-set-up" }]);
    cashOnly.close();
  });
});

describe("our code on the customer's display", () => {
  it("is shown, paid and thanked for", async () => {
    await atPayment();
    await bench.must("show-qr", { amountFen: null });
    expect(bench.shown.payment?.attempt).toMatchObject({ kind: "native", phase: "qr-shown", amountFen: 1000 });
    const display = bench.displays.at(-1)?.stage;
    expect(display).toMatchObject({ kind: "qr", amountFen: 1000, codeUrl: expect.stringMatching(/^weixin:/) });
    // A shop with one screen turns it to the customer: both show the same code.
    expect(bench.shown.payment?.attempt?.codeUrl).toBe(display?.kind === "qr" && display.codeUrl);
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(bench.displays.at(-1)?.stage).toEqual({ kind: "paid", totalFen: 1000, staticCodeFen: 0, changeFen: 0 });
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
  });

  it("is closed when cancelled; then the customer's code may be scanned", async () => {
    await atPayment();
    await bench.must("show-qr", { amountFen: 300 });
    await bench.must("cancel-attempt", { outTradeNo: bench.shown.payment?.attempt?.outTradeNo ?? "" });
    expect(bench.shown.payment?.attempt).toMatchObject({ word: "not-paid", phase: "reversed" });
    expect(bench.displays.at(-1)?.stage).toEqual({ kind: "not-paid", amountFen: 300, isReturned: false });
    await bench.scan(paymentCode);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
    expect(bench.gateway.takenFen()).toBe(1000);
  });

  it("counts as paid when the customer was quicker than the cancel", async () => {
    await atPayment();
    await bench.must("show-qr", { amountFen: null });
    bench.gateway.customerPays();
    await bench.must("cancel-attempt", { outTradeNo: bench.shown.payment?.attempt?.outTradeNo ?? "" });
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
  });
});

describe("a parked sale", () => {
  it("is committed in the background and leaves the next customer's cart alone", async () => {
    bench.gateway.plan = "password";
    const saleId = await atPayment();
    await bench.scan(paymentCode);
    await bench.must("park-sale", {});
    expect(bench.shown.held).toMatchObject([{ saleId, hasOpenAttempt: true }]);
    await bench.scan(cola);
    const next = bench.shown.sale;
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
    expect(bench.sales()[0]).toMatchObject({ saleId, cashierId: people.cashier.id });
    expect(bench.shown.sale).toEqual(next);
    expect(bench.shown.payment).toBeNull();
    expect(bench.shown.held).toEqual([]);
    expect(bench.shown.notices).toMatchObject([{ kind: "parked-payment-ended", saleId, word: "paid" }]);
  });

  it("keeps its place when it was not paid, and can be recalled and paid in cash", async () => {
    bench.gateway.plan = "password";
    const saleId = await atPayment();
    await bench.scan(paymentCode);
    await bench.must("park-sale", {});
    await bench.clock.advance(120_000);
    expect(bench.shown.notices).toMatchObject([{ kind: "parked-payment-ended", word: "not-paid" }]);
    await bench.must("recall-sale", { saleId });
    expect(bench.shown.payment).toBeNull();
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.recount()).toMatchObject({ saleCount: 1, cashFen: 1000, wechatFen: 0 });
  });

  it("that is recalled while its payment is open shows it again", async () => {
    bench.gateway.plan = "password";
    const saleId = await atPayment();
    await bench.scan(paymentCode);
    await bench.must("park-sale", {});
    await bench.must("recall-sale", { saleId });
    expect(bench.shown.payment).toMatchObject({ stage: "wechat", attempt: { word: "not-known" } });
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(bench.shown.payment?.stage).toBe("done");
  });

  it("keeps its cash part: the drawer stays shut when the rest is paid by phone later", async () => {
    const saleId = await atPayment();
    await bench.must("pay-cash", { receivedFen: 400 });
    bench.gateway.plan = "password";
    await bench.scan(paymentCode);
    await bench.must("park-sale", {});
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(bench.kicks).toHaveLength(1);
    expect(bench.sales()).toMatchObject([{ saleId, totalFen: 1000 }]);
  });

  it("paid while no shift is open is booked in the next one, when it is recalled", async () => {
    bench.gateway.plan = "password";
    const saleId = await atPayment();
    await bench.scan(paymentCode);
    await bench.must("park-sale", {});
    await bench.must("close-shift", { countedCashFen: 10_000 });
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(bench.sales()).toEqual([]);
    expect(bench.shown.held).toMatchObject([{ saleId, paidFen: 1000, hasOpenAttempt: false }]);
    const { floatFen } = await bench.must("open-shift", { floatFen: 500 });
    expect(floatFen).toBe(500);
    await bench.must("recall-sale", { saleId });
    expect(bench.shown.payment).toMatchObject({ stage: "done", totalFen: 1000 });
    expect(bench.sales()[0]?.shiftId).toBe(bench.shown.shift?.shiftId);
  });
});
