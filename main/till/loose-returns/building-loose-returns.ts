import type { Cashier } from "#core/access/role.ts";
import { earnedPoints } from "#core/members/points.ts";
import type { Fen } from "#core/money/fen.ts";
import type { LooseReturn, LooseReturnExchange } from "#core/returns/loose-return.ts";
import type { TillContext } from "#main/till/context.ts";
import type { BuildLooseReturn } from "#main/till/ports/loose-returns-store.ts";
import { givenNow } from "#main/till/refunds/building-refunds.ts";

/** Goods that were judged and approved, and the member whose points go with them. */
interface ApprovedLooseReturn extends Pick<LooseReturn, "returnId" | "lines" | "amountFen" | "reason" | "approvedBy"> {
  readonly memberId: string | null;
}

/** The return under the number it will get, with the points as they are when it is built. */
export function looseReturnOf(
  till: TillContext,
  { returnId, lines, amountFen, reason, approvedBy, memberId }: ApprovedLooseReturn,
  by: { readonly cashier: Cashier; readonly shiftId: string; readonly exchange?: LooseReturnExchange },
): BuildLooseReturn {
  const { cashier, shiftId, exchange } = by;
  return (returnNumber) => ({
    ...{ returnId, returnNumber, terminalId: till.deps.config.terminalId, shiftId, lines, amountFen, reason },
    ...{ cashierId: cashier.id, cashierName: cashier.name, approvedBy },
    ...givenNow(till),
    ...pointsBack(till, memberId, amountFen),
    ...(exchange === undefined ? {} : { exchange }),
  });
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
