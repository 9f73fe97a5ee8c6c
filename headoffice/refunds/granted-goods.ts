import type { ReturnGrantRequest } from "#contract/wire/refund-grant.ts";
import type { GoodsPart } from "#core/refund/shared-cap.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";

type Goods = ReturnGrantRequest["goods"];

/** Of a sale that is here; null where only its paper tells of it, which names no line. */
export async function soldGoods(
  tx: Pick<Tx, "rows">,
  { storeCode, terminalId }: TerminalPlace,
  saleId: string,
): Promise<readonly GoodsPart[] | null> {
  const rows = await tx.rows<{ line_number: number; quantity: number }>(
    `SELECT line_number, quantity_milli AS quantity FROM sale_lines
     WHERE store_code = ? AND terminal_id = ? AND sale_id = ? ORDER BY line_number`,
    [storeCode, terminalId, saleId],
  );
  return rows.length === 0 ? null : rows.map(asPart);
}

/**
 * What came back of a sale's lines, or may: what the tills said of their returns, and of returns whose word has not come what
 * was granted for them. A return of several payments has as many grants, and its goods count once; one that was given up
 * counts no more. `by` asks for more parts of the return `returnId`: its own goods are not in its way.
 */
export async function claimedGoods(
  tx: Pick<Tx, "rows">,
  seller: TerminalPlace,
  saleId: string,
  own: { readonly by: TerminalPlace; readonly returnId: string },
): Promise<readonly GoodsPart[]> {
  const sale = [seller.storeCode, seller.terminalId, saleId];
  const mine = [own.by.terminalId, own.returnId];
  const rows = await tx.rows<{ line_number: number; quantity: number }>(
    `SELECT line_number, quantity_milli AS quantity FROM returned_lines
     WHERE store_code = ? AND sale_terminal_id = ? AND sale_id = ? AND NOT (terminal_id = ? AND return_id = ?)
     UNION ALL
     SELECT g.line_number, MAX(g.quantity_milli) AS quantity FROM refund_grant_lines g
     WHERE g.store_code = ? AND g.sale_terminal_id = ? AND g.sale_id = ?
       AND NOT (g.terminal_id = ? AND g.return_id = ?)
       AND NOT EXISTS (SELECT 1 FROM returned_lines r
         WHERE r.store_code = g.store_code AND r.terminal_id = g.terminal_id AND r.return_id = g.return_id)
       AND NOT EXISTS (SELECT 1 FROM refund_grant_ends e
         WHERE e.store_code = g.store_code AND e.terminal_id = g.terminal_id AND e.grant_id = g.grant_id
           AND e.by_refund = 0)
     GROUP BY g.terminal_id, g.return_id, g.line_number`,
    [...sale, ...mine, ...sale, ...mine],
  );
  return rows.map(asPart);
}

function asPart({ line_number: lineNumber, quantity }: { line_number: number; quantity: number }): GoodsPart {
  return { lineNumber, quantity };
}

/** The same goods again under the same grant change nothing. */
export async function keepGrantedGoods(
  tx: Pick<Tx, "insert">,
  by: TerminalPlace,
  {
    grantId,
    sale,
    goods,
  }: { readonly grantId: string; readonly sale: ReturnGrantRequest["sale"]; readonly goods: Goods },
): Promise<void> {
  const columns = [
    ...["store_code", "grant_id", "line_number", "terminal_id", "return_id", "sale_terminal_id", "sale_id"],
    "quantity_milli",
  ];
  await tx.insert(
    { table: "refund_grant_lines", columns, tail: "ON CONFLICT (store_code, grant_id, line_number) DO NOTHING" },
    goods.lines.map(({ lineNumber, quantity }) => [
      ...[by.storeCode, grantId, lineNumber, by.terminalId, goods.returnId, sale.terminalId, sale.saleId, quantity],
    ]),
  );
}

/** Whether a grant that is known was for these goods, or for none as this one. */
export async function isForGoods(
  tx: Pick<Tx, "rows">,
  { storeCode }: TerminalPlace,
  grantId: string,
  goods: Goods | undefined,
): Promise<boolean> {
  const rows = await tx.rows<{ return_id: string; line_number: number; quantity: number }>(
    `SELECT return_id, line_number, quantity_milli AS quantity FROM refund_grant_lines
     WHERE store_code = ? AND grant_id = ? ORDER BY line_number`,
    [storeCode, grantId],
  );
  const known = rows.map((row) => `${row.return_id} ${row.line_number} ${row.quantity}`);
  const asked = (goods?.lines ?? [])
    .toSorted((a, b) => a.lineNumber - b.lineNumber)
    .map(({ lineNumber, quantity }) => `${goods?.returnId ?? ""} ${lineNumber} ${quantity}`);
  return known.join() === asked.join();
}
