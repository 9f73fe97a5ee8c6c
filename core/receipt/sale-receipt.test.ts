import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import { describe, expect, it } from "vitest";
import type { PaperColumns, ReceiptDocument } from "./document.ts";
import type { ReceiptLabels, StoreHeader } from "./labels.ts";
import { layOut } from "./layout.ts";
import { saleReceipt } from "./sale-receipt.ts";

const store: StoreHeader = { name: "街角小店", address: "上海市南京西路1号", phone: "021-5555", footer: "谢谢惠顾" };

const labels: ReceiptLabels = {
  ...{ itemName: "zh", copyMark: "副本 COPY", trainingMark: "培训 TRAINING", phone: "电话", saleNumber: "单号" },
  ...{ date: "日期", till: "收银机", cashier: "收银员", pieces: "件数", subtotal: "小计", lineDiscount: "优惠" },
  ...{ saleDiscount: "整单优惠", rounding: "抹零", total: "合计", cash: "现金", change: "找零", wechat: "微信支付" },
  ...{ staticCode: "店铺收款码", unverified: "收款未经系统核实" },
  ...{ transactionLastFour: "交易单号尾号", walletDiscount: "微信优惠", customerPaid: "实付", journal: "流水" },
  ...{ lot: "批号", serial: "序列号", expiresOn: "有效期至", bestBefore: "最佳食用期至" },
  ...{ grossWeight: "毛重", tare: "皮重" },
  ...{ originalPrice: "原价", typedPrice: "开放价", saved: "共优惠", memberPrice: "会员价", taxIn: "其中税额" },
  ...{ member: "会员", pointsEarned: "本次积分", pointsSpent: "积分抵扣", pointsBalance: "积分余额" },
};

const line: SaleLine = {
  ...{
    id: "a",
    sku: "1",
    nameZh: "农夫山泉饮用天然水整箱家庭装二十四瓶",
    nameEn: "",
    categoryId: null,
    taxClass: "standard",
  },
  ...{
    barcode: null,
    source: "scan",
    unit: "piece",
    unitPriceFen: fen(200),
    quantity: pieces(3),
    labelAmountFen: null,
  },
  ...{ discount: null, lineNumber: 1, grossFen: fen(600), discountFen: fen(100), saleDiscountShareFen: fen(50) },
  ...{ roundingShareFen: fen(1), netFen: fen(449) },
};

const sale: Sale = {
  ...{
    saleId: "s1",
    saleNumber: "T01-000042",
    terminalId: "T01",
    shiftId: "shift-1",
    cashierId: "u1",
    cashierName: "小王",
  },
  ...{ completedAt: "2026-11-22T19:32:05+08:00", businessDate: "2026-11-22", pieceCount: 4, rounding: "jiao" },
  lines: [
    line,
    {
      ...line,
      id: "b",
      unit: "kg",
      quantity: milli(845),
      nameZh: "苹果",
      unitPriceFen: fen(1_299),
      grossFen: fen(1_098),
      discountFen: fen(0),
    },
  ],
  ...{
    grossFen: fen(1_698),
    lineDiscountFen: fen(100),
    saleDiscountFen: fen(150),
    roundingFen: fen(8),
    totalFen: fen(1_440),
  },
  tenders: [
    {
      ...{ kind: "wechat", tenderId: "t1", amountFen: fen(1_000), method: "codepay", outTradeNo: "SH01T0126112219A1" },
      ...{ transactionId: "4200000891202103228088184743", payerTotalFen: fen(900) },
    },
    { kind: "cash", tenderId: "t2", amountFen: fen(440), receivedFen: fen(500), changeFen: fen(60) },
  ],
  changeFen: fen(60),
};

const options = {
  copy: false,
  training: false,
  journalHash: "9f2c0a1bdeadbeef",
  qrText: "https://shop.example/r/T01-000042",
};

/** The receipt as lines of text, codes in angle brackets. */
function onPaper(document: ReceiptDocument, columns: PaperColumns = 32): readonly string[] {
  return layOut(document, columns).map((printed) => {
    if (printed.kind === "blank") return "";
    if (printed.kind === "logo") return "<logo>";
    return printed.kind === "text" ? printed.text : `<${printed.kind} ${printed.text}>`;
  });
}

