import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { StockHeardView } from "#contract/ipc/stock-intents.ts";
import { interpretScan } from "#core/barcode/interpret-scan.ts";
import { labelLine } from "#core/cart/new-line.ts";
import type { Item } from "#core/catalog/item.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { findByAnySpelling, findByGtin } from "#main/till/finding-items.ts";
import { done, type Outcome } from "#main/till/outcome.ts";
import type { Scan } from "#main/till/ports/devices.ts";
import { today } from "#main/till/today.ts";
import { count } from "./counting.ts";
import { addToReceipt } from "./receiving.ts";
import { mayBegin } from "./stock-rights.ts";

/** The page asks several times a second. One that is gone or hidden must not keep a scan from the cart for longer. */
const listenMs = 3_000;
/** Of an unknown code, as much as is read from a screen. */
const mostShown = 40;

/** From here on scans are of this receipt or take; answers what the last one did. */
export function listen(till: TillContext, { to, id }: IntentArgs<"stock-listen">): Outcome<StockHeardView> {
  const begun = mayBegin(till, to === "receipt" ? "receive-goods" : "count-stock");
  if (!begun.ok) return begun;
  const { stock } = till.state;
  const isOther = stock.listening?.to !== to || stock.listening.id !== id;
  stock.listening = { to, id, untilMs: till.deps.clock.now() + listenMs };
  // A page that is opened anew begins without the last one's scan.
  if (isOther) stock.heard = { ...stock.heard, last: null };
  return ok(stock.heard);
}

export function unlisten(till: TillContext): Outcome {
  till.state.stock.listening = null;
  return done;
}

/** True for a scan that is not meant to sell: goods are being received or counted. It is answered here, with its sound. */
export function heardForStock(till: TillContext, scan: Scan): boolean {
  const { state, deps } = till;
  const { listening } = state.stock;
  if (listening === null || deps.clock.now() >= listening.untilMs) return false;
  if (state.cashier === null || state.isLocked) return false;
  const last = answer(till, listening, scan);
  state.stock.heard = { ...state.stock.heard, turn: state.stock.heard.turn + 1, last };
  deps.playSound(last?.kind === "taken" || last?.kind === "to-weigh" ? "found" : "unknown");
  return true;
}

function answer(
  till: TillContext,
  { to, id }: { readonly to: "receipt" | "take"; readonly id: string },
  scan: Scan,
): StockHeardView["last"] {
  const found = goodsOf(till, scan);
  if (found === null) return { kind: "unknown", text: scan.text.trim().slice(0, mostShown) };
  const { sku, nameZh, nameEn, unit } = found.item;
  const { quantityMilli } = found;
  if (quantityMilli === null) return { kind: "to-weigh", sku, nameZh, nameEn, unit };
  const outcome: Outcome<unknown> =
    to === "receipt"
      ? addToReceipt(till, { receiptId: id, sku, quantityMilli })
      : count(till, { takeId: id, sku, quantityMilli, isMore: true });
  if (outcome.ok) return { kind: "taken", sku, nameZh, nameEn, unit, quantityMilli };
  return { kind: "refused", why: outcome.fault.kind };
}

/** What was scanned and how much of it: a pack counts its pieces, a label says its weight; null has to be weighed. */
export function goodsOf(
  till: TillContext,
  scan: Scan,
): { readonly item: Item; readonly quantityMilli: number | null } | null {
  const { catalog, labelTemplates } = till.deps;
  const meaning = interpretScan(scan, { isTakingPayment: false, labelTemplates, businessDate: today(till) });
  switch (meaning.kind) {
    case "weighed-label": {
      const item = catalog.findByScaleCode(meaning.scaleCode);
      if (item === null) return null;
      const line = labelLine("", item, { ...meaning, barcode: scan.text });
      return line.ok ? { item, quantityMilli: line.value.quantity } : null;
    }
    case "trade-item": {
      const match = findByGtin(catalog, meaning.gtin);
      if (match === null) return null;
      const { item, count: pieces } = match;
      if (item.unit === "kg") return { item, quantityMilli: meaning.weightGrams };
      return { item, quantityMilli: pieces * (meaning.count ?? 1) * 1_000 };
    }
    // A shop may number its goods as receipts are numbered.
    case "sale-number":
    case "item": {
      const match = findByAnySpelling(catalog, meaning.kind === "item" ? meaning.barcode : meaning.saleNumber);
      if (match === null) return null;
      return { item: match.item, quantityMilli: match.item.unit === "kg" ? null : match.count * 1_000 };
    }
    default:
      return null;
  }
}
