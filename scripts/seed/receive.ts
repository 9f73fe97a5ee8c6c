import { mostReceiptLines, type ReceiptLine } from "#core/stock/goods-receipt.ts";
import { seedRow, soldPlace } from "./goods.ts";
import { manager, nowIn, type SeedShop } from "./shop.ts";

/** What one line of a delivery brings: so many boxes of a dozen. */
const mostBoxes = 30;
const ofBox = 12_000;

/** A delivery in the morning, written down and booked as stock. @param sales of the day, which say how much is brought */
export function receive(shop: SeedShop, businessDate: string, sales: number): void {
  const { store, chance, clock } = shop;
  const receiptId = chance.id(clock.nowMs);
  const at = nowIn(shop);
  const lines = new Map<string, ReceiptLine>();
  const most = Math.min(mostReceiptLines, 5 + Math.floor(sales * 0.03));
  for (let turn = 0; turn < most; turn += 1) {
    const { sku, nameZh, nameEn, unit } = seedRow(soldPlace(chance, shop.itemCount)).item;
    lines.set(sku, { sku, nameZh, nameEn, unit, quantityMilli: (1 + chance.below(mostBoxes)) * ofBox, costFen: null });
  }
  const head = {
    receiptId,
    supplier: "晨光配送",
    deliveryNote: `DN-${businessDate}`,
    begunAt: at,
    begunByName: manager.name,
  };
  store.saveReceiptDraft({ ...head, lines: [...lines.values()] });
  store.bookReceipt(
    receiptId,
    (draft, openingOf) => ({
      ...draft,
      lines: draft.lines.map((line) => ({ ...line, openingMilli: openingOf(line.sku) })),
      ...{ at, businessDate, cashierId: manager.id, cashierName: manager.name, approvedBy: null },
    }),
    () => null,
  );
}
