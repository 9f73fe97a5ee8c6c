import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chips, paymentCode, people } from "#tests/support/bench-shop.ts";
import {
  abortRequest,
  type LegacyBench,
  nexoRequest,
  openLegacyBench,
  paymentRequest,
  statusRequest,
} from "#tests/support/legacy-bench.ts";

let legacy: LegacyBench;
let bench: LegacyBench["bench"];
beforeEach(async () => {
  legacy = await openLegacyBench();
  bench = legacy.bench;
});
afterEach(() => legacy.close());

const kinds = (): readonly string[] => [...bench.gateway.orders.values()].map(({ state }) => state);

describe("an old till's payment", () => {
  it("waits for the customer's code, is booked like any sale and answered with the gateway's number", async () => {
    const asked = await legacy.ask(paymentRequest());
    expect(bench.shown.payment).toMatchObject({
      ...{ stage: "choose", leftFen: 1_250, legacy: { saleSystem: "POS1", transactionId: "S-1" } },
    });
    expect(asked.now).toBeNull();
    await bench.scan(paymentCode);
    expect(asked.now?.word).toBe("Success");
    expect(asked.now?.body).toMatchObject({
      PaymentResponse: {
        SaleData: { SaleTransactionID: { TransactionID: "S-1", TimeStamp: "2026-03-02T09:00:00+08:00" } },
        PaymentResult: { AmountsResp: { Currency: "CNY", AuthorizedAmount: 12.5 } },
      },
    });
    expect(bench.recount()).toEqual({ saleCount: 1, salesFen: 1_250, cashFen: 0, wechatFen: 1_250 });
    expect(bench.sales()[0]).toMatchObject({
      ...{ saleId: asked.now?.saleId, lines: [{ nameZh: "POS1 S-1", sku: null, netFen: 1_250 }] },
    });
    expect(bench.printed).toHaveLength(1);
    expect(bench.shown.payment).toMatchObject({ stage: "done" });
  });

  it("asked again, by its number or its sale's, is the same payment with the same answer, also after a crash", async () => {
    await legacy.ask(paymentRequest());
    await bench.scan(paymentCode);
    const first = await legacy.say(paymentRequest());
    for (let time = 0; time < 2; time += 1) {
      expect(await legacy.say(paymentRequest())).toEqual(first);
      const other = await legacy.say(paymentRequest({ service: "2" }));
      expect(other.body).toEqual(first.body);
      await bench.crash();
    }
    expect([kinds(), bench.recount().saleCount]).toEqual([["paid"], 1]);
  });

  it("under way is joined by the same request, and both are answered", async () => {
    const first = await legacy.ask(paymentRequest());
    const again = await legacy.ask(paymentRequest());
    const other = await legacy.ask(paymentRequest({ service: "2" }));
    await bench.scan(paymentCode);
    expect([first.now?.word, again.now?.word, other.now?.word]).toEqual(["Success", "Success", "Success"]);
    expect([kinds(), bench.recount().saleCount]).toEqual([["paid"], 1]);
  });

  it("with another amount under its sale's number, or another sale under its own, is refused", async () => {
    await legacy.ask(paymentRequest());
    expect((await legacy.say(paymentRequest({ service: "2", amount: "12.51" }))).word).toBe("NotAllowed");
    expect((await legacy.say(paymentRequest({ sale: "S-2" }))).word).toBe("NotAllowed");
    await bench.scan(paymentCode);
    expect((await legacy.say(paymentRequest({ service: "3", amount: "0.01" }))).word).toBe("NotAllowed");
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1_250 });
  });

  it("of another day or another old till is another one, whatever its number", async () => {
    await legacy.ask(paymentRequest());
    await bench.scan(paymentCode);
    const elsewhere = { sale: "S-1", saleSystem: "POS2" };
    for (const words of [{ service: "2", at: "2026-03-03T09:00:00+08:00" }, elsewhere]) {
      const asked = await legacy.ask(paymentRequest(words));
      expect(asked.now).toBeNull();
      await bench.clock.advance(4_000);
      await bench.scan(`13456789012345678${words === elsewhere ? 1 : 2}`);
      expect(asked.now?.word).toBe("Success");
    }
    expect(bench.recount()).toMatchObject({ saleCount: 3, wechatFen: 3_750 });
  });

  it("that was refused says why, throws its sale away, and may be tried again under a new number", async () => {
    bench.gateway.plan = "code-expired";
    const asked = await legacy.ask(paymentRequest());
    await bench.scan(paymentCode);
    expect(asked.now?.word).toBe("InvalidCard");
    expect([bench.shown.payment, bench.shown.sale.lines, bench.store.openDraft()]).toEqual([null, [], null]);
    expect(bench.shown.notices).toMatchObject([{ kind: "legacy-not-paid", saleSystem: "POS1", amountFen: 1_250 }]);
    expect((await legacy.say(paymentRequest())).word).toBe("InvalidCard");
    bench.gateway.plan = "paid";
    const again = await legacy.ask(paymentRequest({ service: "2" }));
    expect(bench.shown.notices).toEqual([]);
    await bench.clock.advance(4_000);
    await bench.scan(paymentCode);
    expect(again.now?.word).toBe("Success");
  });

  it("that nobody comes to is given up after its wait, and one that is begun is not", async () => {
    const asked = await legacy.ask(paymentRequest());
    await bench.clock.advance(119_000);
    expect(asked.now).toBeNull();
    await bench.clock.advance(1_000);
    expect([asked.now?.word, bench.shown.payment]).toEqual(["Cancel", null]);
    bench.gateway.plan = "password";
    const late = await legacy.ask(paymentRequest({ service: "2" }));
    await bench.clock.advance(100_000);
    await bench.scan(paymentCode);
    await bench.clock.advance(21_000);
    expect(late.now).toBeNull();
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(late.now?.word).toBe("Success");
  });

  it("that nobody knows the end of is answered so after its limit, goes on, and is told by its status", async () => {
    legacy.close();
    legacy = await openLegacyBench({ answerSeconds: 20 });
    bench = legacy.bench;
    bench.gateway.plan = "no-answer";
    const asked = await legacy.ask(paymentRequest());
    await bench.scan(paymentCode);
    await bench.clock.advance(20_000);
    expect(asked.now?.word).toBe("InProgress");
    expect((await legacy.say(statusRequest("2", "1"))).word).toBe("InProgress");
    bench.gateway.customerPays();
    await bench.crash();
    await bench.clock.advance(10_000);
    const status = await legacy.say(statusRequest("3", "1"));
    expect(status.word).toBe("Success");
    expect(status.body).toMatchObject({
      TransactionStatusResponse: {
        MessageReference: { MessageCategory: "Payment", ServiceID: "1" },
        RepeatedMessageResponse: {
          RepeatedResponseMessageBody: { PaymentResponse: { Response: { Result: "Success" } } },
        },
      },
    });
    expect([kinds(), bench.recount().saleCount]).toEqual([["paid"], 1]);
  });
});

