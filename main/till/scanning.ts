import type { Sound } from "#contract/ipc/channels.ts";
import { interpretScan, type ScanMeaning } from "#core/barcode/interpret-scan.ts";
import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { TillContext } from "#main/till/context.ts";
import { notify } from "#main/till/notices.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { payByCode } from "#main/till/paying.ts";
import type { Scan } from "#main/till/ports/devices.ts";
import { addItem, hasUnfinishedAttempt, leaveDone, takeMultiplier } from "#main/till/selling.ts";

/** A wedge or a tired hand sends the same payment code twice; the second is not a second customer. */
const repeatedCodeMs = 3_000;

/**
 * Answers one scan with a sound, and a line or a sentence. Scans are taken one at a time in the order they were read;
 * each is on disk before the next is looked at. Focus, dialogs and a busy renderer play no part.
 */
export function createScanAnswerer(till: TillContext): (scan: Scan) => Outcome {
  let lastCode = { text: "", atMs: 0 };

  return (scan) => {
    const outcome = answer(scan);
    till.state.scanCount += 1;
    till.changed("sale");
    till.deps.playSound(soundOf(outcome));
    return outcome;
  };

  function answer(scan: Scan): Outcome {
    const { state, deps } = till;
    if (state.cashier === null) return say({ kind: "scan-while-not-selling", why: "signed-out" });
    if (state.shift === null) return say({ kind: "scan-while-not-selling", why: "no-shift" });
    if (state.payment?.done) leaveDone(till);
    const isTakingPayment = state.payment !== null;
    const meaning = interpretScan(scan, { isTakingPayment, labelTemplates: deps.labelTemplates });
    if (meaning.kind === "payment-code") {
      const isRepeat = meaning.authCode === lastCode.text && scan.atMs - lastCode.atMs < repeatedCodeMs;
      lastCode = { text: meaning.authCode, atMs: scan.atMs };
      return isRepeat ? done : payByCode(till, meaning.authCode);
    }
    if (hasUnfinishedAttempt(till)) return say({ kind: "scan-while-not-selling", why: "paying" });
    return addByMeaning(meaning);
  }

  function addByMeaning(meaning: Exclude<ScanMeaning, { kind: "payment-code" }>): Outcome {
    switch (meaning.kind) {
      case "item":
        return addByBarcode(meaning.barcode);
      case "weighed-label":
        return addByLabel(meaning);
      case "sale-number":
        return say({ kind: "unknown-barcode", text: meaning.saleNumber });
      case "bad-check-digit":
        return say({ kind: "bad-check-digit", text: meaning.text });
      case "other-wallet-code":
        return say({ kind: "other-wallet-code", wallet: meaning.wallet });
      case "payment-code-too-early":
        return say({ kind: "payment-code-too-early" });
      case "unreadable":
        return say({ kind: "scan-unreadable" });
    }
  }

  function addByBarcode(barcode: string): Outcome {
    const match = till.deps.catalog.findByBarcode(barcode);
    if (match === null) return say({ kind: "unknown-barcode", text: barcode });
    const times = takeMultiplier(till) ?? pieces(1);
    const quantity = milli(times * match.count);
    return heed(addItem(till, { item: match.item, source: "scan", barcode, quantity }));
  }

  function addByLabel(label: Extract<ScanMeaning, { kind: "weighed-label" }>): Outcome {
    const item = till.deps.catalog.findByScaleCode(label.scaleCode);
    if (item === null) return say({ kind: "unknown-label-item", scaleCode: label.scaleCode });
    takeMultiplier(till);
    const isByWeight = item.unit === "kg" && label.weightGrams !== null && label.weightGrams > 0;
    const quantity = isByWeight ? milli(label.weightGrams ?? 0) : pieces(1);
    const amount = label.amountFen;
    return heed(
      addItem(till, {
        item,
        source: "weighed-label",
        barcode: null,
        quantity,
        ...(amount === null ? {} : { labelAmountFen: fen(amount) }),
      }),
    );
  }

  function say(words: Parameters<typeof notify>[1]): Outcome {
    notify(till, words);
    return refuse("no-such-item");
  }

  /** A scan has no dialog that could show a fault: what stopped it goes on the strip. */
  function heed(outcome: Outcome): Outcome {
    if (outcome.ok) return outcome;
    if (outcome.fault.kind === "cart-full") return say({ kind: "cart-full" });
    if (outcome.fault.kind === "payment-under-way") return say({ kind: "scan-while-not-selling", why: "paying" });
    return say({ kind: "scan-unreadable" });
  }
}

function soundOf(outcome: Outcome): Sound {
  return outcome.ok ? "found" : "unknown";
}
