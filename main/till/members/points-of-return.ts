import { pointsOfReturn } from "#core/members/points-back.ts";
import type { ReturnedPart } from "#core/returns/returned-lines.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import type { TillContext } from "#main/till/context.ts";

/**
 * What a return does to its member's points, worked out at the moment it is booked; nothing where the sale was nobody's, or
 * another till's: members are this till's own. What other tills took back of an own sale, as was last told, counts with it.
 */
export function pointsBack(
  { deps }: TillContext,
  saleId: string,
  now: readonly ReturnedPart[],
): Pick<SaleReturn, "points"> {
  const { store } = deps;
  const sale = store.sale(saleId)?.sale;
  const before = store.returnsOfSale(saleId);
  const back = [...before.flatMap(({ lines }) => lines), ...store.returnedElsewhere(saleId), ...now];
  const moved = before.flatMap(({ points }) => points ?? []);
  const points = sale === undefined ? null : pointsOfReturn(sale, back, moved);
  if (points === null || (points.takenBack === 0 && points.givenBack === 0)) return {};
  const had = store.member(points.memberId)?.balance ?? 0;
  return { points: { ...points, balance: had - points.takenBack + points.givenBack } };
}
