import type { IntentFault } from "#contract/ipc/intents.ts";
import type { ScanMeaning } from "#core/barcode/interpret-scan.ts";
import { labelLine } from "#core/cart/new-line.ts";
import { fail } from "#core/result.ts";
import { addMatch, takeMultiplier } from "#main/till/adding.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { notify, withdrawScanAnswers, type NoticeWords } from "#main/till/notices.ts";
import type { Outcome } from "#main/till/outcome.ts";
import { saleOnPaper } from "#main/till/receipt/sale-on-paper.ts";

/** What a scan that is no payment does: a line, or a sentence that says why not. */
export function answerMeaning(
  till: TillContext,
  meaning: Exclude<ScanMeaning, { kind: "payment-code" }>,
  text: string,
): Outcome {
  switch (meaning.kind) {
    case "item":
      return addByBarcode(till, meaning.barcode);
    case "weighed-label":
      return addByLabel(till, meaning, text);
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
  const match = till.deps.catalog.findByBarcode(barcode);
  if (match !== null) return heed(till, addMatch(till, match), barcode);
  return answerReceipt(till, barcode);
}

/** A receipt is no item, but a shop may number its own goods the same way: an unknown number is looked up as one. */
function answerReceipt(till: TillContext, text: string): Outcome {
  const sale = saleOnPaper(till, text);
  if (sale !== null) return say(till, { kind: "receipt-scanned", saleNumber: sale.saleNumber, saleId: sale.saleId });
  const match = till.deps.catalog.findByBarcode(text);
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

export function say(till: TillContext, words: NoticeWords, fault: IntentFault = { kind: "no-such-item" }): Outcome {
  notify(till, words);
  return fail(fault);
}

export function sayNotSelling(
  till: TillContext,
  why: "signed-out" | "no-shift" | "paying",
  fault: "not-signed-in" | "no-shift" | "payment-under-way",
): Outcome {
  return say(till, { kind: "scan-while-not-selling", why }, { kind: fault });
}

/** A scan has no dialog that could show a fault: what stopped it goes on the strip, what it solved leaves it. */
export function heed(till: TillContext, outcome: Outcome, solved?: string): Outcome {
  if (outcome.ok) {
    withdrawScanAnswers(till, solved);
    return outcome;
  }
  const { fault } = outcome;
  switch (fault.kind) {
    case "cart-full":
      return say(till, { kind: "cart-full" }, fault);
    case "payment-under-way":
      return sayNotSelling(till, "paying", fault.kind);
    case "quantity-out-of-range":
    case "amount-out-of-range":
    case "amount-over-left":
    case "wechat-not-set-up":
    case "weighing-under-way":
      return say(till, { kind: "scan-refused", fault: fault.kind }, fault);
    default:
      return say(till, { kind: "scan-unreadable" }, fault);
  }
}
