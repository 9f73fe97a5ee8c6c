import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { Shift, ShiftClose } from "#core/shift/shift.ts";
import type { ZReport } from "#core/shift/z-report.ts";
import english from "../../resources/locales/en/receipt.json" with { type: "json" };
import words from "../../resources/locales/zh-CN/receipt.json" with { type: "json" };
import { cashSlip } from "./cash-slip.ts";
import type { ReceiptDocument } from "./document.ts";
import { layOut } from "./layout.ts";
import { shiftReceipt } from "./shift-receipt.ts";

const store = { name: "街角小店", address: "", phone: "", footer: "" };
const plain = { copy: false, training: false };

const shift: Shift = {
  ...{ shiftId: "x", openedAt: "2026-11-22T08:00:00+08:00", openedBy: "u1", openedByName: "小王" },
  ...{ businessDate: "2026-11-22", floatFen: fen(20_000), closedAt: "2026-11-22T20:00:00+08:00" },
};
const totals = {
  ...{ saleCount: 12, salesFen: fen(123_456), cashFen: fen(23_456), wechatFen: fen(90_000) },
  ...{ staticCodeFen: fen(10_000), discountFen: fen(560) },
  ...{ refundCount: 1, refundCashFen: fen(250), refundWechatFen: fen(0) },
  ...{ payInFen: fen(0), payOutFen: fen(3_000), safeDropFen: fen(10_000), noSaleCount: 2 },
  expectedCashFen: fen(30_206),
  taxes: [],
};
const taxes = [
  {
    ...{ basisPoints: 1_300, amountFen: fen(113_000), taxFen: fen(13_000) },
    ...{ refundFen: fen(226), refundTaxFen: fen(26) },
  },
  { basisPoints: 0, amountFen: fen(10_456), taxFen: fen(0), refundFen: fen(0), refundTaxFen: fen(0) },
];
const close: ShiftClose = {
  ...{ shiftId: "x", closedAt: "2026-11-22T20:00:00+08:00", closedBy: "u2", totals },
  ...{ countedCashFen: fen(30_150), differenceFen: fen(-56) },
  pieces: [
    { denominationFen: 10_000, pieces: 3 },
    { denominationFen: 50, pieces: 3 },
  ],
};
const z: ZReport = {
  ...{ number: 42, terminalId: "T01", shift, close, closedByName: "小李" },
  before: { salesFen: 1_234_567, refundsFen: 0 },
  after: { salesFen: 1_358_023, refundsFen: 250 },
};

function onPaper(document: ReceiptDocument): readonly string[] {
  return layOut(document, 32).map((line) => (line.kind === "text" ? line.text : ""));
}

describe("the Z of a shift", () => {
  it("shows what was taken, each step to what must be there, what was counted, and the till's grand totals", () => {
    expect(onPaper(shiftReceipt({ kind: "z", z }, words.shift, store, plain))).toEqual([
      "街角小店",
      "交班单 Z",
      "",
      "Z 编号                 T01-Z0042",
      "营业日                2026-11-22",
      "开班时间     2026-11-22 08:00:00",
      "开班人                      小王",
      "交班时间     2026-11-22 20:00:00",
      "交班人                      小李",
      "--------------------------------",
      "单数                          12",
      "销售额                  1,234.56",
      "优惠合计                    5.60",
      "微信支付                  900.00",
      "店铺收款码(未核实)        100.00",
      "现金收入                  234.56",
      "现金退款                   -2.50",
      "非销售开钱箱                   2",
      "--------------------------------",
      "备用金                    200.00",
      "现金收入                  234.56",
      "现金退款                   -2.50",
      "支出                      -30.00",
      "缴存                     -100.00",
      "应有现金                  302.06",
      "实点现金                  301.50",
      "差额     -￥0.56",
      "--------------------------------",
      "实点明细",
      "100.00 × 3               300.00",
      "0.50 × 3                   1.50",
      "--------------------------------",
      "本机累计",
      "累计销售 上次          12,345.67",
      "累计销售 本次          13,580.23",
      "累计退款 上次               0.00",
      "累计退款 本次               2.50",
      "",
      "签名                ____________",
    ]);
  });

  it("is marked when it is a copy, and says why a difference was accepted", () => {
    const approved = { ...z, close: { ...close, approval: { approvedBy: "m1", reason: "假币一张" } } };
    const paper = onPaper(shiftReceipt({ kind: "z", z: approved }, words.shift, store, { ...plain, copy: true }));
    expect(paper.filter((line) => line.includes("副本"))).toHaveLength(2);
    expect(paper).toContain("原因                    假币一张");
  });

  it("writes sums that no single amount may have: a till sells for years", () => {
    const old = { ...z, after: { salesFen: 123_456_700_089, refundsFen: 0 } };
    expect(onPaper(shiftReceipt({ kind: "z", z: old }, words.shift, store, plain))).toContain(
      "累计销售 本次   1,234,567,000.89",
    );
  });
});

