import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { beforeAll, expect, test } from "vitest";
import { interpretScan } from "#core/barcode/interpret-scan.ts";
import { defaultLabelTemplates } from "#core/barcode/label-template.ts";
import { barsFor } from "#core/label/label-code.ts";
import type { ShelfLabel } from "#core/label/shelf-label.ts";
import { fen } from "#core/money/fen.ts";
import { labelStrip } from "#core/receipt/label-strip.ts";
import { layOut } from "#core/receipt/layout.ts";
import { drawReceipt } from "#native/printer/raster/draw-receipt.ts";
import { pngOf } from "#native/printer/raster/png.ts";
import { barcodeSymbol } from "#renderer/paper/symbol.ts";
import { readBars } from "#tests/support/read-bars.ts";
import words from "../../resources/locales/zh-CN/receipt.json" with { type: "json" };

/* What a customer's price checker, and the till, read off a label: a stranger reads the picture that is printed. */

beforeAll(() => {
  const wasmBinary = readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
});

const codes = ["6901234567892", "96385074", "16901234567899", "A-17", "0036000291452"] as const;

const labelOf = (barcode: string): ShelfLabel => ({
  ...{ sku: barcode, nameZh: "茉莉茶", nameEn: "Tea", unit: "piece", priceFen: fen(450), unitPrice: null, barcode },
  ...{ memberPriceFen: null, offer: null },
});

test.each([48, 32] as const)(
  "every code on a strip of %i columns is read back as it stands in the catalogue",
  async (columns) => {
    const strip = labelStrip(codes.map(labelOf), { ...words.label, itemName: "zh" }, "2026-11-26");
    const [picture] = drawReceipt(layOut(strip, columns), { columns, qr: "raster" });
    if (picture === undefined) throw new Error("nothing was drawn");
    const found = await readBarcodes(new Uint8Array(pngOf(picture)), { maxNumberOfSymbols: 16 });
    expect(found.map(({ text }) => text).toSorted()).toEqual([...codes].toSorted());
  },
);

test.each(codes)("the bars of %s on a sheet are read back, and mean the item to the till", async (code) => {
  const text = await readBars(barcodeSymbol(barsFor(code), code)?.path ?? "");
  expect(text).toBe(code);
  const context = { isTakingPayment: false, labelTemplates: defaultLabelTemplates, businessDate: "2026-11-26" };
  expect(interpretScan({ text: text ?? "", aim: null }, context)).toEqual({ kind: "item", barcode: code });
});
