import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { LooseReturnView } from "#contract/ipc/loose-return-intents.ts";
import { readMemberCode } from "#core/members/member-code.ts";
import { readPhone } from "#core/members/phone.ts";
import { earnedPoints } from "#core/members/points.ts";
import type { Fen } from "#core/money/fen.ts";
import { judgeLooseReturn, type LooseReturn } from "#core/returns/loose-return.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import { openDrawerFor, withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { givenNow } from "#main/till/refunds/building-refunds.ts";
import { listenForLooseReturn, stopListening } from "./hearing.ts";
import { layOutLooseReturn, looseReturnPaper } from "./loose-return-paper.ts";

type Asked = IntentArgs<"give-loose-return">;

/** What is given for the goods, and the member whose points go with them. */
interface Judged extends Pick<LooseReturn, "lines" | "amountFen"> {
  readonly memberId: string | null;
}

/**
 * Takes goods back of which nobody knows the sale, by a right of its own up to its limit, else by a manager's word. Cash
 * alone: there is no payment that it could go back by. Number, goods, money, points and paper are one commit; the same
 * request again is the same return.
 */
export async function giveLooseReturn(till: TillContext, args: Asked): Promise<Outcome<LooseReturnView>> {
  const before = till.deps.store.looseReturn(args.requestId);
  if (before !== null) return ok(viewOf(before));
  // Asked before the PIN, so that a manager is not called for what cannot be, and again after it.
  const early = judge(till, args);
  if (!early.ok) return early;
  const { amountFen } = early.value;
  const approval = await approve(till, { kind: "return-without-receipt", amountFen }, args.approvalPin);
  if (!approval.ok) return approval;
  const judged = judge(till, args);
  const { cashier, shift } = till.state;
  if (!judged.ok) return judged;
  if (cashier === null || shift === null) return refuse(cashier === null ? "not-signed-in" : "no-shift");
  const given = till.deps.store.giveLooseReturn(
    args.requestId,
    (returnNumber): LooseReturn => ({
      ...{ returnId: args.requestId, returnNumber, terminalId: till.deps.config.terminalId, shiftId: shift.shiftId },
      ...{ lines: judged.value.lines, amountFen: judged.value.amountFen, reason: args.reason },
      ...{ cashierId: cashier.id, cashierName: cashier.name, approvedBy: approval.value ?? cashier.id },
      ...givenNow(till),
      ...pointsBack(till, judged.value.memberId, judged.value.amountFen),
    }),
    (done, journalHash) => JSON.stringify(layOutLooseReturn(till, done, journalHash)),
  );
  withoutFail(till, "wake the print queue", () => till.deps.receipts.wake());
  withoutFail(till, "open the drawer", () => openDrawerFor(till, given.returnId));
  // A member of the sale on the screen may have other points by now.
  till.changed("status", "sale");
  return ok(viewOf(given));
}

/** Whether so much may be taken back now, at what the goods cost now, and only what the cashier has seen. */
function judge(till: TillContext, args: Asked): Result<Judged, IntentFault> {
  const { deps, state } = till;
  if (state.shift === null) return refuse("no-shift");
  const judged = judgeLooseReturn(args.lines, (sku) => deps.catalog.findBySku(sku), deps.config.taxes?.rates ?? null);
  if (!judged.ok) return fail(judged.fault);
  if (judged.value.amountFen !== args.amountFen) return refuse("return-changed");
  if (args.member === "") return ok({ ...judged.value, memberId: null });
  const member = memberBehind(till, args.member);
  return member === null ? refuse("member-unknown") : ok({ ...judged.value, memberId: member.memberId });
}

/** By a whole phone number or a card: four digits may be somebody else's. */
function memberBehind({ deps: { store } }: TillContext, text: string) {
  const code = readMemberCode(text);
  if (code !== null) return store.memberByCode(code);
  const phone = readPhone(text);
  return phone === null ? null : store.memberByPhone(phone);
}

/** What such goods earn at today's rates; never more than the member has, as nobody knows what was earned with them. */
function pointsBack(
  { deps: { store } }: TillContext,
  memberId: string | null,
  amountFen: Fen,
): Pick<LooseReturn, "points"> {
  if (memberId === null) return {};
  const had = store.member(memberId)?.balance ?? 0;
  const takenBack = Math.max(0, Math.min(had, earnedPoints(amountFen, store.pointRates())));
  return takenBack === 0 ? {} : { points: { memberId, takenBack, givenBack: 0, balance: had - takenBack } };
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
} as const;
