import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import zh from "../../resources/locales/zh-CN/receipt.json" with { type: "json" };
import en from "../../resources/locales/en/receipt.json" with { type: "json" };
import { layOut } from "./layout.ts";
import { returnReceipt, type ReturnReceiptLabels } from "./return-receipt.ts";

const store = { name: "街角小店", address: "", phone: "", footer: "" };
const options = { copy: false, training: false, journalHash: "0123456789abcdef" };
const given: SaleReturn = {
  ...{ returnId: "r", saleId: "s", saleNumber: "T01-000042", worthFen: fen(1_250), amountFen: fen(1_000) },
  ...{ refundNos: ["T01-000042R1"], reason: "商品质量", cashierId: "c", cashierName: "王芳", approvedBy: "m" },
  ...{ at: "2026-03-02T10:00:05+08:00", businessDate: "2026-03-02" },
  lines: [
    {
      ...{ lineNumber: 1, sku: "cola", nameZh: "可口可乐", nameEn: "Coca-Cola", unit: "piece", quantity: pieces(2) },
      ...{ worthFen: fen(700), condition: "damaged" },
    },
    {
      ...{ lineNumber: 2, sku: null, nameZh: "苹果", nameEn: "", unit: "kg", quantity: milli(420) },
      ...{ worthFen: fen(550), condition: "back-to-stock" },
    },
  ],
};
const onPaper = (labels: ReturnReceiptLabels, back = { cashFen: fen(1_000), wechatFen: fen(0) }) =>
  layOut(returnReceipt(given, back, { terminalId: "T01", labels, store }, options), 32).map((line) =>
    line.kind === "text" ? line.text.replaceAll(/ +/gu, " ") : `<${line.kind}>`,
  );

describe("the paper of goods that came back", () => {
  it("names the goods with what each gives back, what went back before, and has room for a name under cash", () => {
    expect(onPaper({ ...zh.returned, itemName: "zh" })).toEqual([
      ...["<logo>", "街角小店", "退货单", "<blank>", "原单号 T01-000042", "时间 2026-03-02 10:00:05", "收银机 T01"],
      ...["收银员 王芳", "退货原因 商品质量", "-".repeat(32)],
      ...["可口可乐", " -2 -7.00", "苹果", " -0.420kg -5.50", "-".repeat(32)],
      ...["退货金额 12.50", "此前已退款 -2.50", "退款 ￥10.00", "现金退还 ￥10.00", "-".repeat(32)],
      ...["<blank>", "顾客签名 ____________", "<blank>", "<barcode>", "流水校验 01234567"],
    ]);
  });

  it("says that what was paid by phone is on its way, and asks for no name", () => {
    const lines = onPaper({ ...en.returned, itemName: "en" }, { cashFen: fen(0), wechatFen: fen(1_000) }).join("\n");
    expect(lines).toContain("Coca-Cola\n -2 -7.00\n苹果");
    expect(lines).toContain("WeChat Pay ￥10.00");
    expect(lines).not.toContain("Customer ____");
  });
});
