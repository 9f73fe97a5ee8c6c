import type { DayView, SaleDetailView, SaleRowView } from "#contract/ipc/manager-view.ts";
import { applyCartEvent } from "#core/cart/apply.ts";
import { emptyCart, type Cart, type CartLine } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { saleReceipt } from "#core/receipt/sale-receipt.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import type { Sale } from "#core/sale/sale.ts";
import zhReceipt from "../../resources/locales/zh-CN/receipt.json" with { type: "json" };

const journalHash = "9f3a1c7e5b20d4486aa1c3f2e7d90b11c5a8f0e2d4b6978812aa34bb56cc78dd";
const store = {
  name: "蜂鸟便利 · 人民路店",
  address: "云溪市青禾区人民路 218 号一层",
  phone: "0000-6218 0218",
  footer: "谢谢惠顾，欢迎再来\n七日内凭小票退换（生鲜、熟食、烟酒除外）",
};

/** A sale of everything a receipt can hold: weighed, discounted, long names, both tenders. */
export function sampleSale(): Sale {
  let cart: Cart = emptyCart("s-42");
  const add = (line: Partial<CartLine> & Pick<CartLine, "id" | "nameZh" | "nameEn" | "unitPriceFen">): void => {
    const whole: CartLine = {
      sku: line.id,
      categoryId: "drinks",
      taxClass: "general",
      barcode: null,
      source: "scan",
      unit: "piece",
      quantity: pieces(1),
      labelAmountFen: null,
      discount: null,
      ...line,
    };
    const added = applyCartEvent(cart, { kind: "line-added", line: whole });
    if (!added.ok) throw new Error(added.fault.kind);
    cart = added.value;
  };
  add({ id: "1", nameZh: "可口可乐 500ml", nameEn: "Coca-Cola 500 ml", unitPriceFen: fen(350), quantity: pieces(2) });
  add({
    id: "2",
    nameZh: "红富士苹果",
    nameEn: "Fuji Apple",
    unitPriceFen: fen(1_380),
    quantity: milli(845),
    unit: "kg",
  });
  add({
    id: "3",
    nameZh: "乐事原味薯片 75g",
    nameEn: "Lay's Potato Chips Original 75 g",
    unitPriceFen: fen(650),
    quantity: pieces(2),
    discount: { kind: "amount", amountFen: fen(325) },
  });
  add({
    id: "4",
    nameZh: "蒙牛特仑苏有机纯牛奶梦幻盖高端礼盒装家庭分享装",
    nameEn: "Telunsu",
    unitPriceFen: fen(6_990),
  });
  const totals = priceCart(cart);
  const wechatFen = totals.totalFen - 2_000;
  const completed = completeSale({
    cart,
    totals,
    tenders: [
      { kind: "cash", tenderId: "t1", amountFen: fen(2_000), receivedFen: fen(2_000), changeFen: fen(0) },
      {
        kind: "wechat",
        tenderId: "t2",
        amountFen: fen(wechatFen),
        method: "codepay",
        outTradeNo: "T0120261122A1B2C3",
        transactionId: "4200001234202611221234567890",
        payerTotalFen: fen(wechatFen),
      },
    ],
    saleNumber: "T01-000042",
    terminalId: "T01",
    shiftId: "shift-7",
    cashier: { id: "c1", name: "王芳" },
    completedAt: "2026-11-22T14:32:05+08:00",
    businessDate: "2026-11-22",
  });
  if (!completed.ok) throw new Error("the sample completes");
  return completed.value;
}

export function sampleReceipt(columns: 48 | 32): readonly PrintLine[] {
  const sale = sampleSale();
  const document = saleReceipt(sale, { ...zhReceipt.sale, itemName: "zh" }, store, {
    copy: false,
    training: false,
    journalHash,
    qrText: `tillway:${sale.saleNumber}:${sale.totalFen}:${journalHash.slice(0, 16)}`,
  });
  return layOut(document, columns);
}

export function sampleDetail(columns: 48 | 32): SaleDetailView {
  return { sale: sampleSale(), journalHash, receipt: { columns, lines: sampleReceipt(columns) } };
}

const hours = [0, 0, 0, 0, 0, 0, 3, 21, 38, 17, 14, 22, 47, 31, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0] as const;

export function sampleDay(isEmpty: boolean): DayView {
  const byHour = isEmpty
    ? []
    : hours.flatMap((saleCount, hour) =>
        saleCount === 0 ? [] : [{ hour, saleCount, salesFen: fen(saleCount * 2_137) }],
      );
  const salesFen = byHour.reduce((sum, row) => sum + row.salesFen, 0);
  const cashFen = isEmpty ? 0 : 98_450;
  const saleCount = byHour.reduce((sum, row) => sum + row.saleCount, 0);
  return {
    businessDate: "2026-11-22",
    saleCount,
    salesFen: fen(salesFen),
    cashFen: fen(cashFen),
    wechatFen: fen(salesFen - cashFen),
    discountFen: fen(isEmpty ? 0 : 12_340),
    byHour,
    shift: {
      shiftId: "shift-7",
      totals: {
        saleCount,
        salesFen: fen(salesFen),
        cashFen: fen(cashFen),
        wechatFen: fen(salesFen - cashFen),
        discountFen: fen(isEmpty ? 0 : 12_340),
        expectedCashFen: fen(30_000 + cashFen),
      },
    },
    journal: { epoch: "T01-1", lastSeq: 1_834, lastHash: journalHash, waiting: 209 },
  };
}

/** `count` sales of the day, newest first; the caller pages through them as main would. */
export function sampleRows(count: number): readonly SaleRowView[] {
  return Array.from({ length: count }, (_, index) => {
    const number = count - index;
    const minute = 420 + Math.floor((number * 452) / count);
    return {
      saleId: `s-${number}`,
      saleNumber: `T01-${String(number).padStart(6, "0")}`,
      completedAt: `2026-11-22T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:05+08:00`,
      cashierName: number % 3 === 0 ? "李雷" : "王芳",
      lineCount: 1 + (number % 9),
      totalFen: fen(number % 17 === 0 ? 99_999_999 : 250 + ((number * 733) % 9_000)),
      tenderKinds: number % 11 === 0 ? ["cash", "wechat"] : number % 3 === 0 ? ["cash"] : ["wechat"],
    } as const;
  });
}
