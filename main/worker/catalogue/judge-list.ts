import type { ImportRow, RowFault } from "#core/catalog/import/read-row.ts";
import type { JudgedRow } from "#core/catalog/import/judge-rows.ts";
import type { CatalogBrowser } from "#main/till/ports/catalog-desk.ts";

/** What stands against a row, and whether it can be taken. */
export interface ListVerdict {
  /** Rows that cannot be taken. */
  readonly isBad: (row: number) => boolean;
  readonly badCount: number;
  /** Whether any of them looked right as long as the others were not seen. */
  readonly isAnyLate: boolean;
  /** In the order of the file, of the rows that are asked for. */
  faultsOf(row: number): readonly RowFault[];
}

/** A row that takes a code which another item has: right where that item is in the list too, and is taken. */
interface Move {
  readonly row: ImportRow;
  /** The item that has it. */
  readonly from: string;
  /** What the list must name of that item, or it stays where it is. A scale code counts with the pieces. */
  readonly kept: "pieces" | "packs";
  readonly fault: RowFault;
}

/**
 * Judges the rows of a list against the catalogue, as they come. A code of another item refuses its row, unless the list
 * brings that item too, without the code; where that row is refused, so is this one, and so on.
 */
export function listJudge(browser: CatalogBrowser) {
  const bad = new Set<number>();
  const late = new Map<number, RowFault[]>();
  /** Items of the list, and which of their codes it names. */
  const named = new Map<string, { readonly pieces: boolean; readonly packs: boolean }>();
  const movesFrom = new Map<string, Move[]>();
  /** Numbers of rows that were refused, whose items keep their codes. */
  const staying: string[] = [];

  function refuse({ row, fault }: Move): void {
    bad.add(row.row);
    const faults = late.get(row.row) ?? [];
    if (!faults.some(({ field, value }) => field === fault.field && value === fault.value)) faults.push(fault);
    late.set(row.row, faults);
    if (named.delete(row.sku)) staying.push(row.sku);
  }

  return {
    see(judged: JudgedRow): void {
      if (judged.kind === "bad") return void bad.add(judged.row);
      const { row } = judged;
      named.set(row.sku, { pieces: row.barcodes.length > 0, packs: row.packs.length > 0 });
      for (const move of movesOf(row, browser)) {
        const moves = movesFrom.get(move.from);
        if (moves === undefined) movesFrom.set(move.from, [move]);
        else moves.push(move);
      }
    },
    /** When every row was seen. */
    end(): ListVerdict {
      for (const [from, moves] of movesFrom) {
        const names = named.get(from);
        for (const move of moves) if (names?.[move.kept] !== true) refuse(move);
      }
      for (let sku = staying.pop(); sku !== undefined; sku = staying.pop())
        for (const move of movesFrom.get(sku) ?? []) refuse(move);
      return {
        ...{ isBad: (row) => bad.has(row), badCount: bad.size, isAnyLate: late.size > 0 },
        faultsOf: (row) => late.get(row) ?? [],
      };
    },
  };
}

/** Codes of the row that another item of the catalogue has. */
function movesOf(row: ImportRow, browser: CatalogBrowser): readonly Move[] {
  const moves: Move[] = [];
  const add = (field: "barcode" | "pack" | "scaleCode", code: string, owner: string | null): void => {
    if (owner === null || owner === row.sku) return;
    const isPack = browser.record(owner)?.codes.some(({ barcode, count }) => barcode === code && count > 1) ?? false;
    const fault: RowFault = { row: row.row, field, kind: "barcode-of-other-item", value: `${code} → ${owner}` };
    moves.push({ row, from: owner, kept: isPack ? "packs" : "pieces", fault });
  };
  for (const code of row.barcodes) add("barcode", code, browser.skuOfBarcode(code));
  for (const { barcode } of row.packs) add("pack", barcode, browser.skuOfBarcode(barcode));
  if (row.scaleCode !== null) add("scaleCode", row.scaleCode, browser.skuOfScaleCode(row.scaleCode));
  return moves;
}
