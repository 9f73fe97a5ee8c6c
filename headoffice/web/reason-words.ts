import { dayAndClock } from "./formats.ts";
import type { TextKey, TextOf } from "./texts.tsx";

const known = {
  "signature-of-other-key": "reason.signature-of-other-key",
  "epoch-not-opened": "reason.epoch-not-opened",
  "epoch-without-past": "reason.epoch-without-past",
  "epoch-past-missing": "reason.epoch-past-missing",
  "epoch-past-differs": "reason.epoch-past-differs",
  "epoch-leaves-entries": "reason.epoch-leaves-entries",
  fork: "reason.fork",
  "sale-behind-fork": "reason.sale-behind-fork",
  "unknown-kind": "reason.unknown-kind",
  "unknown-version": "reason.unknown-version",
  "unreadable-body": "reason.unreadable-body",
  "other-terminal": "reason.other-terminal",
  "sums-differ": "reason.sums-differ",
  "sale-id-repeated": "reason.sale-id-repeated",
  "sale-number-repeated": "reason.sale-number-repeated",
  "sold-by-two-tills": "reason.sold-by-two-tills",
  "refund-no-repeated": "reason.refund-no-repeated",
  "refund-given-twice": "reason.refund-given-twice",
  "refund-over-sale": "reason.refund-over-sale",
  "shift-repeated": "reason.shift-repeated",
  "shift-unknown": "reason.shift-unknown",
  "taking-unknown": "reason.taking-unknown",
  "carried-not-paid": "reason.carried-not-paid",
  "carried-other-request": "reason.carried-other-request",
  "clock-jumped": "reason.clock-jumped",
} as const satisfies Record<string, TextKey>;

const advice: Readonly<Record<string, TextKey>> = {
  fork: "reason.fork.next",
  "sale-behind-fork": "reason.sale-behind-fork.next",
  "sold-by-two-tills": "reason.sold-by-two-tills.next",
  "epoch-leaves-entries": "reason.epoch-leaves-entries.next",
  "carried-not-paid": "reason.carried-not-paid.next",
  "clock-jumped": "reason.clock-jumped.next",
};

/** What to do about it, where that is not plain; null elsewhere. */
export function reasonAdvice(reason: string, text: TextOf): string | null {
  const key = Object.hasOwn(advice, reason) ? advice[reason] : undefined;
  return key === undefined ? null : text(key);
}

/** What an entry was flagged for, in words; a reason of a later server by its own name. */
export function reasonWords(reason: string, text: TextOf): string {
  const key = Object.entries(known).find(([name]) => name === reason)?.[1];
  return key === undefined ? text("reason.other", { reason }) : text(key);
}

/** What an entry's detail says to a person: a changed clock by this browser's time, everything else as it was written. */
export function reasonDetail(reason: string, detail: string, text: TextOf): string {
  const [fromMs = Number.NaN, toMs = Number.NaN] = detail.split(" → ").map((time) => Date.parse(time));
  if (reason !== "clock-jumped" || Number.isNaN(fromMs) || Number.isNaN(toMs)) return detail;
  const times = { from: dayAndClock(fromMs), to: dayAndClock(toMs) };
  return text(toMs < fromMs ? "reason.clock-jumped.back" : "reason.clock-jumped.forward", times);
}
