import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import { mostWaiting } from "#main/till/legacy/ending-sessions.ts";
import type { RefundOrder } from "#main/till/ports/payment-gateway.ts";
import { people } from "#tests/support/bench-shop.ts";
import { type LegacyBench, openLegacyBench } from "#tests/support/legacy-bench.ts";
import { until } from "#tests/support/poll.ts";
import { type Door, doors } from "./doors.ts";
import {
  abort,
  at,
  diagnosis,
  display,
  isSame,
  type Json,
  message,
  payment,
  poiTransaction,
  print,
  reversal,
  status,
  wordOf,
} from "./messages.ts";

/* What an old till may rely on, asked by a client of its own over every door of a real till. */

describe.each(Object.entries(doors))("an old till by the %s", (_name, open) => {
  let legacy: LegacyBench;
  let bench: LegacyBench["bench"];
  let door: Door;
  let number = 0;
  const given = new Map<string, number>();
  const refund = (order: RefundOrder): Promise<RefundAnswer> => {
    given.set(order.outRefundNo, order.amountFen);
    const facts = { refundId: "R1", payerRefundFen: null, createTime: null, successTime: null };
    return Promise.resolve({ kind: "success", facts });
  };

  beforeAll(async () => {
    legacy = await openLegacyBench({ mayRefund: true }, { refunds: { refund, queryRefund: refund } });
    bench = legacy.bench;
    door = await open({ answer: (text, from) => bench.till.legacyDesk.answer(text, from) });
  });
  afterAll(async () => {
    await door.close();
    legacy.close();
  });
  // The till shows its thanks for a while, and takes no code twice within seconds.
  beforeEach(async () => {
    bench.gateway.plan = "paid";
    await bench.clock.advance(61_000);
  });

  const next = (): string => `N${(number += 1)}`;
  const code = (): string => `1345678901234${String((number += 1)).padStart(5, "0")}`;

  /** A payment that is on the till's screen; its answer is still to come. */
  async function begin(yuan = 12.5) {
    const words = { service: next(), sale: next(), yuan };
    const answer = door.send(payment(words));
    await until("it is on the screen", () => bench.shown.payment !== null && bench.shown.payment.stage !== "done");
    return { ...words, answer };
  }

  /** One that the customer pays at once. */
  async function paid(yuan = 12.5) {
    const begun = await begin(yuan);
    await bench.scan(code());
    return { ...begun, answer: await begun.answer };
  }

  it("is paid, with the amount, both sides' numbers and the gateway's", async () => {
    const before = bench.recount();
    const { answer, sale } = await paid(0.1);
    expect(wordOf(answer)).toBe("Success");
    const body = at(answer, "SaleToPOIResponse.PaymentResponse");
    expect([
      at(body, "SaleData.SaleTransactionID.TransactionID"),
      at(body, "PaymentResult.AmountsResp.AuthorizedAmount"),
      at(body, "PaymentResult.AmountsResp.Currency"),
    ]).toEqual([sale, 0.1, "CNY"]);
    expect(at(body, "PaymentResult.PaymentAcquirerData.AcquirerTransactionID.TransactionID")).toEqual(
      expect.any(String),
    );
    const after = bench.recount();
    expect([after.saleCount - before.saleCount, after.wechatFen - before.wechatFen]).toEqual([1, 10]);
  });

  it("hears that a payment was refused, given up at the till, and waited for in vain", async () => {
    const before = bench.recount();
    bench.gateway.plan = "code-expired";
    expect(wordOf((await paid()).answer)).toBe("InvalidCard");
    const cancelled = await begin();
    await bench.must("cancel-legacy", {});
    expect(wordOf(await cancelled.answer)).toBe("Cancel");
    const nobody = await begin();
    await bench.clock.advance(120_000);
    expect(wordOf(await nobody.answer)).toBe("Cancel");
    expect(bench.recount()).toEqual(before);
  });

  it("has the same answer for the same request again, and pays nothing twice", async () => {
    const { answer, ...words } = await paid();
    const taken = bench.gateway.takenFen();
    expect(isSame(await door.send(payment(words)), answer)).toBe(true);
    expect(wordOf(await door.send(diagnosis(next())))).toBe("Success");
    expect(isSame(await door.send(payment(words)), answer)).toBe(true);
    const other = await door.send(payment({ ...words, service: next() }));
    expect(poiTransaction(other)).toBe(poiTransaction(answer));
    expect(bench.gateway.takenFen()).toBe(taken);
  });

  it("has the same answer from a till that was started again", async () => {
    const { answer, ...words } = await paid();
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    expect(isSame(await door.send(payment(words)), answer)).toBe(true);
  });

  it("is refused another amount under the same sale", async () => {
    const { answer: _, ...words } = await paid();
    const taken = bench.gateway.takenFen();
    expect(wordOf(await door.send(payment({ ...words, service: next(), yuan: 12.51 })))).toBe("NotAllowed");
    expect(bench.gateway.takenFen()).toBe(taken);
  });

  it("finds the till busy with another's payment, which goes on", async () => {
    const mine = await begin();
    const other = { service: next(), sale: next(), yuan: 1, saleId: "OLD-2" };
    expect(wordOf(await door.send(payment(other)))).toBe("Busy");
    await bench.scan(code());
    expect(wordOf(await mine.answer)).toBe("Success");
  });

  it("has its questions answered while more requests wait than may, and the newest of these hear the end", async () => {
    const { answer: first, ...words } = await begin();
    const waiting = [first];
    const asksStatus = async () => expect(wordOf(await door.send(status(next(), words.service)))).toBe("InProgress");
    for (let time = 0; time < 10; time += 1) {
      // On the line a frame that comes twice with nothing between is one whose ACK was lost.
      await asksStatus();
      waiting.push(door.send(payment(words)));
    }
    await asksStatus();
    await bench.scan(code());
    const heard = (await Promise.all(waiting)).map(wordOf);
    expect(heard.filter((word) => word !== "InProgress")).toEqual(Array.from({ length: mostWaiting }, () => "Success"));
  });

  it("takes a payment back before the customer came, and is told when it was too late", async () => {
    const early = await begin();
    expect(wordOf(await door.send(abort(next(), early.service)))).toBe("Abort");
    expect(wordOf(await early.answer)).toBe("Aborted");
    const late = await paid();
    expect(wordOf(await door.send(abort(next(), late.service)))).toBe("Completed");
    expect(wordOf(await door.send(abort(next(), "never")))).toBe("Reject");
  });

  it("learns of a payment that it is under way, how it ended, and that there was none", async () => {
    const begun = await begin();
    expect(wordOf(await door.send(status(next(), begun.service)))).toBe("InProgress");
    await bench.scan(code());
    const answer = await begun.answer;
    const told = await door.send(status(next(), begun.service));
    expect(wordOf(told)).toBe("Success");
    const repeated = "SaleToPOIResponse.TransactionStatusResponse.RepeatedMessageResponse.RepeatedResponseMessageBody";
    expect(at(told, `${repeated}.PaymentResponse`)).toEqual(at(answer, "SaleToPOIResponse.PaymentResponse"));
    expect(wordOf(await door.send(status(next(), "never")))).toBe("NotFound");
  });

  it("gives back what was paid, once", async () => {
    const { answer } = await paid();
    await bench.clock.advance(61_000);
    given.clear();
    const back = reversal(next(), poiTransaction(answer));
    const first = door.send(back);
    await until("the gateway was asked", () => given.size > 0);
    await bench.clock.advance(1_000);
    expect(wordOf(await first)).toBe("Success");
    expect(at(await first, "SaleToPOIResponse.ReversalResponse.ReversedAmount")).toBe(12.5);
    expect(isSame(await door.send(back), await first)).toBe(true);
    await bench.clock.advance(61_000);
    expect(wordOf(await door.send(reversal(next(), poiTransaction(answer))))).toBe("NotAllowed");
    expect([...given.values()]).toEqual([1_250]);
  });

  it("prints, shows and asks how the till is", async () => {
    expect(wordOf(await door.send(print(next())))).toBe("Success");
    expect(wordOf(await door.send(display(next())))).toBe("Success");
    const told = await door.send(diagnosis(next()));
    expect(at(told, "SaleToPOIResponse.DiagnosisResponse.POIStatus.GlobalStatus")).toBe("OK");
  });

  it("hears of every message that is none, and nothing begins", async () => {
    const before = [bench.recount(), bench.gateway.orders.size];
    const good = (): string => payment({ service: next(), sale: next(), yuan: 12.5 });
    const wrong: readonly (readonly [string, string])[] = [
      ["{}", "Reject"],
      [good().slice(0, -1), "Reject"],
      [good().replace('"3.0"', '"2.0"'), "Reject"],
      [good().replace('"MessageHeader"', '"Header"'), "Reject"],
      [good().replaceAll("Payment", "CardAcquisition"), "Reject"],
      [message("Payment", next(), {}), "MessageFormat"],
      [good().replace("12.5", "12.345"), "MessageFormat"],
      [good().replace("12.5", "-1"), "MessageFormat"],
      [good().replace("12.5", "0"), "MessageFormat"],
      [good().replace("12.5", "1e2"), "MessageFormat"],
      [good().replace("12.5", '"12.5"'), "MessageFormat"],
      [good().replace("CNY", "EUR"), "MessageFormat"],
      [message("Reversal", next(), { ReversalReason: "MerchantCancel" }), "MessageFormat"],
      [message("Print", next(), { PrintOutput: {} }), "MessageFormat"],
      [message("Display", next(), { DisplayOutput: [] }), "MessageFormat"],
    ];
    const heard: [string, string][] = [];
    for (const [text] of wrong) heard.push([text, wordOf((await door.send(text)) satisfies Json)]);
    expect(heard).toEqual(wrong);
    expect([bench.recount(), bench.gateway.orders.size]).toEqual(before);
    // No more than the thanks of the one before.
    expect([undefined, "done"]).toContain(bench.shown.payment?.stage);
  });
});