describe("an X", () => {
  it("has the same figures and no end", () => {
    const takenAt = "2026-11-22T12:00:00+08:00";
    const paper = onPaper(
      shiftReceipt({ kind: "x", shift, totals, takenAt, takenByName: "王店长" }, words.shift, store, plain),
    );
    expect(paper).toContain("班中报表 X");
    expect(paper).toContain("应有现金                  302.06");
    expect(paper.join()).not.toMatch(/Z 编号|差额|实点|签名|累计/);
  });
});

describe("the slip of a pay-out", () => {
  it("says how much, why, by whom, and by whose word", () => {
    const move = {
      ...{ moveId: "m", shiftId: "x", kind: "pay-out" as const, amountFen: fen(3_000), reason: "水费" },
      ...{ at: "2026-11-22T12:00:00+08:00", cashierId: "u1", cashierName: "小王", approvedBy: "m1" },
    };
    const options = { ...plain, terminalId: "T01", approvedByName: "王店长" };
    expect(onPaper(cashSlip(move, words.cash, store, options))).toEqual([
      "街角小店",
      "支出单",
      "",
      "时间         2026-11-22 12:00:00",
      "收银机                       T01",
      "收银员                      小王",
      "批准人                    王店长",
      "原因                        水费",
      "--------------------------------",
      "金额     ￥30.00",
      "",
      "签名                ____________",
      "",
    ]);
  });
});

describe("the tax of a shift", () => {
  const paperOf = (more: Partial<ShiftClose["totals"]>, texts = words.shift): readonly string[] =>
    onPaper(
      shiftReceipt(
        { kind: "z", z: { ...z, close: { ...close, totals: { ...totals, ...more } } } },
        texts,
        store,
        plain,
      ),
    );

  it("is told by rate without tax, tax and with tax, less what came back, and what no rate can be told of", () => {
    const lines = paperOf({ taxes });
    const from = lines.indexOf(words.shift.taxes);
    expect(lines.slice(from - 1, from + 9)).toEqual([
      "--------------------------------",
      "税额（已减退货）",
      "13% 不含税                998.00",
      "13% 税额                  129.74",
      "13% 含税                1,127.74",
      "0% 不含税                 104.56",
      "0% 税额                     0.00",
      "0% 含税                   104.56",
      "未分税率                   -0.24",
      "税额合计                  129.74",
    ]);
  });

  it("takes no line in a shop that names no rates", () => {
    expect(paperOf({ taxes: [] }).filter((line) => line.includes("税"))).toEqual([]);
  });

  it("is not recorded, and never nothing, on the Z of a till that kept none yet", () => {
    const { taxes: _, ...before } = totals;
    const old = { ...z, close: { ...close, totals: before } };
    const lines = onPaper(shiftReceipt({ kind: "z", z: old }, words.shift, store, plain));
    expect(lines.filter((line) => line.includes("税"))).toEqual(["税额合计                  未记录"]);
  });

  it("fits narrow paper in English too", () => {
    const lines = paperOf({ taxes }, english.shift);
    expect(lines).toContain("13% with tax            1,127.74");
    expect(lines).toContain("Tax, all rates            129.74");
  });
});
