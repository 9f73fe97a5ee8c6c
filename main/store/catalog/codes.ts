/** A code an item is sold under, and how many pieces it stands for. */
export interface Code {
  readonly barcode: string;
  readonly count: number;
}

/** The same codes with the same counts, in whatever order. */
export function areSame(here: readonly Code[], there: readonly Code[]): boolean {
  if (here.length !== there.length) return false;
  const counts = new Map(here.map(({ barcode, count }) => [barcode, count]));
  return there.every(({ barcode, count }) => counts.get(barcode) === count);
}
