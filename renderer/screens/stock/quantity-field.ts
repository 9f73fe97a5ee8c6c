import type { Unit } from "#core/quantity/quantity.ts";
import { parseQuantity } from "#core/quantity/text.ts";

/** Thousandths of what was typed, 0 among them; null where it is no quantity of the unit. */
export function readQuantity(text: string, unit: Unit): number | null {
  if (/^[\s]*0+(?:\.0*)?[\s]*$/.test(text)) return 0;
  const parsed = parseQuantity(text, unit);
  return parsed.ok ? parsed.value : null;
}
