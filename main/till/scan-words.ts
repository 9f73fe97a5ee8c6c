import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { fail } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { notify, withdrawScanAnswers, type NoticeWords } from "#main/till/notices.ts";
import type { Outcome } from "#main/till/outcome.ts";

/** Says on the strip why a scan did nothing. */
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
    case "stock-short":
      // Said where it was judged, with the way to sell it all the same.
      return outcome;
    case "payment-under-way":
      return sayNotSelling(till, "paying", fault.kind);
    case "quantity-out-of-range":
    case "amount-out-of-range":
    case "amount-over-left":
    case "wechat-not-set-up":
    case "gateway-away":
    case "weighing-under-way":
    case "price-asked":
    case "empty-cart":
    case "coupon-not-now":
    case "coupon-spent":
    case "coupon-already-in-cart":
    case "too-many-coupons":
    case "member-unknown":
      return say(till, { kind: "scan-refused", fault: fault.kind }, fault);
    default:
      return say(till, { kind: "scan-unreadable" }, fault);
  }
}
