import { fen, type Fen, maxFen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import type { Unit } from "#core/quantity/quantity.ts";
import { netContentOf } from "./net-content.ts";

/** What an amount of goods costs that customers compare by. 500 g is one 斤. */
export interface UnitPrice {
  readonly priceFen: Fen;
  readonly per: "500g" | "100g" | "100ml";
}

/** Thousandths of what packages are compared by: 100 g or 100 ml. */
const compared = 100_000;

/**
 * Weighed goods are priced by the kilogram and compared by 500 g; packages by 100 g or 100 ml of what their name says is
 * in them. Half up, and null where the name says nothing that is sure.
 */
export function unitPriceOf(item: {
  readonly unit: Unit;
  readonly priceFen: Fen;
  readonly nameZh: string;
  readonly nameEn: string;
}): UnitPrice | null {
  const { unit, priceFen, nameZh, nameEn } = item;
  if (unit === "kg") return { priceFen: fen(scaleHalfUp(priceFen, 500, 1000)), per: "500g" };
  const content = netContentOf(nameZh) ?? netContentOf(nameEn);
  if (content === null) return null;
  const perFen = scaleHalfUp(priceFen, compared, content.thousandths);
  if (perFen > maxFen) return null;
  return { priceFen: fen(perFen), per: content.measure === "g" ? "100g" : "100ml" };
}
