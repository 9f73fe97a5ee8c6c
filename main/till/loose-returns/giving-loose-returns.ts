import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { LooseReturnView } from "#contract/ipc/loose-return-intents.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import { ok } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import { openDrawerFor, withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { isInCart } from "#main/till/returns/exchange-drafts.ts";
import { looseReturnOf } from "./building-loose-returns.ts";
import { beginLooseExchange } from "./exchanging-loosely.ts";
import { listenForLooseReturn, stopListening } from "./hearing.ts";
import { judgeAsShown } from "./judging-loose-returns.ts";
import { layOutLooseReturn, looseReturnPaper } from "./loose-return-paper.ts";

type Asked = IntentArgs<"give-loose-return">;

/**
 * Takes goods back of which nobody knows the sale, by a right of its own up to its limit, else by a manager's word. Cash
 * alone: there is no payment that it could go back by. Number, goods, money, points and paper are one commit; the same
 * request again is the same return.
 */
export async function giveLooseReturn(till: TillContext, args: Asked): Promise<Outcome<LooseReturnView>> {
  const before = till.deps.store.looseReturn(args.requestId);
  if (before !== null) return ok(viewOf(before));
  if (isInCart(till, args.requestId)) return refuse("exchange-begun");
  // Asked before the PIN, so that a manager is not called for what cannot be, and again after it.
  const early = judgeAsShown(till, args);
  if (!early.ok) return early;
  const { amountFen } = early.value;
  const approval = await approve(till, { kind: "return-without-receipt", amountFen }, args.approvalPin);
  if (!approval.ok) return approval;
  // Meanwhile the other key may have put it into the cart.
  if (isInCart(till, args.requestId)) return refuse("exchange-begun");
  const judged = judgeAsShown(till, args);
  const { cashier, shift } = till.state;
  if (!judged.ok) return judged;
  if (cashier === null || shift === null) return refuse(cashier === null ? "not-signed-in" : "no-shift");
  const approved = { ...judged.value, reason: args.reason, approvedBy: approval.value ?? cashier.id };
  const given = till.deps.store.giveLooseReturn(
    args.requestId,
    looseReturnOf(till, { ...approved, returnId: args.requestId }, { cashier, shiftId: shift.shiftId }),
    (done, journalHash) => JSON.stringify(layOutLooseReturn(till, done, journalHash)),
  );
  withoutFail(till, "wake the print queue", () => till.deps.receipts.wake());
  withoutFail(till, "open the drawer", () => openDrawerFor(till, given.returnId));
  // A member of the sale on the screen may have other points by now.
  till.changed("status", "sale");
  return ok(viewOf(given));
}

function viewOf({ returnId, returnNumber, amountFen, points }: LooseReturn): LooseReturnView {
  return { returnId, returnNumber, amountFen, pointsTakenBack: points?.takenBack ?? 0 };
}

/** The intents of returns without a receipt. */
export const looseReturnIntents = {
  "loose-return-listen": { needs: "signed-in", run: listenForLooseReturn },
  "loose-return-unlisten": { needs: "signed-in", run: stopListening },
  "loose-return-paper": { needs: "signed-in", run: looseReturnPaper },
  "give-loose-return": { needs: "signed-in", run: giveLooseReturn },
  "begin-loose-exchange": { needs: "signed-in", run: beginLooseExchange },
} as const;
