import { fail, ok, type Result } from "#core/result.ts";
import { type BillCells, type BillColumns, createBillCells } from "./bill-cells.ts";
import { readDecimal } from "./decimal.ts";

/*
 * The gateway's bills: UTF-8 with a BOM, CRLF, a header of plain names, rows of cells that each begin with a backtick
 * and are never quoted, then a header and a row of sums. Names of goods hold commas, so cells are parted at comma and
 * backtick together. Source: WeChat Pay trade-bill and fund-flow-bill pages.
 */

export interface BillProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
}

export interface BillLayout<R> extends BillColumns {
  /** Names of the sums at the end, in order. */
  readonly sums: readonly string[];
  /** Sums told rounded to the fen although their parts are finer. */
  readonly roundedSums: readonly string[];
  /**
   * One row, or what is wrong with it; what it adds to each sum (`readDecimal`'s unit) goes into `adds`, in their order.
   * `cell` is asked by a column's place in `columns`.
   */
  readRow(cell: (column: number) => string, line: number, adds: number[]): Result<R, string>;
}

export interface BillReader<R> {
  /** Takes the next piece of the text; the first problem ends all reading and comes back from `end`. */
  push(text: string): void;
  /** All rows, when every line was right and the sums at the end are those of the rows. */
  end(): Result<readonly R[], BillProblem>;
}

/** The longest row there can be is about 1 KiB; whoever sends more sends no bill. */
const mostLineCharacters = 16_384;
const separator = ",`";
/** One fen in `readDecimal`'s unit. */
const oneFen = 1_000;

type Part = "header" | "rows" | "sums" | "over";

/** `keep` is told every line as it may be kept: as it came, without CR and LF, the hidden columns empty. */
export function createBillReader<R>(layout: BillLayout<R>, keep?: (line: string) => void): BillReader<R> {
  const rows: R[] = [];
  const totals: number[] = layout.sums.map(() => 0);
  let part: Part = "header";
  let cells: BillCells | null = null;
  const adds: number[] = [];
  let lineNumber = 0;
  let problem: BillProblem | null = null;

  /** Null when the line is as it has to be. */
  const readLine = (line: string): string | null => {
    if (part === "header") {
      part = "rows";
      keep?.(line);
      const made = createBillCells(line, layout);
      if ("missing" in made) return `no column ${made.missing}`;
      cells = made;
      return null;
    }
    if (part === "over") return line === "" ? null : "more lines after the sums"; // the last line ends like every other
    if (part === "sums") {
      part = "over";
      keep?.(line);
      return wrongSum(layout, line, totals);
    }
    if (line.startsWith("`")) return readRow(line);
    if (line !== layout.sums.join(",")) return "neither a row nor the sums";
    part = "sums";
    keep?.(line);
    return null;
  };
  const readRow = (line: string): string | null => {
    if (cells === null) return "a row before the header";
    const wrong = cells.lay(line);
    if (wrong !== null) return wrong;
    adds.length = 0;
    const read = layout.readRow(cells.cell, lineNumber, adds);
    if (!read.ok) return read.fault;
    rows.push(read.value);
    for (let index = 0; index < adds.length; index += 1) totals[index] = (totals[index] ?? 0) + (adds[index] ?? 0);
    keep?.(cells.keepable());
    return null;
  };
  const lines = splitLines((line) => {
    if (problem !== null) return;
    lineNumber += 1;
    const wrong = line === null ? "too long" : readLine(line);
    if (wrong !== null) problem = { line: lineNumber, problem: wrong };
  });

  return {
    push: lines.push,
    end() {
      lines.end();
      if (problem === null && part !== "over") problem = { line: lineNumber + 1, problem: "ends without its sums" };
      return problem === null ? ok(rows) : fail(problem);
    },
  };
}

/** What is wrong with the row of sums, or null when it is that of the rows. */
function wrongSum(layout: BillLayout<unknown>, line: string, totals: readonly number[]): string | null {
  const told = line.slice(1).split(separator);
  if (!line.startsWith("`") || told.length !== layout.sums.length) return "no row of sums";
  for (const [index, name] of layout.sums.entries()) {
    const exact = readDecimal(told[index] ?? "");
    if (exact === null) return `${name} is no number`;
    const isNear = layout.roundedSums.includes(name) && Math.abs(exact - (totals[index] ?? 0)) < oneFen;
    if (exact !== totals[index] && !isNear) return `${name} is not the sum of the rows`;
  }
  return null;
}

/** Cuts a text that comes in pieces into its lines, without CR and LF; null stands for a line that is too long. */
function splitLines(onLine: (line: string | null) => void): { push(text: string): void; end(): void } {
  let rest = "";
  const tell = (line: string): void => {
    onLine(line.length > mostLineCharacters ? null : line.endsWith("\r") ? line.slice(0, -1) : line);
  };
  return {
    push(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) tell(line);
      if (rest.length <= mostLineCharacters) return;
      onLine(null); // without an end in sight: nothing of it is kept
      rest = "";
    },
    end() {
      if (rest !== "") tell(rest);
      rest = "";
    },
  };
}
