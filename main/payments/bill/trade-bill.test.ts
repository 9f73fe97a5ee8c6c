import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBillFen, readDecimal } from "./decimal.ts";
import { billDay, billRow, billText, openid, type BillLine } from "./testing-bill.ts";
import { createTradeBillReader } from "./trade-bill.ts";

const owner = { mchid: "1900007291", day: billDay };
/** The text as it comes out of a decoder that drops the BOM, cut into pieces. */
function read(text: string, pieceLength = text.length) {
  const reader = createTradeBillReader(owner);
  const plain = text.replace("\uFEFF", "");
  for (let at = 0; at < plain.length; at += pieceLength) reader.push(plain.slice(at, at + pieceLength));
  return reader.end();
}
const some: readonly BillLine[] = [
  { outTradeNo: "A1", totalFen: 1_250, name: "可乐, 大杯, 加冰", fee: "0.07500" },
  { outTradeNo: "A2", totalFen: 3, name: "`,`,`😀", fee: "0.00018" },
  { outTradeNo: "A1", refundFen: 50, outRefundNo: "R1", state: "REFUND", refundStatus: "SUCCESS", fee: "-0.00300" },
  { outTradeNo: "A3", refundFen: 7, outRefundNo: "R2", state: "REFUND", refundStatus: "FAIL" },
  { outTradeNo: "A2", refundFen: 3, state: "REVOKED", refundStatus: "SUCCESS" },
];
const fee = { fee: "0.07" };

