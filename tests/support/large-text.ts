import type { Page } from "playwright";
import { largeTextWindows, textTroubles } from "./text-fit.ts";

/** The screens of the till as they look at twice the size: with what cannot be read or reached, in both windows. */
export async function largeTextTroubles(page: Page, screen: string): Promise<readonly string[]> {
  const usual = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const troubles: string[] = [];
  for (const { screen: size, width, height } of largeTextWindows) {
    await page.setViewportSize({ width, height });
    await drawn(page);
    for (const trouble of await textTroubles(page, screen)) troubles.push(`${size}: ${trouble}`);
  }
  await page.setViewportSize(usual);
  await drawn(page);
  return troubles;
}

/** Two frames: lists of which only the rows in sight exist look again how much room they have. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/**
 * Screens that are held to twice the text size. The customer's screen is not among them: its figures are drawn for a
 * distance and follow its own size, never the cashier's setting.
 */
export const screensForLargeText: readonly string[] = [
  ...[
    "sign-in",
    "open-shift",
    "open-shift-pieces",
    "sale-empty",
    "sale",
    "sale-search",
    "quantity",
    "discount",
    "hold",
  ],
  ...["rounding", "more", "void-sale", "unknown-item", "expired-pack", "expired-approval", "expired-sold", "held"],
  ...["payment-choose", "payment-cash", "payment-qr", "not-paid", "payment-password", "payment-done"],
  ...["manager-day", "manager-sale", "reports-day", "reports-table", "reports-month", "reports-behind", "reports-none"],
  ...["promotions", "promotion", "sale-promotions", "price", "override", "coupon"],
  ...["member-new", "member-done", "member-find", "member", "sale-member", "members", "member-edit", "member-delete"],
  ...["labels", "labels-category", "labels-strip", "labels-sheet", "labels-scan"],
  ...["stock", "stock-receipt", "stock-receipt-booked", "stock-take", "stock-differences", "stock-item"],
  ...["settings-shop", "settings-shop-wrong-file", "settings-shop-logo", "settings-till", "settings-keys"],
  ...["reconciliation", "reconciliation-refund", "reconciliation-settle", "reconciliation-matched"],
  ...["manager-decisions"],
  ...["goods", "goods-item", "goods-new-wrong", "goods-categories", "goods-export"],
  ...["goods-import", "goods-import-columns", "goods-import-checked", "goods-import-done"],
  ...["settings", "setup-merchant", "setup-wrong-file", "setup-merchant-key", "setup-gateway-key", "setup-protocol"],
  ...["setup-test", "devices", "device-pairing", "device-paired", "devices-trouble", "device-printer"],
  ...["device-test-sheet", "device-pole", "device-scale-line", "device-scale-described", "device-scale"],
  ...["devices-scale", "device-pairing-typed", "self-test"],
  ...["person-add", "person-approval", "people", "rights", "audit", "training-enter", "locked"],
  ...["cash-move", "x-report", "no-sale", "close-shift", "count-again", "variance", "shift-result"],
  ...["manager-shifts", "shift-correction"],
  ...["return-search", "return-nothing-chosen", "return-chosen", "return-some-are-back"],
  ...["exchange-begun", "exchange-back", "exchange-due", "exchange-done"],
  ...["office-address", "office-enrol", "office-enrolled", "office-relay-refused", "office-relay", "office-online"],
  ...["sync-agreed", "office-offline", "sync-offline", "office-stopped", "sync-stopped", "office-decision"],
];
