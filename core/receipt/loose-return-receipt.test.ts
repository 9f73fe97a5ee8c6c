import { expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { pieces } from "#core/quantity/quantity.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import zh from "../../resources/locales/zh-CN/receipt.json" with { type: "json" };
import en from "../../resources/locales/en/receipt.json" with { type: "json" };
import { layOut } from "./layout.ts";
import { looseReturnReceipt } from "./loose-return-receipt.ts";
import type { ReturnReceiptLabels } from "./return-receipt.ts";

const store = { name: "街角小店", address: "", phone: "", footer: "" };
const options = { copy: false, training: false, journalHash: "0123456789abcdef" };
const given: LooseReturn = {
  ...{ returnId: "r", returnNumber: "T01-R000003", terminalId: "T01", shiftId: "s", amountFen: fen(600) },
  ...{ reason: "商品质量", cashierId: "c", cashierName: "王芳", approvedBy: "m" },
  ...{ at: "2026-03-02T10:00:05+08:00", businessDate: "2026-03-02" },
  lines: [
    {
      ...{ lineNumber: 1, sku: "cola", nameZh: "可口可乐", nameEn: "Coca-Cola", categoryId: "d", taxClass: "g" },
      ...{ unit: "piece", quantity: pieces(2), presentFen: fen(350), unitPriceFen: fen(300), worthFen: fen(600) },
      condition: "damaged",
    },
  ],
  points: { memberId: "m", takenBack: 6, givenBack: 0, balance: 4 },
};
const onPaper = (labels: ReturnReceiptLabels, of = given) =>
  layOut(looseReturnReceipt(of, labels, store, options), 32).map((line) =>
    line.kind === "text" ? line.text.replaceAll(/ +/gu, " ") : `<${line.kind}>`,
  );

it("says that there was no receipt, what was given for which goods, and has room for a name", () => {
  expect(onPaper({ ...zh.returned, itemName: "zh" })).toEqual([
    ...["<logo>", "街角小店", "退货凭证（无小票）", "<blank>", "退货单号 T01-R000003", "时间 2026-03-02 10:00:05"],
    ...["收银机 T01", "收银员 王芳", "退货原因 商品质量", "-".repeat(32)],
    ...["可口可乐", " -2 × 3.00 -6.00", "-".repeat(32), "退款 ￥6.00", "现金退还 ￥6.00", "-".repeat(32)],
    ...[
      "扣回积分 -6",
      "积分余额 4",
      "-".repeat(32),
      "<blank>",
      "顾客签名 ____________",
      "<blank>",
      "流水校验 01234567",
    ],
  ]);
  const exchange = { saleId: "s", saleNumber: "T01-000009", creditFen: fen(350), backCashFen: fen(250) };
  const exchanged = onPaper({ ...zh.returned, itemName: "zh" }, { ...given, exchange });
  expect(exchanged).toContain("顾客签名 ____________");
  const money = exchanged.slice(exchanged.indexOf("退款 ￥6.00"));
  expect(money.slice(1, 4)).toEqual(["换货销售单 T01-000009", "换货抵扣 ￥3.50", "现金退还 ￥2.50"]);
  const even = { ...exchange, creditFen: fen(600), backCashFen: fen(0) };
  const nothingBack = onPaper({ ...zh.returned, itemName: "zh" }, { ...given, exchange: even });
  expect(nothingBack.filter((line) => /退还|签名/u.test(line))).toEqual([]);
  const taxed = { ...given, lines: given.lines.map((line) => ({ ...line, taxBasisPoints: 1_300, taxFen: fen(69) })) };
  expect(onPaper({ ...zh.returned, itemName: "zh" }, taxed)).toContain("其中税额 13% (6.00) 0.69");
  expect(onPaper({ ...en.returned, itemName: "en" }).join("\n")).toContain("RETURN WITHOUT RECEIPT");
});
