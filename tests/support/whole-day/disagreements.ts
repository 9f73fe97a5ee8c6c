import type { Figures } from "./day-by-journal.ts";

/** A place where the day's figures can be read: a paper, a screen, a file. */
export interface Source {
  readonly name: string;
  /** As often as they stand there: a figure that stands there twice is right twice or wrong. */
  readonly readings: readonly (readonly [figure: string, value: number])[];
  /** Breakdowns it gives in full, by what their figures begin and end with: `item/` and `/net`. */
  readonly inFull: readonly (readonly [prefix: string, column: string])[];
}

/** Where it says something else than the journal, or leaves something out; empty where they agree to the fen. */
export function disagreements(journal: Figures, source: Source): readonly string[] {
  const found: string[] = [];
  const named = new Set<string>();
  for (const [figure, value] of source.readings) {
    named.add(figure);
    const truth = journal.get(figure) ?? 0;
    if (value !== truth) found.push(`${source.name} says ${figure} is ${value}, by the journal it is ${truth}`);
  }
  for (const [figure, truth] of journal) {
    const isPart = source.inFull.some(([prefix, column]) => figure.startsWith(prefix) && figure.endsWith(column));
    if (isPart && truth !== 0 && !named.has(figure))
      found.push(`${source.name} leaves out ${figure}, which is ${truth}`);
  }
  return found;
}
