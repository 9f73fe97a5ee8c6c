import type { IntentFault } from "#contract/ipc/intents.ts";
import { formatClock, type ClockPlace } from "./formats.ts";
import type { TillText } from "./till-texts.ts";

/** Why an intent was refused, in the cashier's language, with what to do next. */
export function faultText(fault: IntentFault, text: TillText, place: ClockPlace): string {
  switch (fault.kind) {
    case "wrong-pin":
      return text("fault.wrong-pin", { tries: fault.triesLeft });
    case "locked":
      return text("fault.locked", { time: formatClock(fault.untilMs, place) });
    case "cart-full":
      return text("fault.cart-full", { limit: fault.limit });
    default:
      return text(`fault.${fault.kind}`);
  }
}
