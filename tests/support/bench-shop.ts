import { terminalConfigSchema, type TerminalConfig } from "#contract/config/terminal.ts";
import { mod10CheckDigit } from "#core/barcode/check-digit.ts";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";

/** 2 March 2026, 09:00 in the shop. */
export const openingMs = Date.UTC(2026, 2, 2, 1);
export const businessDay = "2026-03-02";
export const paymentCode = "134567890123456789";

export const ean13 = (digits: string): string => `${digits}${mod10CheckDigit(digits)}`;
export const cola = ean13("690100000001");
export const colaSixPack = ean13("690100000002");
export const chips = ean13("690100000003");
export const apples = ean13("690100000004");
/** Sold by weight, with a code on its sticker. */
export const melon = ean13("690100000005");
export const unknownItem = ean13("690199999999");

const base = { categoryId: "all", taxClass: "general", scaleCode: null, isFavourite: false } as const;
export const goods: readonly (Item & {
  readonly barcodes: readonly { readonly barcode: string; readonly count: number }[];
})[] = [
  {
    ...base,
    ...{ sku: "cola", nameZh: "可口可乐 500ml", nameEn: "Coca-Cola 500 ml", unit: "piece", priceFen: fen(350) },
    barcodes: [
      { barcode: cola, count: 1 },
      { barcode: colaSixPack, count: 6 },
    ],
  },
  {
    ...base,
    ...{ sku: "chips", nameZh: "乐事薯片 原味", nameEn: "Lay's Classic", unit: "piece", priceFen: fen(1000) },
    barcodes: [{ barcode: chips, count: 1 }],
  },
  {
    ...base,
    ...{ sku: "apple", nameZh: "苹果", nameEn: "Apples", unit: "kg", priceFen: fen(1299), scaleCode: "00042" },
    barcodes: [{ barcode: apples, count: 1 }],
  },
  {
    ...base,
    ...{ sku: "melon", nameZh: "西瓜", nameEn: "Melon", unit: "kg", priceFen: fen(680), scaleCode: "00043" },
    barcodes: [{ barcode: melon, count: 1 }],
  },
];

export const people = {
  cashier: { id: "c1", name: "林小雨", role: "cashier", pin: "1234" },
  second: { id: "c2", name: "陈晨", role: "cashier", pin: "2345" },
  manager: { id: "m1", name: "王店长", role: "manager", pin: "8888" },
} as const;

/** A shop with a printer, a drawer and WeChat Pay; `changes` replace whole sections. */
export function benchConfig(changes: Partial<TerminalConfig> | undefined): TerminalConfig {
  const config = terminalConfigSchema.parse({
    store: { code: "SZ01", nameZh: "小林便利店", nameEn: "Lin's Store" },
    terminalId: "T01",
    devices: { printer: { id: "p1", transport: { kind: "tcp", host: "127.0.0.1", port: 9100 }, drawer: {} } },
    wechatPay: {
      mchid: "1900000001",
      appid: "wx1234567890abcdef",
      certSerial: "1234567890ABCDEF",
      privateKeyFile: "key.pem",
      publicKeyId: "PUB_KEY_ID_0119000000012026",
      publicKeyFile: "public.pem",
      storeInfo: { outId: "SZ01" },
      notifyUrl: "https://example.com/notify",
    },
  });
  return { ...config, ...changes };
}
