import type { Cell } from "./cells.ts";

/**
 * A row was laid out with two columns for every letter outside ASCII; one from a code page covers a single column, and
 * what stands at the right would move left. The row's gap, its widest run of blanks, takes up what the letters leave.
 * A line that does not fill the paper is no row: it just ends earlier.
 */
export function stretched(cells: readonly Cell[], columns: number): readonly Cell[] {
  const laidOut = cells.reduce((sum, cell) => sum + cell.laidOut, 0);
  const spare = cells.reduce((sum, cell) => sum + cell.laidOut - cell.columns, 0);
  const gap = laidOut === columns && spare > 0 ? widestGap(cells) : null;
  if (gap === null) return cells;
  const bytes = Uint8Array.of(0x20);
  const blank: Cell = { character: " ", mode: "ascii", bytes, isMissing: false, columns: 1, laidOut: 1 };
  return cells.toSpliced(gap, 0, ...Array.from({ length: spare }, () => blank));
}

/** Where the widest run of blanks between two words begins, the last of several; null where there is none. */
function widestGap(cells: readonly Cell[]): number | null {
  let best = { at: 0, length: 0 };
  let from: number | null = null;
  for (const [index, cell] of cells.entries()) {
    if (cell.character === " ") {
      from ??= index;
      continue;
    }
    // Blanks at the beginning are an indent.
    if (from !== null && from > 0 && index - from >= best.length) best = { at: from, length: index - from };
    from = null;
  }
  return best.length === 0 ? null : best.at;
}
