import { interpretScan } from "#core/barcode/interpret-scan.ts";
import { scanConfirmation } from "#main/till/carried/proving.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome } from "#main/till/outcome.ts";
import { payByCode } from "#main/till/paying.ts";
import { hasUnfinishedAttempt, isTakingPayment } from "#main/till/payment-state.ts";
import type { Scan } from "#main/till/ports/devices.ts";
import { today } from "#main/till/today.ts";
import { answerMeaning } from "#main/till/scan-answers.ts";
import { heed, sayNotSelling } from "#main/till/scan-words.ts";

/** A wedge or a tired hand sends the same payment code twice; the second is not a second customer. */
const repeatedCodeMs = 3_000;

/**
 * Answers one scan with a sound, and a line or a sentence. Scans are taken one at a time in the order they were read;
 * each is on disk before the next is looked at. Focus, dialogs and a busy renderer play no part.
 */
export function createScanAnswerer(till: TillContext): (scan: Scan) => Outcome {
  const { state, deps } = till;
  let lastPaymentScan: string | null = null;

  return (scan) => {
    if (scan.text === lastPaymentScan) return done;
    const outcome = answer(scan);
    state.scanCount += 1;
    till.changed("sale");
    deps.playSound(outcome.ok ? "found" : "unknown");
    return outcome;
  };

  function answer(scan: Scan): Outcome {
    if (state.cashier === null || state.isLocked) return sayNotSelling(till, "signed-out", "not-signed-in");
    if (state.shift === null) return sayNotSelling(till, "no-shift", "no-shift");
    const context = {
      isTakingPayment: isTakingPayment(till),
      labelTemplates: deps.labelTemplates,
      businessDate: today(till),
    };
    const meaning = interpretScan(scan, context);
    if (meaning.kind === "payment-code") return takePaymentCode(scan.text, meaning.authCode);
    if (meaning.kind === "carried-confirmation") return takeConfirmation(scan.text, meaning.digits);
    if (hasUnfinishedAttempt(till)) return sayNotSelling(till, "paying", "payment-under-way");
    return answerMeaning(till, meaning, scan.text.trim());
  }

  function takePaymentCode(text: string, authCode: string): Outcome {
    const outcome = heed(till, payByCode(till, authCode));
    if (outcome.ok) takeOnce(text);
    return outcome;
  }

  /** What has counted would be a replay the next moment, and the cashier sent to look for a fraud. */
  function takeConfirmation(text: string, digits: string): Outcome {
    const outcome = scanConfirmation(till, digits);
    if (outcome.ok) takeOnce(text);
    return outcome;
  }

  function takeOnce(text: string): void {
    lastPaymentScan = text;
    deps.clock.after(repeatedCodeMs, () => {
      // The code is a secret: forgotten as soon as it has served.
      if (lastPaymentScan === text) lastPaymentScan = null;
    });
  }
}
