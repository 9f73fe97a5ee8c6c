import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen, type Fen } from "#core/money/fen.ts";
import {
  checkRefund,
  mostRefundParts,
  type PaidTender,
  type PastRefund,
  payerRefund,
  refundWindowMs,
  remainingOfSale,
  remainingOfTender,
  splitRefund,
} from "./refund-caps.ts";

const nowMs = Date.UTC(2026, 10, 21, 4);
const wechat: PaidTender = {
  tenderId: "w",
  kind: "wechat",
  amountFen: fen(1_000),
  payerTotalFen: fen(900),
  paidAtMs: nowMs - 3_600_000,
};
const cash: PaidTender = {
  tenderId: "c",
  kind: "cash",
  amountFen: fen(500),
  payerTotalFen: fen(500),
  paidAtMs: nowMs - 3_600_000,
};
const past = (changes: Partial<PastRefund>): PastRefund => ({
  tenderId: "w",
  amountFen: fen(100),
  state: "succeeded",
  requestedAtMs: nowMs - 600_000,
  ...changes,
});
const check = (amountFen: Fen, refunds: readonly PastRefund[] = [], tenderId = "w") =>
  checkRefund({ tenderId, amountFen }, [wechat, cash], refunds, nowMs);

describe("what may be given back", () => {
  it("is what remains of the tender: everything not provably failed counts", () => {
    const refunds = (
      ["requested", "sent", "unknown", "processing", "abnormal", "succeeded", "closed", "refused"] as const
    ).map((state) => past({ state }));
    expect(remainingOfTender(wechat, refunds)).toBe(400);
    expect(remainingOfSale([wechat, cash], refunds)).toBe(900);
    expect(check(fen(401), refunds)).toEqual({ ok: false, fault: { kind: "over-tender", remainingFen: 400 } });
    expect(check(fen(400), refunds).ok).toBe(true);
  });

  it("is no more than the goods that come back are worth", () => {
    const asked = { tenderId: "w", amountFen: fen(300), saleLimitFen: fen(299) };
    expect(checkRefund(asked, [wechat], [], nowMs)).toEqual({
      ok: false,
      fault: { kind: "over-sale", remainingFen: 299 },
    });
  });

  it("comes in at most 50 parts, refused ones aside", () => {
    const parts = Array.from({ length: mostRefundParts }, () => past({ amountFen: fen(1) }));
    expect(check(fen(1), parts)).toEqual({ ok: false, fault: { kind: "too-many-parts", mostParts: 50 } });
    expect(check(fen(1), [...parts.slice(1), past({ state: "refused" })]).ok).toBe(true);
  });

  it("comes a minute apart and within a year, unless it is cash", () => {
    expect(check(fen(1), [past({ requestedAtMs: nowMs - 59_999 })])).toEqual({
      ok: false,
      fault: { kind: "too-soon", waitMs: 1 },
    });
    expect(check(fen(1), [past({ requestedAtMs: nowMs - 60_000 })]).ok).toBe(true);
    expect(check(fen(1), [past({ requestedAtMs: nowMs + 999_999 })])).toEqual({
      ok: false,
      fault: { kind: "too-soon", waitMs: 60_000 },
    });
    const old = { ...wechat, paidAtMs: nowMs - refundWindowMs };
    expect(checkRefund({ tenderId: "w", amountFen: fen(1) }, [old], [], nowMs)).toEqual({
      ok: false,
      fault: { kind: "too-old" },
    });
    expect(
      checkRefund({ tenderId: "w", amountFen: fen(1) }, [{ ...old, paidAtMs: old.paidAtMs + 1 }], [], nowMs).ok,
    ).toBe(true);
    expect(check(fen(1), [past({ tenderId: "c", requestedAtMs: nowMs })], "c").ok).toBe(true);
  });

  it("is something, of a tender of this sale", () => {
    expect(check(fen(0))).toEqual({ ok: false, fault: { kind: "nothing-asked" } });
    expect(check(fen(1), [], "x")).toEqual({ ok: false, fault: { kind: "unknown-tender" } });
  });

  it("never sums to more than was paid, whatever is asked and however it ends", () => {
    const asks = fc.array(
      fc.record({
        tenderId: fc.constantFrom("w", "c"),
        amountFen: fc.integer({ min: 1, max: 700 }).map(fen),
        state: fc.constantFrom<PastRefund["state"]>("succeeded", "closed", "unknown", "refused", "processing"),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(asks, (list) => {
        const done: PastRefund[] = [];
        list.forEach((ask, index) => {
          const atMs = nowMs + index * 60_000;
          if (checkRefund(ask, [wechat, cash], done, atMs).ok) done.push({ ...ask, requestedAtMs: atMs });
        });
        for (const tender of [wechat, cash]) {
          const given = done.filter(
            (refund) => refund.tenderId === tender.tenderId && !["closed", "refused"].includes(refund.state),
          );
          expect(given.reduce((sum, refund) => sum + refund.amountFen, 0)).toBeLessThanOrEqual(tender.amountFen);
        }
        expect(
          done.filter(({ tenderId, state }) => tenderId === "w" && state !== "refused").length,
        ).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe("a refund over several tenders", () => {
  it("goes back the way it came, WeChat first, and sums to the fen", () => {
    expect(splitRefund(fen(1_200), [cash, wechat], [])).toEqual([
      { tenderId: "w", amountFen: 1_000 },
      { tenderId: "c", amountFen: 200 },
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_400 }), (amount) => {
        const parts = splitRefund(fen(amount), [cash, wechat], [past({})]);
        expect(parts.reduce((sum, part) => sum + part.amountFen, 0)).toBe(amount);
      }),
    );
    expect(() => splitRefund(fen(1_501), [cash, wechat], [])).toThrow("remains");
  });

  it("knows none of the gateway's limits for what went to the shop's printed code, and gives it back before cash", () => {
    const code: PaidTender = { ...cash, tenderId: "s", kind: "static-code", paidAtMs: nowMs - refundWindowMs };
    const justNow = past({ tenderId: "s", requestedAtMs: nowMs });
    expect(checkRefund({ tenderId: "s", amountFen: fen(400) }, [code], [justNow], nowMs).ok).toBe(true);
    expect(checkRefund({ tenderId: "s", amountFen: fen(401) }, [code], [justNow], nowMs)).toEqual({
      ok: false,
      fault: { kind: "over-tender", remainingFen: 400 },
    });
    expect(splitRefund(fen(1_700), [cash, code, wechat], []).map(({ tenderId }) => tenderId)).toEqual(["w", "s", "c"]);
  });
});

describe("what the customer gets back of an order with a coupon", () => {
  it("is refund × payer total ÷ total, half up", () => {
    expect(payerRefund(wechat, fen(0), fen(500))).toBe(450);
    expect(payerRefund({ amountFen: fen(10), payerTotalFen: fen(5) }, fen(0), fen(1))).toBe(1);
    expect(payerRefund({ amountFen: fen(10), payerTotalFen: fen(4) }, fen(0), fen(1))).toBe(0);
  });

  it("sums to exactly what was charged, no part above its refund or below nothing", () => {
    const order = fc.integer({ min: 1, max: 5_000 }).chain((total) =>
      fc.record({
        amountFen: fc.constant(fen(total)),
        payerTotalFen: fc.integer({ min: 0, max: total }).map(fen),
        parts: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 40 }),
      }),
    );
    fc.assert(
      fc.property(order, ({ parts, ...paid }) => {
        let before = 0;
        let charged = 0;
        for (const wanted of [...parts, paid.amountFen]) {
          const part = Math.min(wanted, paid.amountFen - before);
          const back = payerRefund(paid, fen(before), fen(part));
          expect(back >= 0 && back <= part).toBe(true);
          before += part;
          charged += back;
        }
        expect(charged).toBe(paid.payerTotalFen);
      }),
    );
  });
});