describe("the receipt of a sale", () => {
  it("says everything a customer and a refund need, on 58 mm paper", () => {
    expect(onPaper(saleReceipt(sale, labels, store, options))).toEqual([
      "<logo>",
      "街角小店",
      "上海市南京西路1号",
      "电话 021-5555",
      "",
      "单号                  T01-000042",
      "日期         2026-11-22 19:32:05",
      "收银机                       T01",
      "收银员                      小王",
      "--------------------------------",
      "农夫山泉饮用天然水整箱家庭装二十",
      "四瓶",
      "  3 × 2.00                 6.00",
      "  优惠                     -1.00",
      "苹果",
      "  0.845kg × 12.99         10.98",
      "--------------------------------",
      "件数                           4",
      "小计                       15.98",
      "整单优惠                   -1.50",
      "抹零                       -0.08",
      "合计     ￥14.40",
      "微信支付                 ￥10.00",
      "  微信优惠                 -1.00",
      "  实付                    ￥9.00",
      "  交易单号尾号              4743",
      "现金                      ￥5.00",
      "找零                      ￥0.60",
      "--------------------------------",
      "谢谢惠顾",
      "<barcode T01-000042>",
      "<qr https://shop.example/r/T01-000042>",
      "流水 9f2c0a1b",
    ]);
  });

  it("tells lot and dates below the line of a pack, where the shop wants it", () => {
    const pack = { lot: "L1", serial: null, expiresOn: "2026-12-31", bestBefore: null };
    const packed = { ...sale, lines: sale.lines.map((one, at) => (at === 0 ? { ...one, pack } : one)) };
    const paper = onPaper(saleReceipt(packed, labels, store, { ...options, showsPacks: true }));
    expect(paper.slice(paper.indexOf("四瓶") + 1).slice(0, 5)).toEqual([
      "  3 × 2.00                 6.00",
      "  优惠                     -1.00",
      "  批号 L1",
      "  有效期至 2026-12-31",
      "苹果",
    ]);
    expect(onPaper(saleReceipt(packed, labels, store, options))).toEqual(
      onPaper(saleReceipt(sale, labels, store, options)),
    );
  });

  it("tells gross weight and tare of goods weighed in a bag, and of none without one", () => {
    const weighed = (tareGrams: number): readonly string[] => {
      const weighing = { by: "scale", grossGrams: 845 + tareGrams, tareGrams } as const;
      const lines = sale.lines.map((one) => (one.unit === "kg" ? { ...one, weighing } : one));
      return onPaper(saleReceipt({ ...sale, lines }, labels, store, options));
    };
    const paper = weighed(20);
    expect(paper.slice(paper.indexOf("苹果")).slice(0, 3)).toEqual([
      "苹果",
      "  0.845kg × 12.99         10.98",
      "  毛重 0.865kg 皮重 0.020kg",
    ]);
    expect(weighed(0)).toEqual(onPaper(saleReceipt(sale, labels, store, options)));
  });

  it("is marked as a copy and as training at both ends, and only then", () => {
    const marked = onPaper(saleReceipt(sale, labels, store, { ...options, copy: true, training: true }));
    expect(marked.slice(0, 2)).toEqual(["培训 TRAINING", "副本 COPY"]);
    expect(marked.slice(-2)).toEqual(["培训 TRAINING", "副本 COPY"]);
    expect(onPaper(saleReceipt(sale, labels, store, options)).join()).not.toMatch(/COPY|TRAINING/u);
  });

  it("prints the shop's name tall and the total in double size", () => {
    const { elements } = saleReceipt(sale, labels, store, options);
    expect(elements[1]).toEqual({
      kind: "text",
      text: "街角小店",
      align: "center",
      style: { bold: true, heightTimes: 2 },
    });
    const total = { kind: "row", left: "合计", right: "￥14.40", style: { bold: true, widthTimes: 2, heightTimes: 2 } };
    expect(elements).toContainEqual(total);
  });

  it("leaves out what there is not", () => {
    const bare = { ...sale, saleDiscountFen: fen(0), roundingFen: fen(0), tenders: [] };
    const lines = onPaper(
      saleReceipt(
        bare,
        labels,
        { ...store, address: "", phone: "", footer: "" },
        { ...options, journalHash: "", qrText: "" },
      ),
    );
    expect(lines.join("\n")).not.toMatch(/小计|整单优惠|抹零|电话|流水|<qr/u);
  });

  it("never carries the yen sign that derails Chinese printers", () => {
    const named = { ...sale, lines: [{ ...line, nameZh: "¥5 特价" }] };
    expect(onPaper(saleReceipt(named, labels, store, options)).join("\n")).not.toContain("\u00A5");
  });

  it("says below a payment to the shop's printed code that nobody has verified it", () => {
    const code = { kind: "static-code", tenderId: "t", amountFen: sale.totalFen, approvedBy: null } as const;
    const lines = onPaper(saleReceipt({ ...sale, tenders: [code], changeFen: fen(0) }, labels, store, options), 32);
    const at = lines.findIndex((text) => text.startsWith("店铺收款码"));
    expect(lines.slice(at, at + 2).map((text) => text.trim().replaceAll(/ +/g, " "))).toEqual([
      "店铺收款码 ￥14.40",
      "收款未经系统核实",
    ]);
  });

  it("uses the name of the receipt's language, or the other where that one is empty", () => {
    const english = { ...labels, itemName: "en" } as const;
    const named = { ...sale, lines: [{ ...line, nameEn: "Spring water" }, line] };
    const lines = onPaper(saleReceipt(named, english, store, options), 48);
    expect(lines).toContain("Spring water");
    expect(lines).toContain(line.nameZh);
  });
});
