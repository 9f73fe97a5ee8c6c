import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { newRefund } from "#core/refund/step-refund.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import zh from "../../resources/locales/zh-CN/receipt.json" with { type: "json" };
import en from "../../resources/locales/en/receipt.json" with { type: "json" };
import { layOut } from "./layout.ts";
import { refundReceipt } from "./refund-receipt.ts";

const store = { name: "街角小店", address: "", phone: "", footer: "谢谢惠顾" };
const options = { copy: false, training: false, journalHash: "0123456789abcdef" };
const cash: SaleRefund = {
  ...{ refundNo: "T01-000042-R1", requestId: "r", kind: "cash", saleId: "s", saleNumber: "T01-000042", tenderId: "t" },
  ...{ amountFen: fen(1_250), reason: "退货", cashierId: "c", cashierName: "王芳", approvedBy: "m" },
  ...{ requestedAt: "2026-03-02T10:00:00+08:00", requestedAtMs: 0, state: "succeeded", gateway: null, handled: null },
  given: { at: "2026-03-02T10:00:05+08:00", businessDate: "2026-03-02" },
};
const machine = newRefund({
  ...{ outRefundNo: "OTN1R1", outTradeNo: "OTN1", transactionId: null, saleId: "s", tenderId: "t" },
  ...{ amountFen: fen(1_250), totalFen: fen(2_000), reason: "", nowMs: 0 },
});
const facts = { refundId: "50300001239876", payerRefundFen: fen(1_000), createTime: null, successTime: null };
const byPhone: SaleRefund = { ...cash, kind: "wechat", refundNo: "OTN1R1", gateway: { ...machine, facts } };

const onPaper = (refund: SaleRefund, labels = zh.refund) =>
  layOut(refundReceipt(refund, "T01", labels, store, options), 32).map((line) =>
    line.kind === "text" ? line.text.replaceAll(/ +/gu, " ") : `<${line.kind}>`,
  );

describe("the paper of a refund", () => {
  it("in cash names the sale, the amount and the reason, and has room for the customer's name", () => {
    expect(onPaper(cash)).toEqual([
      ...["<logo>", "街角小店", "退款单", "<blank>", "原单号 T01-000042", "退款单号 T01-000042-R1"],
      ...["时间 2026-03-02 10:00:05", "收银机 T01", "收银员 王芳", "退款原因 退货", "-".repeat(32)],
      ...[
        "退款 ￥12.50",
        "现金退还 ￥12.50",
        "-".repeat(32),
        "<blank>",
        "顾客签名 ____________",
        "<blank>",
        "<barcode>",
        "流水校验 01234567",
      ],
    ]);
  });

  it("by phone says what reaches the customer's account, and the gateway's last four digits", () => {
    const lines = onPaper(byPhone, en.refund);
    expect(lines).toContain("WeChat Pay ￥12.50");
    expect(lines).toContain(" Customer receives ￥10.00");
    expect(lines).toContain(" WeChat refund ends in 9876");
    expect(lines.join("\n")).not.toContain("Customer ____");
  });
});
