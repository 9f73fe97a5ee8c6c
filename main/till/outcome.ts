import type { IntentFault, PlainFaultKind } from "#contract/ipc/intent-faults.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** What a use case answers: done (mostly with nothing to say), or why not in a word the screen has a sentence for. */
export type Outcome<T = null> = Result<T, IntentFault>;

export const done: Outcome = ok(null);

/** A refusal that needs nothing but its kind. */
export function refuse(kind: PlainFaultKind): { readonly ok: false; readonly fault: IntentFault } {
  return fail({ kind });
}
