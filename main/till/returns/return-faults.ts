import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ReturnPlanFault } from "#core/returns/return-plan.ts";
import type { ReturnFault } from "#core/returns/returned-lines.ts";

/** What core refused, as the screens are told it. */
export function asIntentFault(fault: ReturnFault | ReturnPlanFault): IntentFault {
  switch (fault.kind) {
    case "nothing-returned":
      return { kind: "return-nothing" };
    case "no-such-line":
    case "line-twice":
      return { kind: "return-no-such-line" };
    case "quantity-out-of-range":
      return { kind: "quantity-out-of-range" };
    case "over-line":
      return { kind: "return-over-line", lineNumber: fault.lineNumber, remaining: fault.remaining };
    case "nothing-left":
      return { kind: "return-all-back" };
    case "too-soon":
      return { kind: "refund-too-soon", waitMs: fault.waitMs };
  }
}
