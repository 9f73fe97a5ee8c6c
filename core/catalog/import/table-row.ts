/** One row of a file as it was cut into cells. */
export interface TableRow {
  readonly cells: readonly string[];
  /** Its quotes do not add up: what stands in which column cannot be known. */
  readonly isBroken: boolean;
}

/** Why a file is no table at all. `old-excel`: a spreadsheet of before 2007. */
export type TableFault = "empty" | "too-large" | "too-many-rows" | "unreadable" | "old-excel";
