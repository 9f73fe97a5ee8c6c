/** Tax classes that have a name in every language; a shop's own ones are shown as it calls them. */
const named = ["general", "standard", "food", "reduced", "zero", "exempt"] as const;

export type NamedTaxClass = (typeof named)[number];

export function namedTaxClass(taxClass: string): NamedTaxClass | null {
  return named.find((one) => one === taxClass) ?? null;
}
