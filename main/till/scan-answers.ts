import type { ScanMeaning } from "#core/barcode/interpret-scan.ts";
import type { Gs1Refusal } from "#core/barcode/gs1/read-gs1.ts";
import { labelLine } from "#core/cart/new-line.ts";
import { readMemberCode } from "#core/members/member-code.ts";
import { takeMemberCode } from "#main/till/members/putting-members.ts";
import { addMatch, takeMultiplier } from "#main/till/adding.ts";
import { findByAnySpelling } from "#main/till/finding-items.ts";
import { addTradeItem } from "#main/till/packs/selling-packs.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import type { NoticeWords } from "#main/till/notices.ts";
import type { Outcome } from "#main/till/outcome.ts";
import { heed, say } from "#main/till/scan-words.ts";
import { otherSaleNumber } from "#main/till/refunds/finding-sales.ts";
import { addCoupon, couponPromotion } from "#main/till/pricing/coupons.ts";
import { saleOnPaper } from "#main/till/receipt/sale-on-paper.ts";

/** What a scan that is no payment does: a line, or a sentence that says why not. */
export function answerMeaning(
  till: TillContext,
  meaning: Exclude<ScanMeaning, { kind: "payment-code" | "carried-confirmation" }>,
  text: string,
): Outcome {
  if (couponPromotion(till, text) !== null) return heed(till, addCoupon(till, { code: text }));
  const memberCode = readMemberCode(text);
  if (memberCode !== null) return heed(till, takeMemberCode(till, memberCode));
  switch (meaning.kind) {
    case "item":
      return addByBarcode(till, meaning.barcode);
    case "weighed-label":
      return addByLabel(till, meaning, text);
    case "trade-item":
      return addTradeItem(till, meaning);
    case "gs1-refused":
      return say(till, gs1Words(meaning.refusal));
    case "sale-number":
      return answerReceipt(till, meaning.saleNumber);
    case "bad-check-digit":
      return say(till, { kind: "bad-check-digit", text: meaning.text });
    case "other-wallet-code":
      return say(till, { kind: "other-wallet-code", wallet: meaning.wallet });
    case "payment-code-too-early":
      return say(till, { kind: "payment-code-too-early" });
    case "unreadable":
      return say(till, { kind: "scan-unreadable" });
  }
}

function addByBarcode(till: TillContext, barcode: string): Outcome {
  const match = findByAnySpelling(till.deps.catalog, barcode);
  if (match !== null) return heed(till, addMatch(till, match), barcode);
  return answerReceipt(till, barcode);
}

/** A receipt is no item, but a shop may number its own goods the same way: an unknown number is looked up as one. */
function answerReceipt(till: TillContext, text: string): Outcome {
  const sale = saleOnPaper(till, text);
  if (sale !== null) return say(till, { kind: "receipt-scanned", saleNumber: sale.saleNumber, saleId: sale.saleId });
  const match = till.deps.catalog.findByBarcode(text);
  const other = match === null ? otherSaleNumber(till, text) : null;
  if (other !== null) return say(till, { kind: "other-receipt-scanned", saleNumber: other, text });
  return match === null ? say(till, { kind: "unknown-barcode", text }) : heed(till, addMatch(till, match), text);
}

function addByLabel(
  till: TillContext,
  label: Extract<ScanMeaning, { kind: "weighed-label" }>,
  barcode: string,
): Outcome {
  const item = till.deps.catalog.findByScaleCode(label.scaleCode);
  if (item === null) return say(till, { kind: "unknown-label-item", scaleCode: label.scaleCode });
  // A label is one pack, whatever was typed before it.
  takeMultiplier(till);
  const line = labelLine(till.deps.newId(), item, { ...label, barcode });
  if (!line.ok) return say(till, { kind: "label-refused", why: line.fault.kind });
  return heed(till, changeCart(till, { kind: "line-added", line: line.value }), label.scaleCode);
}

function gs1Words(refusal: Gs1Refusal): NoticeWords {
  return { kind: "gs1-refused", why: refusal.kind, ai: "ai" in refusal ? refusal.ai : "" };
}
