import { type HeldList, mostHeldSales } from "#contract/wire/held.ts";
import type { Sql } from "../store/sql.ts";

interface ListRow {
  readonly give_id: string;
  readonly sale_id: string;
  readonly form: number;
  readonly label: string;
  readonly cashier_name: string;
  readonly held_ms: number;
  readonly line_count: number;
  readonly total_fen: number;
  readonly from_terminal: string;
  readonly given_ms: number;
}

/** What lies here for the tills of a shop, oldest first. */
export async function listHeld(sql: Sql, storeCode: string): Promise<HeldList> {
  const rows = await sql.rows<ListRow>(
    `SELECT give_id, sale_id, form, label, cashier_name, held_ms, line_count, total_fen, from_terminal, given_ms
     FROM held_sales WHERE store_code = ? AND state = 'held' ORDER BY given_ms, give_id LIMIT ?`,
    [storeCode, mostHeldSales],
  );
  const held = rows.map((row) => {
    return {
      ...{ giveId: row.give_id, saleId: row.sale_id, form: row.form, label: row.label, cashierName: row.cashier_name },
      ...{ heldAtMs: row.held_ms, lineCount: row.line_count, totalFen: row.total_fen },
      ...{ fromTerminal: row.from_terminal, givenAtMs: row.given_ms },
    };
  });
  return { held };
}
