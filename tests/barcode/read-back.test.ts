import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import bwip from "bwip-js/node";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { beforeAll, describe, expect, it } from "vitest";
import { interpretScan, type ScanMeaning } from "#core/barcode/interpret-scan.ts";
import { defaultLabelTemplates } from "#core/barcode/label-template.ts";
import { spellingsOf } from "#core/barcode/spellings.ts";

/**
 * Two strangers as witnesses: bwip-js draws each symbol, zxing reads the picture back with its AIM identifier, and what
 * comes out of that is what the till is asked about. Nothing here is spelled by the code under test.
 */
beforeAll(() => {
  const wasmBinary = readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
});

const gtin = "09521234543213";
const lotted = {
  ...{ kind: "trade-item", gtin, weightGrams: null, amountFen: null, count: null },
  pack: { lot: "LOT1", serial: null, expiresOn: "2026-12-31", bestBefore: null },
};
const weighed = {
  ...{ kind: "trade-item", gtin: "99521234543216", weightGrams: 1750, amountFen: 1098, count: null },
  pack: { lot: "L7", serial: null, expiresOn: null, bestBefore: "2026-11-30" },
};
const label = "(01)09521234543213(10)LOT1(17)261231";
const weighedLabel = "(01)99521234543216(3103)001750(3922)1098(10)L7(15)261130";

type Row = readonly [bcid: string, text: string, aim: string, expected: ScanMeaning | object];

const rows: readonly Row[] = [
  ["ean13", "6901234567892", "]E0", { kind: "item", barcode: "6901234567892" }],
  ["ean8", "96385074", "]E4", { kind: "item", barcode: "96385074" }],
  ["upca", "036000291452", "]E0", { kind: "item", barcode: "0036000291452" }],
  ["upce", "04252614", "]E0", { kind: "item", barcode: "0042100005264" }],
  ["code128", "A-17", "]C0", { kind: "item", barcode: "A-17" }],
  ["interleaved2of5", "16901234567899", "]I1", { kind: "item", barcode: "16901234567899" }],
  [
    "code128",
    "261234501234017500",
    "]C0",
    {
      ...{ kind: "weighed-label", template: "amount-weight-18", scaleCode: "12345" },
      ...{ amountFen: 1234, weightGrams: 1750 },
    },
  ],
  ["qrcode", "134567890123456789", "]Q1", { kind: "payment-code-too-early" }],
  ["code128", "134567890123456789", "]C0", { kind: "payment-code-too-early" }],
  ["gs1-128", label, "]C1", lotted],
  ["gs1datamatrix", label, "]d2", lotted],
  ["gs1qrcode", label, "]Q3", lotted],
  ["databarexpanded", label, "]e0", lotted],
  ["databarexpandedstacked", label, "]e0", lotted],
  [
    "databaromni",
    `(01)${gtin}`,
    "]e0",
    { kind: "trade-item", gtin, weightGrams: null, amountFen: null, count: null, pack: null },
  ],
  [
    "databarlimited",
    `(01)${gtin}`,
    "]e0",
    { kind: "trade-item", gtin, weightGrams: null, amountFen: null, count: null, pack: null },
  ],
  ["gs1-128", weighedLabel, "]C1", weighed],
  ["databarexpanded", weighedLabel, "]e0", weighed],
  ["gs1datamatrix", weighedLabel, "]d2", weighed],
  ["qrcode", `https://example.com/01/${gtin}/10/LOT1?17=261231`, "]Q1", lotted],
  ["datamatrix", `https://example.com/01/${gtin}/10/LOT1?17=261231`, "]d1", lotted],
  [
    "qrcode",
    "weixin://wxpay/bizpayurl?pr=abcdef",
    "]Q1",
    { kind: "item", barcode: "weixin://wxpay/bizpayurl?pr=abcdef" },
  ],
];

describe("a drawn and read symbol", () => {
  it.each(rows)("%s of %s", async (bcid, text, aim, expected) => {
    const read = await drawAndRead(bcid, text);
    expect(read.aim).toBe(aim);
    const context = { isTakingPayment: false, labelTemplates: defaultLabelTemplates, businessDate: "2026-11-26" };
    expect(interpretScan(read, context)).toEqual(expected);
  });

  it("of a DataBar names the same article as the EAN-13 beside it", async () => {
    const bar = await drawAndRead("databaromni", "(01)06901234567892");
    const ean = await drawAndRead("ean13", "6901234567892");
    expect(spellingsOf(bar.text.slice(2))).toContain(ean.text);
  });
});

async function drawAndRead(bcid: string, text: string): Promise<{ readonly text: string; readonly aim: string }> {
  const png = await bwip.toBuffer({ bcid, text, scale: 3, padding: 12, backgroundcolor: "FFFFFF" });
  const [found] = await readBarcodes(new Uint8Array(png), { tryHarder: true, textMode: "Plain" });
  if (found === undefined) throw new Error(`zxing cannot read the ${bcid} of ${text}`);
  return { text: found.text, aim: found.symbologyIdentifier };
}
