import type { Fen } from "#core/money/fen.ts";
import { act } from "../../till/desk.ts";
import { createStore } from "../../till/store.ts";

/** The part of a split that WeChat takes next; null is all that is left. Main holds the same for a scanned code. */
export const splitStore = createStore<Fen | null>(null);

/** Tells main first: what the screen says a scan takes must be what it takes. */
export async function setSplit(amountFen: Fen | null): Promise<boolean> {
  const result = await act("set-code-amount", { amountFen });
  if (result.ok) splitStore.set(amountFen);
  return result.ok;
}
