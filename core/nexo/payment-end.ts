import type { RefundState } from "#core/refund/refund.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { RefusedReason } from "#core/tender/gateway-answer.ts";
import { isFinished } from "#core/tender/step-attempt.ts";

/** Why an old till's request was not done, in the protocol's own words; docs/LEGACY.md says when each is said. */
export type NotDone =
  | "Aborted"
  | "Busy"
  | "Cancel"
  | "InvalidCard"
  | "LoggedOut"
  | "MessageFormat"
  | "NotAllowed"
  | "NotFound"
  | "PaymentRestriction"
  | "Refusal"
  | "UnavailableDevice"
  | "UnavailableService"
  | "UnreachableHost";

export type PaymentEnd =
  | { readonly kind: "paid"; readonly attempt: Attempt }
  /** Nobody knows yet, or the customer is still to pay. */
  | { readonly kind: "open" }
  | { readonly kind: "not-paid"; readonly condition: NotDone; readonly why: string };

/** What an old till's payment has come to by its attempts alone; `open` also where there is none yet. */
export function endOfPayment(attempts: readonly Attempt[]): PaymentEnd {
  const paid = attempts.find(({ state }) => state === "paid");
  if (paid !== undefined) return { kind: "paid", attempt: paid };
  const last = attempts.at(-1);
  if (last === undefined || !attempts.every(isFinished)) return { kind: "open" };
  return { kind: "not-paid", ...whyNotPaid(last) };
}

function whyNotPaid({ refused, undoReason, wasRefunded }: Attempt): {
  readonly condition: NotDone;
  readonly why: string;
} {
  const back = wasRefunded ? ", and what was paid has gone back" : "";
  if (refused !== null) return { condition: refusals[refused.reason], why: `${refused.reason}${back}` };
  switch (undoReason) {
    case "pay-error":
      return { condition: "Refusal", why: `the customer's side refused${back}` };
    case "cashier":
      return { condition: "Cancel", why: `cancelled at the till${back}` };
    case "restart":
      return { condition: "Cancel", why: `the till started again meanwhile${back}` };
    case "deadline":
    case null:
      return { condition: "Cancel", why: `the customer did not pay in time${back}` };
  }
}

const refusals: Readonly<Record<RefusedReason, NotDone>> = {
  "code-expired": "InvalidCard",
  "code-invalid": "InvalidCard",
  "not-enough-money": "Refusal",
  "card-not-supported": "PaymentRestriction",
  "limit-reached": "PaymentRestriction",
  "merchant-configuration": "UnavailableService",
  "signature-rejected": "UnavailableService",
  "order-closed": "Cancel",
};

export type RefundEnd = "given-back" | "open" | "not-given-back";

/** What a reversal has come to; money that is stuck is in nobody's hands yet, and open. */
export function endOfRefund(state: RefundState): RefundEnd {
  if (state === "succeeded") return "given-back";
  return state === "refused" || state === "closed" ? "not-given-back" : "open";
}
