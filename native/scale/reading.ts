import type { WeightReading } from "#contract/devices/scale.ts";
import { gramsOf, type WeightUnit } from "#core/quantity/weight-text.ts";

/** A reading that says no weight. */
export const noWeight: WeightReading = {
  grams: null,
  isStable: false,
  isOver: false,
  isUnder: false,
  isNet: false,
  isZero: false,
};

/** The reading of a weight as text; null where the text is no weight in whole grams. */
export function weightReading(
  text: string,
  unit: WeightUnit,
  flags: Pick<WeightReading, "isStable" | "isNet">,
): WeightReading | null {
  const grams = gramsOf(text, unit);
  if (!grams.ok) return null;
  const { value } = grams;
  return { grams: value, ...flags, isOver: false, isUnder: value < 0, isZero: value === 0 };
}

/** "kg", " g" and "lb " as a unit; null for anything else. */
export function unitOf(text: string): WeightUnit | null {
  switch (text.trim().toLowerCase()) {
    case "kg":
      return "kg";
    case "g":
      return "g";
    case "lb":
      return "lb";
    case "oz":
      return "oz";
    case "t":
      return "t";
    default:
      return null;
  }
}
