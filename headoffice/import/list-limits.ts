import type { TableLimits } from "#tables/read-table.ts";

/** 50,000 items with long names are about 6 MB as CSV; no shop of ours has a longer list. */
export const listLimits: TableLimits = { bytes: 8 * 1_048_576, rows: 50_000 };