describe("while an old till's payment has the screen", () => {
  it("the cashier can bring it to its end and change nothing of it", async () => {
    const asked = await legacy.ask(paymentRequest());
    const lineId = bench.shown.sale.lines[0]?.lineId ?? "";
    const refused = { ok: false, fault: { kind: "legacy-payment" } };
    expect(await bench.send("pay-cash", { receivedFen: 1_250 })).toEqual(refused);
    expect(await bench.send("void-line", { lineId })).toEqual(refused);
    expect(await bench.send("leave-payment", {})).toEqual(refused);
    expect(await bench.send("hold-sale", { label: "" })).toEqual(refused);
    expect(await bench.send("sign-out", {})).toEqual(refused);
    expect(await bench.send("set-code-amount", { amountFen: 1 })).toEqual(refused);
    await bench.scan(chips);
    expect(bench.shown.sale.lines).toHaveLength(1);
    await bench.must("show-qr", { amountFen: null });
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(asked.now?.word).toBe("Success");
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1_250 });
  });

  it("no other is begun: busy, and the first one stays", async () => {
    await legacy.ask(paymentRequest());
    expect((await legacy.say(paymentRequest({ service: "2", sale: "S-2", saleSystem: "POS2" }))).word).toBe("Busy");
    expect(bench.shown.sale.totalFen).toBe(1_250);
  });

  it("the cashier's cancel is the answer, at once without an attempt and by its end with one", async () => {
    const first = await legacy.ask(paymentRequest());
    await bench.must("cancel-legacy", {});
    expect([first.now?.word, bench.shown.payment]).toEqual(["Cancel", null]);
    bench.gateway.plan = "password";
    const second = await legacy.ask(paymentRequest({ service: "2" }));
    await bench.scan(paymentCode);
    await bench.must("cancel-legacy", {});
    expect(second.now).toBeNull();
    await bench.clock.advance(60_000);
    expect([second.now?.word, kinds()]).toEqual(["Cancel", ["revoked"]]);
    expect(bench.recount().saleCount).toBe(0);
  });
});

