import type { ShopRefunds } from "#main/till/ports/shop-refunds.ts";

/** A till that gives back its own sales as it always did, for tests of something else. */
export const noShopRefunds: ShopRefunds = {
  isOpen: () => false,
  lookUp: async () => null,
  grant: async () => null,
  receiptCode: () => null,
  readReceipt: () => ({ ok: false, fault: "unknown-till" }),
};
