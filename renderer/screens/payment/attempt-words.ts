import type { AttemptView } from "#contract/ipc/till-view.ts";
import type { TillText } from "../../i18n/till-texts.ts";

/** The sentence beside the word: why, what is safe, and what comes next. */
export function attemptSentence(attempt: AttemptView, text: TillText): string {
  const { phase, refusedReason, wasRefunded } = attempt;
  if (phase === "refused" && refusedReason !== null) return text(`attempt.refused.${refusedReason}`);
  if (phase === "reversed" && wasRefunded) return text("attempt.phase.reversed-refunded");
  return text(`attempt.phase.${phase}`);
}

/** Why it is not known, for a cashier who is asked; null where nothing went wrong so far. */
export function causeSentence(attempt: AttemptView, text: TillText): string | null {
  const { word, unknownCause } = attempt;
  return word === "not-known" && unknownCause !== null ? text(`attempt.cause.${unknownCause}`) : null;
}