describe("an old till", () => {
  it("finds the till busy with its own sale, which loses nothing", async () => {
    await bench.scan(chips);
    expect((await legacy.say(paymentRequest())).word).toBe("Busy");
    await bench.must("take-payment", {});
    expect((await legacy.say(paymentRequest())).word).toBe("Busy");
    await bench.must("pay-cash", { receivedFen: 1_000 });
    // The thank-you of the sale before holds nobody up.
    const asked = await legacy.ask(paymentRequest());
    await bench.scan(paymentCode);
    expect(asked.now?.word).toBe("Success");
    expect(bench.recount()).toMatchObject({ saleCount: 2, cashFen: 1_000, wechatFen: 1_250 });
  });

  it("is told where nobody is signed in, and is asked nothing where the shop takes none", async () => {
    await bench.must("sign-out", {});
    expect((await legacy.say(paymentRequest())).word).toBe("LoggedOut");
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    bench.isWechatBroken = true;
    expect((await legacy.say(paymentRequest())).word).toBe("UnavailableService");
    expect((await legacy.say(statusRequest("9", "1"))).word).toBe("NotFound");
  });

  it("takes back its own payment, early and late, and the answer is what became of the money", async () => {
    const early = await legacy.ask(paymentRequest());
    expect((await legacy.say(abortRequest("a", "1", "POS2"))).word).toBe("Reject");
    expect((await legacy.say(abortRequest("a", "1"))).word).toBe("Abort");
    expect(early.now?.word).toBe("Aborted");
    expect((await legacy.say(abortRequest("b", "1"))).word).toBe("Completed");

    bench.gateway.plan = "password";
    const late = await legacy.ask(paymentRequest({ service: "2" }));
    await bench.scan(paymentCode);
    expect((await legacy.say(abortRequest("c", "2"))).word).toBe("Abort");
    await bench.clock.advance(60_000);
    expect([late.now?.word, bench.gateway.takenFen()]).toEqual(["Aborted", 0]);

    const tooLate = await legacy.ask(paymentRequest({ service: "3" }));
    bench.gateway.plan = "paid";
    await bench.scan(paymentCode);
    expect((await legacy.say(abortRequest("d", "3"))).word).toBe("Completed");
    expect([tooLate.now?.word, bench.gateway.takenFen()]).toEqual(["Success", 1_250]);
  });

  it("has its lines printed and shown, and learns how the till is", async () => {
    const lines = { OutputFormat: "Text", OutputText: [{ Text: "积分 120", CharacterStyle: "Bold" }, { Text: "" }] };
    const document = { DocumentQualifier: "Voucher", ResponseMode: "PrintEnd", OutputContent: lines };
    expect((await legacy.say(nexoRequest("Print", "p", { PrintOutput: document }))).body).toEqual({
      PrintResponse: { DocumentQualifier: "Voucher", Response: { Result: "Success" } },
    });
    expect(bench.store.recentPrintJobs(1)).toMatchObject([{ kind: "legacy", state: "printed" }]);
    const shown = { Device: "CustomerDisplay", InfoQualify: "Display", OutputContent: lines };
    await legacy.say(nexoRequest("Display", "d", { DisplayOutput: [shown] }));
    expect(bench.displays.at(-1)?.stage).toEqual({ kind: "idle", words: ["积分 120", ""] });
    expect((await legacy.say(nexoRequest("Diagnosis", "g", {}))).body).toMatchObject({
      DiagnosisResponse: { POIStatus: { GlobalStatus: "OK", PrinterStatus: "OK", CommunicationOKFlag: true } },
    });
    await bench.scan(chips);
    expect((await legacy.say(nexoRequest("Diagnosis", "h", {}))).body).toMatchObject({
      DiagnosisResponse: { POIStatus: { GlobalStatus: "Busy" } },
    });
  });
});

describe("a message", () => {
  it.each([
    ["no JSON", "{", "Reject"],
    ["no message", "[]", "Reject"],
    ["another version", paymentRequest().replace('"3.0"', '"2.0"'), "Reject"],
    ["an answer", paymentRequest().replace('"Request"', '"Response"'), "Reject"],
    ["too long a ServiceID", paymentRequest({ service: "12345678901" }), "Reject"],
    ["a category of cards", paymentRequest().replaceAll("Payment", "CardAcquisition"), "Reject"],
    ["a body that is another's", paymentRequest().replace('"PaymentRequest"', '"Other"'), "MessageFormat"],
    ["three decimals", paymentRequest({ amount: "12.345" }), "MessageFormat"],
    [
      "an amount that only a double takes for 0.10",
      paymentRequest({ amount: "0.1000000000000000001" }),
      "MessageFormat",
    ],
    ["an exponent", paymentRequest({ amount: "1e2" }), "MessageFormat"],
    ["nothing", paymentRequest({ amount: "0" }), "MessageFormat"],
    ["less than nothing", paymentRequest({ amount: "-1.00" }), "MessageFormat"],
    ["an amount in quotes", paymentRequest().replace("12.50", '"12.50"'), "MessageFormat"],
    ["more than a till takes", paymentRequest({ amount: "99999999.99" }), "MessageFormat"],
    ["another currency", paymentRequest().replace("CNY", "USD"), "MessageFormat"],
    ["a line break in a name", paymentRequest({ sale: "S\n1" }), "MessageFormat"],
    ["more than 64 KiB", `${paymentRequest()}${" ".repeat(65_536)}`, "Reject"],
  ])("with %s is answered by what is wrong, and nothing begins", async (_, text, word) => {
    expect((await legacy.say(text)).word).toBe(word);
    expect([bench.shown.payment, bench.store.openLegacy()]).toEqual([null, []]);
  });

  it("with more than anybody asked for is taken: unknown members are let pass", async () => {
    const asked = await legacy.ask(paymentRequest().replace('"SaleData":{', '"SaleData":{"SaleToAcquirerData":"x",'));
    expect([asked.now, bench.shown.sale.totalFen]).toEqual([null, 1_250]);
  });
});
