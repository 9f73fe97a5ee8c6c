import { fail, ok, type Result } from "#core/result.ts";
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

export interface BillLayout<R> {
  /** Names the header must hold, wherever; other columns are passed over unread. */
  readonly columns: readonly string[];
  /** Names of the sums at the end, in order. */
  readonly sums: readonly string[];
  /** Sums told rounded to the fen although their parts are finer. */
  readonly roundedSums: readonly string[];
  /** One row and what it adds to each sum (`readDecimal`'s unit), or what is wrong with it. */
  readRow(cell: (column: string) => string, line: number): Result<{ row: R; adds: readonly number[] }, string>;
}

export interface BillReader<R> {
  /** Takes the next piece of the text; the first problem ends all reading and comes back from `end`. */
  push(text: string): void;
  /** All rows, when every line was right and the sums at the end are those of the rows. */
  end(): Result<readonly R[], BillProblem>;
}

/** The longest row there can be is about 1 KiB; whoever sends more sends no bill. */
const mostLineCharacters = 16_384;
/** One fen in `readDecimal`'s unit. */
const oneFen = 1_000;

type Part = "header" | "rows" | "sums" | "over";

export function createBillReader<R>(layout: BillLayout<R>): BillReader<R> {
  const rows: R[] = [];
  const totals: number[] = layout.sums.map(() => 0);
  let part: Part = "header";
  let places: ReadonlyMap<string, number> = new Map();
  let lineNumber = 0;
  let problem: BillProblem | null = null;

  /** Null when the line is as it has to be. */
  const readLine = (line: string): string | null => {
    if (part === "header") {
      places = new Map(line.split(",").map((name, index) => [name, index]));
      const missing = layout.columns.find((column) => !places.has(column));
      part = "rows";
      return missing === undefined ? null : `no column ${missing}`;
    }
    if (part === "over") return line === "" ? null : "more lines after the sums"; // the last line ends like every other
    if (part === "sums") {
      part = "over";
      return wrongSum(layout, line, totals);
    }
    if (line.startsWith("`")) return readRow(line);
    if (line !== layout.sums.join(",")) return "neither a row nor the sums";
    part = "sums";
    return null;
  };
  const readRow = (line: string): string | null => {
    const cells = line.slice(1).split(",`");
    if (cells.length !== places.size) return `${cells.length} cells, expected ${places.size}`;
    const read = layout.readRow((column) => cells[places.get(column) ?? -1] ?? "", lineNumber);
    if (!read.ok) return read.fault;
    rows.push(read.value.row);
    for (const [index, add] of read.value.adds.entries()) totals[index] = (totals[index] ?? 0) + add;
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
  const told = line.slice(1).split(",`");
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
