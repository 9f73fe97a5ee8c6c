import type { Unit } from "#core/quantity/quantity.ts";

/** How much there is of an item, as far as the books know. */
export interface StockLevel {
  readonly sku: string;
  /** Thousandths of its unit; null: nobody has counted it, and none was received. May be below 0. */
  readonly levelMilli: number | null;
  /** False: a service, or what nobody counts. It is in no list and warns of nothing. */
  readonly isStocked: boolean;
  /** At or below this it is low; null: nobody wants to know. */
  readonly reorderMilli: number | null;
}

/** What the till does when it sells what the books say is not there. */
export const stockPolicies = ["allow", "warn", "refuse"] as const;
export type StockPolicy = (typeof stockPolicies)[number];

/** Of an item nobody has set or counted anything of. */
export function unknownLevel(sku: string): StockLevel {
  return { sku, levelMilli: null, isStocked: true, reorderMilli: null };
}

export function isLow({ levelMilli, isStocked, reorderMilli }: StockLevel): boolean {
  return isStocked && levelMilli !== null && reorderMilli !== null && levelMilli <= reorderMilli;
}

/** Whether the sale wants more than there is. An item of unknown level is never short. */
export function isShort({ levelMilli, isStocked }: StockLevel, wantedMilli: number): boolean {
  return isStocked && levelMilli !== null && wantedMilli > levelMilli;
}

/** "24", "-3", "1.250": a level as it is read; pieces have decimals only where there are any. */
export function levelText(levelMilli: number, unit: Unit): string {
  const digits = String(Math.abs(levelMilli)).padStart(4, "0");
  const [whole, decimals] = [digits.slice(0, -3), digits.slice(-3)];
  const text = unit === "piece" && decimals === "000" ? whole : `${whole}.${decimals}`;
  return levelMilli < 0 ? `-${text}` : text;
}
