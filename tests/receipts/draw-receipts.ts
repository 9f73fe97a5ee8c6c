import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { printerSchema, type PrinterConfig } from "#contract/config/devices.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { ReceiptDocument } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { refundReceipt } from "#core/receipt/refund-receipt.ts";
import { saleReceipt } from "#core/receipt/sale-receipt.ts";
import { shiftReceipt } from "#core/receipt/shift-receipt.ts";
import type { Shift, ShiftClose } from "#core/shift/shift.ts";
import type { ZReport } from "#core/shift/z-report.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { encodeReceipt } from "#native/printer/encode.ts";
import { encodeTestSheet } from "#native/printer/test-sheet.ts";
import type { PaperElement } from "#contract/bench/devices.ts";
import { EscPosDecoder } from "#simulators/printer/escpos-decoder.ts";
import { readGlyphs } from "./glyphs.ts";
import { drawPaper } from "./paper-bitmap.ts";

// node tests/receipts/draw-receipts.ts [FOLDER]: every kind of paper on 58 and 80 mm in both languages, typed by the
// printer and drawn by the till, as PNG pictures of the dots on the paper; docs/images/receipts by default.

const folder = process.argv[2] ?? join(import.meta.dirname, "../../docs/images/receipts");
const glyphs = readGlyphs();
mkdirSync(folder, { recursive: true });
for (const locale of ["zh-CN", "en"] as const) {
  for (const [name, document] of Object.entries(papersOf(locale))) {
    draw(`${name}.${locale}.80mm`, document, configOf("generic-80"));
    draw(`${name}.${locale}.58mm`, document, configOf("generic-58"));
  }
}
draw("sale.zh-CN.80mm-drawn", papersOf("zh-CN").sale, {
  ...configOf("epson-80-latin"),
  qr: "raster",
  barcode: "raster",
});
save("test-sheet", elementsOf(Buffer.concat(encodeTestSheet()), configOf("generic-80")), 576);

function configOf(profile: NonNullable<PrinterConfig["profile"]>): PrinterConfig {
  return printerSchema.parse({ id: "p", transport: { kind: "virtual" }, profile });
}

function draw(name: string, document: ReceiptDocument, config: PrinterConfig): void {
  const bytes = Buffer.concat(encodeReceipt(layOut(document, config.columns), config, null));
  save(name, elementsOf(bytes, config), config.columns * 12);
}

function elementsOf(bytes: Buffer, { columns, chinese }: PrinterConfig): readonly PaperElement[] {
  const elements: PaperElement[] = [];
  const decoder = new EscPosDecoder({ columns, chinese, allowsFourByteChinese: true }, (event) => {
    if (event.kind === "element") elements.push(event.element);
  });
  decoder.feed(bytes);
  return elements;
}

function save(name: string, elements: readonly PaperElement[], areaDots: number): void {
  const margin = 36;
  const paper = drawPaper(elements, areaDots, glyphs);
  const png = new PNG({ width: paper.width + 2 * margin, height: paper.height + 2 * margin });
  png.data.fill(255);
  for (let y = 0; y < paper.height; y += 1) {
    for (let x = 0; x < paper.width; x += 1) {
      if (paper.dots[y * paper.width + x] !== 1) continue;
      const at = ((y + margin) * png.width + x + margin) * 4;
      png.data.fill(24, at, at + 3);
    }
  }
  writeFileSync(join(folder, `${name}.png`), PNG.sync.write(png));
}

function papersOf(locale: Locale): {
  readonly sale: ReceiptDocument;
  readonly refund: ReceiptDocument;
  readonly shift: ReceiptDocument;
} {
  const texts = receiptTexts(locale);
  const isEnglish = locale === "en";
  const store = {
    name: isEnglish ? "Weiguang Convenience" : "微光便利店",
    address: isEnglish ? "88 Nanjing West Road, Shanghai" : "上海市静安区南京西路 88 号",
    phone: "021-5555 0188",
    footer: isEnglish ? "Thank you, see you again" : "谢谢惠顾，欢迎再次光临",
  };
  const marks = { copy: false, training: false };
  const journalHash = "9f2c0a1bdeadbeef";
  const shift = {
    ...{ shiftId: "x", openedAt: "2026-11-22T08:00:00+08:00", openedBy: "u1", openedByName: "王芳" },
    ...{ businessDate: "2026-11-22", floatFen: fen(20_000), closedAt: "2026-11-22T20:00:00+08:00" },
  };
  return {
    sale: saleReceipt(sale(), texts.sale, store, {
      ...marks,
      journalHash,
      qrText: "tillway:T01-000042:2840:9f2c0a1bdeadbeef",
    }),
    refund: refundReceipt(refund(), "T01", texts.refund, store, { ...marks, journalHash }),
    shift: shiftReceipt({ kind: "z", z: zOf(shift, close()) }, texts.shift, store, marks),
  };
}

