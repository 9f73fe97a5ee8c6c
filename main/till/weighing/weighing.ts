import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { LineWeighing } from "#core/cart/cart.ts";
import { weighedLine } from "#core/cart/new-line.ts";
import { isSellable } from "#core/quantity/quantity.ts";
import { freshMs, hasTrayChanged } from "#core/weighing/judge-tray.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog, hasUnfinishedAttempt } from "#main/till/payment-state.ts";
import type { Weight } from "#main/till/ports/devices.ts";
import { endWeighing, type Weighing } from "#main/till/weighing/weighing-state.ts";
import { trayState, weighingView } from "#main/till/weighing/weighing-view.ts";

/** Asks for the weight of an item. The item on the scale now comes first: it would be lost without a word. */
export function beginWeighing(till: TillContext, wanted: Omit<Weighing, "tareGrams">): Outcome {
  const { state } = till;
  if (state.shift === null) return refuse("no-shift");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  if (state.weighing?.item.sku === wanted.item.sku) return done;
  if (state.weighing !== null) return refuse("weighing-under-way");
  // Steps back from the payment: nobody pays a sum that lacks what lies on the scale.
  closeDialog(till);
  state.weighing = { ...wanted, tareGrams: 0 };
  till.deps.devices.wantWeight(true);
  till.changed("weighing");
  return done;
}

/** The scale's own weight, as it is now: what the screen showed a moment ago is only a question. */
export function takeWeight(till: TillContext, args: IntentArgs<"take-weight">): Outcome {
  if (till.state.weighing === null) return refuse("not-weighing");
  const tray = trayState(till);
  const mayBeTaken = tray.kind === "ready" || (tray.kind === "same-again" && args.sameAgain === true);
  if (!mayBeTaken) return refuse("weight-not-ready");
  if (tray.grams !== args.grams) return refuse("weight-changed");
  const { tareGrams } = till.state.weighing;
  const outcome = addWeighed(till, { by: "scale", grossGrams: tray.grams, tareGrams });
  if (outcome.ok) till.state.tray = { ...till.state.tray, takenGrams: tray.grams };
  return outcome;
}

export function typeWeight(till: TillContext, args: IntentArgs<"type-weight">): Outcome {
  if (till.state.weighing === null) return refuse("not-weighing");
  const { tareGrams } = till.state.weighing;
  return addWeighed(till, { by: "typed", grossGrams: args.grams, tareGrams });
}

export function setTare(till: TillContext, args: IntentArgs<"set-tare">): Outcome {
  if (till.state.weighing === null) return refuse("not-weighing");
  till.state.weighing = { ...till.state.weighing, tareGrams: args.grams };
  till.changed("weighing");
  return done;
}

export function leaveWeighing(till: TillContext): Outcome {
  endWeighing(till);
  return done;
}

/** Every reading of the scale. What changes nothing on the screen costs nothing. */
export function weightHeard(till: TillContext, weight: Weight): void {
  const { state, deps } = till;
  const { last, takenGrams } = state.tray;
  const shown = JSON.stringify(weighingView(till));
  const isStillTaken = takenGrams !== null && !hasTrayChanged(weight.reading, takenGrams);
  state.tray = { last: weight, before: last, takenGrams: isStillTaken ? takenGrams : null };
  if (state.weighing === null) return;
  if (JSON.stringify(weighingView(till)) !== shown) till.changed("weighing");
  // A scale that falls silent leaves no old weight standing on the screen.
  deps.clock.after(freshMs, () => {
    if (state.tray.last === weight && state.weighing !== null) till.changed("weighing");
  });
}

function addWeighed(till: TillContext, weighing: LineWeighing): Outcome {
  const waiting = till.state.weighing;
  if (waiting === null) return refuse("not-weighing");
  if (!isSellable(weighing.grossGrams - weighing.tareGrams, "kg")) return refuse("quantity-out-of-range");
  const line = weighedLine(till.deps.newId(), waiting, waiting.source, weighing);
  const { pack } = waiting;
  const outcome = changeCart(till, { kind: "line-added", line: { ...line, ...(pack && { pack }) } });
  if (outcome.ok) endWeighing(till);
  return outcome;
}
