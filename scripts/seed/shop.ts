import type { Cashier } from "#core/access/role.ts";
import type { PrintLine, ReceiptDocument } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import type { Sale } from "#core/sale/sale.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { Shift } from "#core/shift/shift.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { headerOf } from "#main/till/receipt/store-header.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import type { Chance } from "./chance.ts";
import type { SeedTill } from "./tills.ts";

/** The shop as its terminal.json has it. */
export const shopStore = {
  ...{ code: "S01", nameZh: "蜂鸟超市 · 人民路店", nameEn: "Hummingbird Market" },
  ...{ address: "青禾区人民路 218 号", phone: "0000-6218 0218", utcOffsetMinutes: 480 },
  ...{ footerZh: "谢谢惠顾，欢迎再次光临", footerEn: "Thank you, see you again" },
};
export const shopTerminalId = "T01";
/** The tax rates the shop names. */
export const shopTaxRates = [
  { taxClass: "general", basisPoints: 1_300 },
  { taxClass: "reduced", basisPoints: 900 },
];

/** Whoever works there, with the PIN they sign in with. */
export const shopPeople: readonly { readonly cashier: Cashier; readonly pin: string }[] = [
  { cashier: { id: "cashier-1", name: "林小雨", role: "cashier" }, pin: "1234" },
  { cashier: { id: "cashier-2", name: "陈志远", role: "cashier" }, pin: "2345" },
  { cashier: { id: "cashier-3", name: "赵敏", role: "cashier" }, pin: "3456" },
  { cashier: { id: "cashier-4", name: "孙立", role: "cashier" }, pin: "4567" },
  { cashier: { id: "manager-1", name: "王店长", role: "manager" }, pin: "8888" },
];

/** A shop while its year goes by. */
export interface SeedShop {
  readonly store: OpenSalesStore;
  /** What writes the sales; all else is the store's. */
  readonly till: SeedTill;
  readonly chance: Chance;
  readonly itemCount: number;
  /** Ids of the members. */
  readonly members: readonly string[];
  /** What a paper calls them. */
  readonly labels: ReadonlyMap<string, string>;
  /** Points by member; the store checks each sale against its own sum. */
  readonly points: Map<string, number>;
  /** What the store takes for the time. */
  readonly clock: { nowMs: number };
  /** Sales that goods may still come back of: the latest ones. */
  readonly recent: Sale[];
}

export interface OpenShift {
  readonly shift: Shift;
  readonly cashier: Cashier;
}

/** The moment of the shop as it stands in sales and journal: RFC 3339 with the shop's offset. */
export const nowIn = ({ clock }: Pick<SeedShop, "clock">): string => localIso(clock.nowMs, shopStore.utcOffsetMinutes);

export const texts = receiptTexts("zh-CN");
export const header = headerOf(shopStore, "zh-CN");
export const manager: Cashier = { id: "manager-1", name: "王店长", role: "manager" };

/** A paper as a print job stores it. */
export function onPaper(document: ReceiptDocument): string {
  const lines: readonly PrintLine[] = layOut(document, 48);
  return JSON.stringify(lines);
}
