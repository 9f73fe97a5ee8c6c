import type { LooseHeardView } from "#contract/ipc/loose-return-intents.ts";
import { milli } from "#core/quantity/quantity.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { Scan } from "#main/till/ports/devices.ts";
import { plainItemView } from "#main/till/reading.ts";
import { goodsOf } from "#main/till/stock/stock-scans.ts";

/** The screen asks several times a second. One that is gone must not keep a scan from the cart for longer. */
const listenMs = 3_000;
/** Between two askings nobody scans more. */
const mostWaiting = 50;

/** Scans while goods are taken back without a receipt. */
export interface LooseScans {
  readonly listenUntilMs: number;
  readonly heard: readonly LooseHeardView[];
}

export const noLooseScans: LooseScans = { listenUntilMs: 0, heard: [] };

/** True for a scan of goods that are taken back: it is no sale. Answered here, with its sound. */
export function isForLooseReturn(till: TillContext, scan: Scan): boolean {
  const { state, deps } = till;
  const { listenUntilMs, heard } = state.looseScans;
  if (deps.clock.now() >= listenUntilMs || state.cashier === null || state.isLocked) return false;
  const answer = heardOf(till, scan);
  if (heard.length < mostWaiting) state.looseScans = { listenUntilMs, heard: [...heard, answer] };
  deps.playSound(answer.kind === "goods" && heard.length < mostWaiting ? "found" : "unknown");
  return true;
}

function heardOf(till: TillContext, scan: Scan): LooseHeardView {
  const found = goodsOf(till, scan);
  if (found === null) return { kind: "unknown" };
  const { item, quantityMilli } = found;
  return { kind: "goods", item: plainItemView(item), quantity: quantityMilli === null ? null : milli(quantityMilli) };
}

/** Listens on. A screen that is opened anew begins without what was scanned before. */
export function listenForLooseReturn(till: TillContext): Outcome<readonly LooseHeardView[]> {
  const { state, deps } = till;
  if (state.shift === null) return refuse("no-shift");
  const nowMs = deps.clock.now();
  const { listenUntilMs, heard } = state.looseScans;
  state.looseScans = { listenUntilMs: nowMs + listenMs, heard: [] };
  return ok(nowMs < listenUntilMs ? heard : []);
}

export function stopListening(till: TillContext): Outcome {
  till.state.looseScans = noLooseScans;
  return done;
}
