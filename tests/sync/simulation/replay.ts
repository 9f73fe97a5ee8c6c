import type { Office } from "#headoffice/office.ts";
import { rebuildProjections } from "#headoffice/projections/rebuild.ts";
import type { Broken } from "./judge-day.ts";

/** Everything head office builds from the journal, and what tells its rows apart. */
const built = {
  sales: "store_code, terminal_id, sale_id",
  sale_lines: "store_code, terminal_id, sale_id, line_number",
  tenders: "store_code, terminal_id, sale_id, tender_id",
  refunds: "store_code, terminal_id, refund_no",
  shifts: "store_code, terminal_id, shift_id",
  day_totals: "store_code, terminal_id, business_date",
} as const;

/** I6: building everything again from the journal gives the same rows. */
export async function judgeReplay(office: Office): Promise<readonly Broken[]> {
  const before = await readBuilt(office);
  await rebuildProjections(office);
  const differ = differentRows(before, await readBuilt(office));
  return differ.map((what) => ({ promise: "I6 replay rebuilds the same", what }));
}

export type Built = ReadonlyMap<string, readonly string[]>;

/** The first row of each table that is not the same, in words; none where all are. */
export function differentRows(before: Built, after: Built): readonly string[] {
  return [...before].flatMap(([table, rows]) => {
    const again = after.get(table) ?? [];
    const length = Math.max(rows.length, again.length);
    const at = Array.from({ length }).findIndex((_, index) => rows[index] !== again[index]);
    return at < 0 ? [] : [`${table}: ${rows[at] ?? "nothing"} became ${again[at]}`];
  });
}

/** Every row head office built from the journal, as text, in an order that any engine gives. */
export async function readBuilt({ sql }: Office): Promise<Built> {
  const tables = new Map<string, readonly string[]>();
  for (const [table, key] of Object.entries(built)) {
    const rows = await sql.rows<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY ${key}`);
    tables.set(
      table,
      rows.map((row) => JSON.stringify(row)),
    );
  }
  return tables;
}