function sale(): Sale {
  const line: SaleLine = {
    ...{ id: "a", sku: "1", nameZh: "农夫山泉饮用天然水 550ml", nameEn: "Nongfu Spring Water 550ml", categoryId: null },
    ...{
      taxClass: "standard",
      barcode: null,
      source: "scan",
      unit: "piece",
      unitPriceFen: fen(200),
      quantity: pieces(3),
    },
    ...{ labelAmountFen: null, discount: null, lineNumber: 1, grossFen: fen(600), discountFen: fen(100) },
    ...{ saleDiscountShareFen: fen(0), roundingShareFen: fen(0), netFen: fen(500) },
  };
  const [apples, noodles] = [
    { ...line, id: "b", unit: "kg" as const, quantity: milli(845), nameZh: "红富士苹果", nameEn: "Fuji Apples" },
    {
      ...line,
      id: "c",
      nameZh: "康师傅红烧牛肉面经典桶装大食桶家庭分享装",
      nameEn: "Master Kong Braised Beef Noodles, Classic Family Tub",
    },
  ];
  return {
    ...{
      saleId: "s1",
      saleNumber: "T01-000042",
      terminalId: "T01",
      shiftId: "x",
      cashierId: "u1",
      cashierName: "王芳",
    },
    ...{ completedAt: "2026-11-22T19:32:05+08:00", businessDate: "2026-11-22", pieceCount: 6, rounding: "jiao" },
    lines: [
      line,
      { ...apples, unitPriceFen: fen(1_299), grossFen: fen(1_098), discountFen: fen(0), netFen: fen(1_098) },
      {
        ...noodles,
        unitPriceFen: fen(650),
        quantity: pieces(2),
        grossFen: fen(1_300),
        discountFen: fen(0),
        netFen: fen(1_300),
      },
    ],
    ...{
      grossFen: fen(2_998),
      lineDiscountFen: fen(100),
      saleDiscountFen: fen(50),
      roundingFen: fen(8),
      totalFen: fen(2_840),
    },
    tenders: [
      {
        ...{
          kind: "wechat",
          tenderId: "t1",
          amountFen: fen(2_400),
          method: "codepay",
          outTradeNo: "SH01T0126112219A1",
        },
        ...{ transactionId: "4200000891202103228088184743", payerTotalFen: fen(2_200) },
      },
      { kind: "cash", tenderId: "t2", amountFen: fen(440), receivedFen: fen(500), changeFen: fen(60) },
    ],
    changeFen: fen(60),
  };
}

function refund(): SaleRefund {
  return {
    ...{
      refundNo: "T01-000042-R1",
      requestId: "r",
      kind: "cash",
      saleId: "s",
      saleNumber: "T01-000042",
      tenderId: "t",
    },
    ...{ amountFen: fen(1_250), reason: "包装破损", cashierId: "c", cashierName: "王芳", approvedBy: "m" },
    ...{ requestedAt: "2026-11-22T20:01:00+08:00", requestedAtMs: 0, state: "succeeded", gateway: null, handled: null },
    given: { at: "2026-11-22T20:01:05+08:00", businessDate: "2026-11-22" },
  };
}

function zOf(shift: Shift, ended: ShiftClose): ZReport {
  const [before, after] = [
    { salesFen: 1_234_567, refundsFen: 0 },
    { salesFen: 1_358_023, refundsFen: 1_250 },
  ];
  return { number: 42, terminalId: "T01", shift, close: ended, closedByName: "李伟", before, after };
}

function close(): ShiftClose {
  const totals = {
    ...{
      saleCount: 12,
      salesFen: fen(123_456),
      cashFen: fen(23_456),
      wechatFen: fen(90_000),
      staticCodeFen: fen(10_000),
      discountFen: fen(560),
    },
    ...{ refundCount: 1, refundCashFen: fen(1_250), refundWechatFen: fen(0), expectedCashFen: fen(37_206) },
    ...{ payInFen: fen(0), payOutFen: fen(2_000), safeDropFen: fen(3_000), noSaleCount: 1 },
    taxes: [
      {
        ...{ basisPoints: 1_300, amountFen: fen(90_400), taxFen: fen(10_400) },
        ...{ refundFen: fen(1_130), refundTaxFen: fen(130) },
      },
      { basisPoints: 900, amountFen: fen(33_056), taxFen: fen(2_729), refundFen: fen(0), refundTaxFen: fen(0) },
    ],
  };
  const closedAt = "2026-11-22T20:00:00+08:00";
  return { shiftId: "x", closedAt, closedBy: "u2", totals, countedCashFen: fen(42_150), differenceFen: fen(-56) };
}
