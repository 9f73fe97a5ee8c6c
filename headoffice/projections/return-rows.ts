import { z } from "zod";
import { maxFen } from "#core/money/fen.ts";
import { maxMilli } from "#core/quantity/quantity.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";

const id = z.string().min(1).max(80);

/** goods-returned, version 1 (core/returns/sale-return.ts): what head office builds from. */
export const goodsReturnedBody = z.object({
  returnId: id,
  saleId: id,
  /** The till that sold them, where it is another one. */
  soldBy: z.string().min(1).max(16).optional(),
  businessDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  lines: z
    .array(
      z.object({
        lineNumber: z.int().min(1).max(100_000),
        sku: z.string().max(64).nullable(),
        quantity: z.int().min(1).max(maxMilli),
        worthFen: z.int().min(0).max(maxFen),
        condition: z.string().max(40),
      }),
    )
    .min(1)
    .max(2_000),
});
export type GoodsReturnedBody = z.infer<typeof goodsReturnedBody>;

const columns = [
  ...["store_code", "terminal_id", "return_id", "line_number", "sale_terminal_id", "sale_id", "sku"],
  ...["quantity_milli", "worth_fen", "goods_condition", "business_date"],
];

/** The goods of a return; the money is in the entries of its refunds. The same return again changes nothing. */
export async function projectReturn(tx: Tx, place: TerminalPlace, body: GoodsReturnedBody): Promise<void> {
  const { storeCode, terminalId } = place;
  const tail = "ON CONFLICT (store_code, terminal_id, return_id, line_number) DO NOTHING";
  await tx.insert(
    { table: "returned_lines", columns, tail },
    body.lines.map(({ lineNumber, sku, quantity, worthFen, condition }) => [
      ...[storeCode, terminalId, body.returnId, lineNumber, body.soldBy ?? terminalId, body.saleId, sku],
      ...[quantity, worthFen, condition, body.businessDate],
    ]),
  );
}

/** What came back of a sale at each till, line by line; thousandths. */
export async function returnedOf(
  tx: Pick<Tx, "rows">,
  seller: TerminalPlace,
  saleId: string,
  limit: number,
): Promise<readonly { readonly terminalId: string; readonly lineNumber: number; readonly quantity: number }[]> {
  const rows = await tx.rows<{ terminal_id: string; line_number: number; quantity: number }>(
    `SELECT terminal_id, line_number, CAST(SUM(quantity_milli) AS BIGINT) AS quantity FROM returned_lines
     WHERE store_code = ? AND sale_terminal_id = ? AND sale_id = ?
     GROUP BY terminal_id, line_number ORDER BY terminal_id, line_number LIMIT ?`,
    [seller.storeCode, seller.terminalId, saleId, limit],
  );
  return rows.map(({ terminal_id: terminalId, line_number: lineNumber, quantity }) => {
    return { terminalId, lineNumber, quantity };
  });
}
