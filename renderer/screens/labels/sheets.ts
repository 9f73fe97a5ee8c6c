import { labelsOnSheet } from "#core/label/limits.ts";

/** Pages that many labels take. */
export function divideUp(count: number, onEach: number): number {
  return Math.ceil(count / onEach);
}

/** Labels sheet by sheet; the last may have room left. */
export function ontoSheets<T>(labels: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: divideUp(labels.length, labelsOnSheet) }, (_, at) =>
    labels.slice(at * labelsOnSheet, (at + 1) * labelsOnSheet),
  );
}
