import type { CarriedOrderAnswer } from "../admin/shapes.ts";
import { dayAndClock } from "./formats.ts";
import type { TextOf } from "./texts.tsx";

/** What to do about a payment on the review list; above all where no refund is offered, and why there is none. */
export function carriedAdvice(
  { why, mayRefund, refundableFromMs }: CarriedOrderAnswer,
  isAdmin: boolean,
  text: TextOf,
): string {
  switch (why) {
    case "not-paid":
      return text("reason.carried-not-paid.next");
    case "trouble":
      return text("carried.trouble.next");
    case "other-request":
      return text("carried.other-request.next");
    case "silent":
      if (!mayRefund) return text("carried.silent.wait", { at: dayAndClock(refundableFromMs ?? 0) });
      return text(isAdmin ? "carried.silent.ask" : "carried.silent.admin");
  }
}
