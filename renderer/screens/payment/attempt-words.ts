import type { AttemptView } from "#contract/ipc/till-view.ts";
import type { TillText } from "../../i18n/till-texts.ts";

/** The sentence beside the word: why, what is safe, and what comes next. */
export function attemptSentence(attempt: AttemptView, text: TillText): string {
  const { kind, phase, refusedReason, wasRefunded } = attempt;
  if (phase === "refused" && refusedReason !== null) return text(`attempt.refused.${refusedReason}`);
  if (phase === "reversed" && wasRefunded) return text("attempt.phase.reversed-refunded");
  if (phase === "reversed" && kind === "native") return text("attempt.phase.closed");
  return text(`attempt.phase.${phase}`);
}

/** What happens without anybody doing anything; null for an attempt that has ended. */
export function nextSentence({ word, phase }: AttemptView, text: TillText): string | null {
  if (word !== "not-known") return null;
  switch (phase) {
    case "cancelling":
    case "needs-manager":
    case "qr-shown":
      return text(`attempt.next.${phase}`);
    default:
      return text("attempt.next.waiting");
  }
}

/** Why it is not known, or why it is being taken back; null where nothing went wrong so far. */
export function causeSentence(attempt: AttemptView, text: TillText): string | null {
  const { word, phase, refusedReason, unknownCause } = attempt;
  // A refusal is told at once, though its order is reversed to be sure: the customer is still there to be told.
  if (phase === "cancelling" && refusedReason !== null) return text(`attempt.refused.${refusedReason}`);
  return word === "not-known" && unknownCause !== null ? text(`attempt.cause.${unknownCause}`) : null;
}
