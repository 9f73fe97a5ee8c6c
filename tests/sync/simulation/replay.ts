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
  const before = await read(office);
  await rebuildProjections(office);
  const after = await read(office);
  return Object.keys(built).flatMap((table) => {
    const [rows, again] = [before.get(table) ?? [], after.get(table) ?? []];
    const at = rows.findIndex((row, index) => row !== again[index]);
    if (at < 0 && rows.length === again.length) return [];
    return [{ promise: "I6 replay rebuilds the same", what: `${table}: ${rows[at] ?? "nothing"} became ${again[at]}` }];
  });
}

async function read({ sql }: Office): Promise<ReadonlyMap<string, readonly string[]>> {
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
