import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { RefundCapFault } from "#core/refund/refund-caps.ts";

/** What the caps refused, as the screens are told it. */
export function asIntentFault(fault: RefundCapFault): IntentFault {
  switch (fault.kind) {
    case "unknown-tender":
      return { kind: "no-such-tender" };
    case "nothing-asked":
      return { kind: "amount-out-of-range" };
    case "over-tender":
    case "over-sale":
      return { kind: "over-refundable", remainingFen: fault.remainingFen };
    case "not-in-cash":
      return { kind: "refund-same-way" };
    case "too-many-parts":
      return { kind: "refund-too-many" };
    case "too-old":
      return { kind: "refund-too-old" };
    case "too-soon":
      return { kind: "refund-too-soon", waitMs: fault.waitMs };
  }
}
