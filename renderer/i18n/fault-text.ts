import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { formatClock, formatMoney, type ClockPlace } from "./formats.ts";
import { localName } from "./locale.tsx";
import type { TillText } from "./till-texts.ts";

/** Whole pieces, or kilograms to the gram. */
function quantityOf(thousandths: number): string {
  return formatQuantity(milli(thousandths), thousandths % 1_000 === 0 ? "piece" : "kg");
}

/** Why an intent was refused, in the cashier's language, with what to do next. */
export function faultText(fault: IntentFault, text: TillText, place: ClockPlace): string {
  switch (fault.kind) {
    case "wrong-pin":
      return text("fault.wrong-pin", { tries: fault.triesLeft });
    case "locked":
      return text("fault.locked", { time: formatClock(fault.untilMs, place) });
    case "cart-full":
      return text("fault.cart-full", { limit: fault.limit });
    case "carried-refused": {
      const sentence = `${text(`carried.refused.${fault.why}`)} ${text(`carried.refused.${fault.why}.next`)}`;
      return fault.why === "code" ? `${sentence} ${text("carried.tries-left", { tries: fault.triesLeft })}` : sentence;
    }
    case "over-refundable":
      return text("fault.over-refundable", { amount: formatMoney(fault.remainingFen) });
    case "setup-bound":
      return text("fault.setup-bound", { count: fault.money.length });
    case "refund-too-soon":
      return text("fault.refund-too-soon", { seconds: Math.ceil(fault.waitMs / 1_000) });
    case "held-taken-by":
      return text("fault.held-taken-by", { till: fault.terminalId });
    case "held-kept":
      return text(`fault.held-kept.${fault.why}`);
    case "return-over-line":
      return text("fault.return-over-line", { line: fault.lineNumber, remaining: quantityOf(fault.remaining) });
    case "item-code-taken":
      return text("fault.item-code-taken", { code: fault.code, sku: fault.sku });
    case "stock-short":
      return text("fault.stock-short", { name: localName(fault, place.locale) });
    case "price-above-present":
      return text("fault.price-above-present", {
        name: localName(fault, place.locale),
        price: formatMoney(fault.presentFen),
      });
    case "price-outside-limits": {
      const min = formatMoney(fault.minFen);
      if (fault.maxFen === null) return text("fault.price-outside-limits.from", { min });
      return text("fault.price-outside-limits", { min, max: formatMoney(fault.maxFen) });
    }
    case "category-in-use":
      return text("fault.category-in-use", { count: fault.itemCount });
    default:
      return text(`fault.${fault.kind}`);
  }
}
