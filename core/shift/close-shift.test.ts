import { fen } from "#core/money/fen.ts";
import type { Sale } from "#core/sale/sale.ts";
import { describe, expect, it } from "vitest";
import { closeShift } from "./close-shift.ts";
import type { Shift } from "./shift.ts";
import { saleFact, type ShiftFact } from "./shift-event.ts";
import { recountShift } from "./shift-totals.ts";

const shift: Shift = {
  ...{ shiftId: "shift-1", openedAt: "2026-11-22T08:00:00+08:00", openedBy: "u1", openedByName: "小王" },
  ...{ businessDate: "2026-11-22", floatFen: fen(20_000), closedAt: null },
};

const sale: Sale = {
  ...{
    saleId: "s1",
    saleNumber: "T01-000001",
    terminalId: "T01",
    shiftId: "shift-1",
    cashierId: "u1",
    cashierName: "小王",
  },
  ...{
    completedAt: "2026-11-22T09:00:00+08:00",
    businessDate: "2026-11-22",
    lines: [],
    pieceCount: 2,
    rounding: "jiao",
  },
  ...{
    grossFen: fen(5_555),
    lineDiscountFen: fen(300),
    saleDiscountFen: fen(200),
    roundingFen: fen(5),
    totalFen: fen(5_050),
  },
  changeFen: fen(950),
  tenders: [
    { kind: "cash", tenderId: "t1", amountFen: fen(4_050), receivedFen: fen(5_000), changeFen: fen(950) },
    {
      ...{ kind: "wechat", tenderId: "t2", amountFen: fen(1_000), method: "codepay", outTradeNo: "A1B2C3" },
      ...{ transactionId: "42", payerTotalFen: fen(900) },
    },
  ],
};

describe("a shift", () => {
  const facts: readonly ShiftFact[] = [saleFact(sale), saleFact(sale)];
  const totals = recountShift(shift.floatFen, facts);
  const close = { shift, totals, closedAt: "2026-11-22T20:00:00+08:00", closedBy: "u1", pieces: null, approval: null };
  const after = (...more: readonly ShiftFact[]) => recountShift(shift.floatFen, [...facts, ...more]);
  const refund = (how: "cash" | "wechat", amount: number): ShiftFact => ({
    ...{ kind: "refund", refundNo: "r1", saleId: "s1", saleNumber: "T01-000001", how, amountFen: fen(amount) },
  });

  it("expects in the drawer its float and the cash that stayed, never the change", () => {
    expect(totals).toEqual({
      ...{ saleCount: 2, salesFen: 10_100, cashFen: 8_100, wechatFen: 2_000, staticCodeFen: 0, discountFen: 1_010 },
      ...{ refundCount: 0, refundCashFen: 0, refundWechatFen: 0 },
      ...{ payInFen: 0, payOutFen: 0, safeDropFen: 0, noSaleCount: 0 },
      expectedCashFen: 28_100,
      taxes: [],
    });
  });

  it("knows the tax in what it sold by rate, and takes off that of goods that came back", () => {
    const taxes = [{ basisPoints: 1_300, amountFen: fen(5_050), taxFen: fen(581) }];
    const back = [{ basisPoints: 1_300, amountFen: fen(113), taxFen: fen(13) }];
    const given = { ...refund("cash", 150), taxes: back };
    expect(after(saleFact({ ...sale, taxes }), given).taxes).toEqual([
      { basisPoints: 1_300, amountFen: 5_050, taxFen: 581, refundFen: 113, refundTaxFen: 13 },
    ]);
  });

  it("counts what went to the shop's printed code apart: it is in the sales and not in the drawer", () => {
    const [cash] = sale.tenders;
    if (cash === undefined) throw new Error("the sample has cash");
    const code = { kind: "static-code", tenderId: "t3", amountFen: fen(1_000), approvedBy: null } as const;
    const more = after(saleFact({ ...sale, tenders: [cash, code] }));
    expect(more).toMatchObject({ cashFen: 12_150, wechatFen: 2_000, staticCodeFen: 1_000, expectedCashFen: 32_150 });
    expect(more.cashFen + more.wechatFen + more.staticCodeFen).toBe(more.salesFen);
  });

  it("has less in the drawer for cash given back, and as much for WeChat money", () => {
    const given = after(refund("cash", 100), refund("wechat", 900));
    expect(given).toEqual({
      ...totals,
      ...{ refundCount: 2, refundCashFen: 100, refundWechatFen: 900, expectedCashFen: 28_000 },
    });
    expect(closeShift({ ...close, totals: given, countedCashFen: fen(28_000) })).toMatchObject({
      value: { differenceFen: 0 },
    });
    const forgotten = { ...given, expectedCashFen: fen(28_100) };
    expect(() => closeShift({ ...close, totals: forgotten, countedCashFen: fen(1) })).toThrow("given back");
  });

  it.each([
    [28_100, 0],
    [28_000, -100],
    [28_150, 50],
  ])("counted at %i fen closes with a difference of %i", (counted, differenceFen) => {
    expect(closeShift({ ...close, countedCashFen: fen(counted) })).toEqual({
      ok: true,
      value: {
        ...{ shiftId: "shift-1", closedAt: close.closedAt, closedBy: "u1", totals },
        ...{ countedCashFen: counted, differenceFen },
      },
    });
  });

  it("closes once, and not with less than nothing", () => {
    const closed = { ...close, shift: { ...shift, closedAt: "2026-11-22T19:00:00+08:00" } };
    expect(closeShift({ ...closed, countedCashFen: fen(1) })).toEqual({ ok: false, fault: { kind: "already-closed" } });
    expect(closeShift({ ...close, countedCashFen: fen(-1) })).toEqual({
      ok: false,
      fault: { kind: "count-is-negative" },
    });
  });

  it("breaks loudly on totals of another drawer", () => {
    const other = { ...close, totals: { ...totals, expectedCashFen: fen(8_100) } };
    expect(() => closeShift({ ...other, countedCashFen: fen(1) })).toThrow("broken promise");
  });
});
