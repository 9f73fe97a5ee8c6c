import type { Cell } from "./cells.ts";

/** A line laid out for wider paper, before the printer was changed, goes on below; nothing of it is lost. */
export function split(
  cells: readonly Cell[],
  columns: number,
  measured: "columns" | "laidOut",
): readonly (readonly Cell[])[] {
  const lines: Cell[][] = [[]];
  let used = 0;
  for (const cell of cells) {
    if (used + cell[measured] > columns) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(cell);
    used += cell[measured];
  }
  return lines;
}