describe("a trade bill", () => {
  it("is read to the fen, commas in names and all, without the customer's id", () => {
    const bill = read(billText(some, fee));
    expect(bill.ok && bill.value).toEqual([
      {
        kind: "payment",
        line: 2,
        time: `${billDay} 12:00:00`,
        outTradeNo: "A1",
        transactionId: "42A1",
        totalFen: 1_250,
        couponFen: 0,
        feeMilliFen: 7_500,
      },
      {
        kind: "payment",
        line: 3,
        time: `${billDay} 12:00:00`,
        outTradeNo: "A2",
        transactionId: "42A2",
        totalFen: 3,
        couponFen: 0,
        feeMilliFen: 18,
      },
      {
        kind: "refund",
        line: 4,
        time: `${billDay} 12:00:00`,
        outTradeNo: "A1",
        outRefundNo: "R1",
        refundFen: 50,
        isAlive: true,
        feeMilliFen: -300,
      },
      {
        kind: "refund",
        line: 5,
        time: `${billDay} 12:00:00`,
        outTradeNo: "A3",
        outRefundNo: "R2",
        refundFen: 7,
        isAlive: false,
        feeMilliFen: 0,
      },
      {
        kind: "reversal",
        line: 6,
        time: `${billDay} 12:00:00`,
        outTradeNo: "A2",
        outRefundNo: "0",
        refundFen: 3,
        isAlive: true,
        feeMilliFen: 0,
      },
    ]);
    expect(JSON.stringify(bill)).not.toContain(openid);
  });

  it("reads the same in pieces of any length, and with bare line feeds", () => {
    const text = billText(some, fee);
    const whole = read(text);
    for (let length = 1; length < 60; length += 1) expect(read(text, length)).toEqual(whole);
    expect(read(text.replaceAll("\r\n", "\n"))).toEqual(whole);
  });

  const wrong = (text: string) => read(text);
  it.each<readonly [string, string, number, string]>([
    [
      "a sum that is not the rows'",
      billText(some, { ...fee, total: "12.52" }),
      8,
      "订单总金额 is not the sum of the rows",
    ],
    [
      "a count that is not the rows'",
      billText(some, { ...fee, count: "6.0" }),
      8,
      "总交易单数 is not the sum of the rows",
    ],
    ["fees a whole fen off", billText(some, { fee: "0.08268" }), 8, "手续费总金额 is not the sum of the rows"],
    [
      "a cell too many where nobody writes",
      billText([{ outTradeNo: "A1", totalFen: 1 }]).replace(",`MICROPAY", ",`x,`MICROPAY"),
      2,
      "应结订单金额 is no amount",
    ],
    [
      "a cell too few",
      billText([{ outTradeNo: "A1", totalFen: 1 }]).replace(",`MICROPAY", ""),
      2,
      "26 cells, expected 27",
    ],
    [
      "a fraction of a fen",
      billText(some, fee).replace("`12.50,", "`12.505,").replaceAll("`12.50,", "`12.505,"),
      2,
      "订单金额 or 代金券金额 is not in whole fen",
    ],
    ["no amount", billText(some, fee).replace("`12.50,", "`12,50,"), 2, "应结订单金额 is no amount"],
    ["another day", billText([{ outTradeNo: "A", time: "2026-11-21 00:00:00" }]), 2, "交易时间 is not of this day"],
    ["another merchant", billText(some, fee).replace("1900007291", "1900007292"), 2, "商户号 is another merchant"],
    ["another currency", billText(some, fee).replace("CNY", "HKD"), 2, "货币种类 is not CNY"],
    ["a state nobody knows", billText(some, fee).replace("SUCCESS", "PAID"), 2, "交易状态 is not known"],
    ["a missing column", billText(some, fee).replace("商户订单号", "订单号"), 1, "no column 商户订单号"],
    ["an end without sums", billText(some, fee).split("总交易单数")[0] ?? "", 7, "ends without its sums"],
    ["more after the sums", `${billText(some, fee)}${billRow({ outTradeNo: "A9" })}`, 9, "more lines after the sums"],
    ["something else", "<html>Bad Gateway</html>", 1, "no column 交易时间"],
    ["a line without an end", "x".repeat(20_000), 1, "too long"],
    ["nothing", "", 1, "ends without its sums"],
  ])("with %s is no bill, and the line is named", (_what, text, line, problem) => {
    expect(wrong(text)).toEqual({ ok: false, fault: { line, problem } });
  });

  it("gives back what was written, whatever the names", () => {
    const lines = fc.array(
      fc.record({
        outTradeNo: fc.stringMatching(/^[0-9A-Z]{6,32}$/u),
        totalFen: fc.integer({ min: 1, max: 10_000_000 }),
        name: fc.string({ maxLength: 40 }).map((name) => name.replaceAll(/[`\r\n]/gu, "")),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 500 }), (list, pieceLength) => {
        const bill = read(billText(list), pieceLength);
        const told = bill.ok && bill.value.map((row) => (row.kind === "payment" ? [row.outTradeNo, row.totalFen] : []));
        expect(told).toEqual(list.map(({ outTradeNo, totalFen }) => [outTradeNo, totalFen]));
      }),
    );
  });

  it("may have 100,000 rows", () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => ({
      outTradeNo: `T${index}`,
      totalFen: index,
      name: "饮料, 1 瓶",
    }));
    // What it costs is measured by bench/bill.ts.
    expect(read(billText(lines), 65_536)).toMatchObject({ ok: true, value: { length: 100_000 } });
  });
});

describe("a decimal of a bill", () => {
  it.each([
    ["0.03", 3_000],
    ["0.01000", 1_000],
    ["45.0", 4_500_000],
    ["-0.00001", -1],
    ["-0.00", 0],
    ["1", 100_000],
  ])("%s is exact", (text, exact) => {
    expect(readDecimal(text)).toBe(exact);
  });

  it.each(["", "1.", ".5", "1e3", "1,5", " 1", "+1", "0.000001", "１", "--1", "NaN"])("%j is none", (text) => {
    expect(readDecimal(text)).toBe(null);
  });

  it("in whole fen is money, finer it is not", () => {
    expect([readBillFen("0.29"), readBillFen("0.29000"), readBillFen("0.29001"), readBillFen("9999999999")]).toEqual([
      29,
      29,
      null,
      null,
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (value) => {
        const text = `${Math.trunc(value / 100)}.${String(value % 100).padStart(2, "0")}`;
        expect(readBillFen(text)).toBe(value);
      }),
    );
  });
});
