import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Inquiry } from "#main/till/reconciliation/inquiring.ts";
import { chips, openingMs, paymentCode } from "#tests/support/bench-shop.ts";
import { createCarriedShop } from "#tests/support/carried-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";

let bench: TillBench;
let clock: VirtualClock;
/** What was asked, and whether the line is up. */
let asked: string[];
let isUp: boolean;

/** The far end of the line, which tells the till like the real client does whether it was heard. */
const line: Inquiry = {
  async query(outTradeNo) {
    asked.push(outTradeNo);
    bench.till.gatewayReached(isUp ? "online" : "offline");
    return isUp ? { kind: "not-found" } : { kind: "unknown", cause: "network", code: null };
  },
  queryRefund: () => Promise.reject(new Error("nothing is given back here")),
};

beforeEach(async () => {
  [asked, isUp] = [[], false];
  clock = createVirtualClock(openingMs);
  bench = await openTillBench({ clock, inquiry: line }).atWork();
  await bench.scan(chips);
});
afterEach(() => bench.close());

const stage = () => bench.displays.at(-1)?.stage;

describe("While WeChat Pay is out of reach", () => {
  it("no payment code is used or kept, and cash is taken", async () => {
    bench.till.gatewayReached("offline");
    await bench.must("take-payment", {});
    await bench.scan(paymentCode);
    expect(bench.shown.payment).toMatchObject({ stage: "choose", attempt: null, leftFen: 1000 });
    expect(bench.shown.notices).toMatchObject([{ kind: "scan-refused", fault: "gateway-away" }]);
    expect(bench.store.unfinishedAttempts()).toEqual([]);
    isUp = true;
    await clock.advance(10_000);
    expect(bench.shown.status.gateway.state).toBe("online");
    expect(bench.store.unfinishedAttempts()).toEqual([]);
    expect(bench.sales()).toEqual([]);
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.sales()).toMatchObject([{ totalFen: 1000, tenders: [{ kind: "cash" }] }]);
  });

  it("no QR is opened", async () => {
    bench.till.gatewayReached("offline");
    await bench.must("take-payment", {});
    expect(await bench.send("show-qr", { amountFen: null })).toEqual({ ok: false, fault: { kind: "gateway-away" } });
    expect(bench.store.unfinishedAttempts()).toEqual([]);
  });

  it("the customer is asked for cash alone, and for WeChat again once it is back", async () => {
    bench.till.gatewayReached("offline");
    await bench.must("take-payment", {});
    expect(stage()).toMatchObject({ kind: "choose-payment", takesWechat: false });
    isUp = true;
    await clock.advance(3_000);
    expect(stage()).toMatchObject({ kind: "choose-payment", takesWechat: true });
  });

  it("the gateway is asked every three seconds as long as somebody waits to pay, each time about another order", async () => {
    bench.till.gatewayReached("offline");
    await clock.advance(60_000);
    expect(asked).toEqual([]);
    await bench.must("take-payment", {});
    await clock.advance(30_000);
    expect(asked).toHaveLength(11);
    expect(new Set(asked).size).toBe(11);
    expect(asked.filter((number) => !/^LOOK[0-9A-Za-z]{1,28}$/.test(number))).toEqual([]);
    await bench.must("leave-payment", {});
    await clock.advance(60_000);
    expect(asked).toHaveLength(11);
  });

  it("the code is taken again as soon as it is back, and the word about it is over", async () => {
    bench.till.gatewayReached("offline");
    await bench.must("take-payment", {});
    await bench.scan(paymentCode);
    isUp = true;
    await clock.advance(3_000);
    expect(bench.shown.notices).toEqual([]);
    await bench.scan(paymentCode);
    expect(bench.sales()).toMatchObject([{ totalFen: 1000, tenders: [{ kind: "wechat" }] }]);
  });

  it("a payment that is under way when it goes keeps its own course", async () => {
    await bench.must("take-payment", {});
    bench.gateway.plan = "password";
    await bench.scan(paymentCode);
    bench.till.gatewayReached("offline");
    expect(bench.shown.payment).toMatchObject({ stage: "wechat", attempt: { word: "not-known" } });
    expect(bench.store.unfinishedAttempts()).toHaveLength(1);
    // What keeps a second code from being charged is the first one, and that is what is said.
    expect(await bench.send("show-qr", { amountFen: null })).toEqual({
      ok: false,
      fault: { kind: "payment-under-way" },
    });
  });
});

describe("While head office is out of reach and the customer's phone could pay", () => {
  let shop: ReturnType<typeof createCarriedShop>;

  beforeEach(async () => {
    bench.close();
    shop = createCarriedShop();
    bench = await openTillBench({ clock, inquiry: line, sync: () => shop.sync() }).atWork();
    await bench.scan(chips);
  });

  it("the gateway is asked as somebody begins to pay, so that no QR of a dead line is tried first", async () => {
    await bench.must("take-payment", {});
    await clock.advance(0);
    expect(bench.shown.payment).toMatchObject({ offersCarried: true, attempt: null });
    expect(bench.shown.status.gateway.state).toBe("offline");
    isUp = true;
    await clock.advance(3_000);
    expect(bench.shown.payment).toMatchObject({ offersCarried: false });
  });

  it("a gateway that answers is asked once a payment and no more", async () => {
    isUp = true;
    await bench.must("take-payment", {});
    await clock.advance(60_000);
    expect(asked).toHaveLength(1);
    expect(bench.shown.payment).toMatchObject({ offersCarried: false });
  });

  it("nothing is asked where the phone could not pay anyway", async () => {
    shop.isOffered = false;
    await bench.must("take-payment", {});
    await clock.advance(60_000);
    expect(asked).toEqual([]);
  });
});
