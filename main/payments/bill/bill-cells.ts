/** The columns of a bill: what is read of it, and what may be kept. */
export interface BillColumns {
  /** Names the header must hold, wherever; a row's cell is asked for by its place in this list. */
  readonly columns: readonly string[];
  /**
   * Columns beside each other that hold what people wrote, none of them read. Nothing in a bill is quoted, so a name may
   * hold the very characters that part cells: a row with more cells than columns has the others before and behind these.
   */
  readonly freeText: readonly string[];
  /** Columns that may be kept; any other may be about a person, and is empty in what is kept. */
  readonly keepable: readonly string[];
}

/** The cells of one row after the other; only those that are asked for are cut out. */
export interface BillCells {
  /** What is wrong with the row's shape, or null. */
  lay(line: string): string | null;
  readonly cell: (column: number) => string;
  /** The row that was laid, as it may be kept. */
  keepable(): string;
}

const separator = ",`";

/** Null where the header lacks a column; `missing` names it. */
export function createBillCells(
  header: string,
  { columns, freeText, keepable }: BillColumns,
): BillCells | { readonly missing: string } {
  const names = header.split(",");
  const missing = columns.find((column) => !names.includes(column));
  if (missing !== undefined) return { missing };
  const places = columns.map((column) => names.lastIndexOf(column));
  const lastFree = Math.max(...freeText.map((column) => names.indexOf(column)), -1);
  const hidden = names.flatMap((name, index) => (keepable.includes(name) ? [] : [index]));
  /** Where each cell's text begins behind its backtick, and where one more would. */
  const starts: number[] = [];
  let row = "";
  let extra = 0;
  const moved = (place: number): number => (place > lastFree ? place + extra : place);

  return {
    lay(line) {
      row = line;
      findCells(line, starts);
      const count = starts.length - 1;
      extra = count - names.length;
      return extra < 0 || (extra > 0 && lastFree < 0) ? `${count} cells, expected ${names.length}` : null;
    },
    cell(column) {
      const place = moved(places[column] ?? -1);
      return row.slice(starts[place], (starts[place + 1] ?? 0) - separator.length);
    },
    keepable() {
      let kept = "";
      let from = 0;
      for (const place of hidden.map(moved)) {
        kept += row.slice(from, starts[place]);
        from = (starts[place + 1] ?? 0) - separator.length;
      }
      return kept + row.slice(from);
    },
  };
}

function findCells(line: string, starts: number[]): void {
  starts.length = 0;
  starts.push(1);
  for (let at = line.indexOf(separator, 1); at >= 0; at = line.indexOf(separator, at + separator.length)) {
    starts.push(at + separator.length);
  }
  starts.push(line.length + separator.length);
}
