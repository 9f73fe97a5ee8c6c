import type { Take, Taken } from "#contract/wire/held.ts";
import type { Sql, Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";

/** A till that took a sale and lost the answer asks again within this: until then its lines are kept. Milliseconds. */
export const bodyKeptMs = 30 * 86_400_000;

interface TakenRow {
  readonly sale_id: string;
  readonly form: number;
  readonly from_terminal: string;
  readonly held_ms: number;
  readonly body: Uint8Array | null;
  readonly take_id: string | null;
  readonly taken_by: string | null;
}

/**
 * Gives a sale to the one till that asks first; durable when this resolves. The same `takeId` again is answered the same,
 * so that a lost answer loses no sale; everybody else reads who has it.
 */
export async function takeSale(
  sql: Sql,
  { storeCode, terminalId }: TerminalPlace,
  { giveId, takeId }: Take,
  nowMs: number,
): Promise<Taken> {
  return sql.transaction(async (tx) => {
    await dropOldBodies(tx, storeCode, nowMs);
    // The one moment in which a sale changes hands: of two who ask at once, one changes the row and the other does not.
    await tx.run(
      `UPDATE held_sales SET state = 'taken', take_id = ?, taken_by = ?, taken_ms = ?
       WHERE store_code = ? AND give_id = ? AND state = 'held'`,
      [takeId, terminalId, nowMs, storeCode, giveId],
    );
    const row = await tx.first<TakenRow>(
      `SELECT sale_id, form, from_terminal, held_ms, body, take_id, taken_by
       FROM held_sales WHERE store_code = ? AND give_id = ?`,
      [storeCode, giveId],
    );
    return row === undefined ? { outcome: "gone" } : answerOf(row, terminalId, takeId);
  });
}

function answerOf(row: TakenRow, terminalId: string, takeId: string): Taken {
  if (row.taken_by === null) return { outcome: "gone" };
  if (row.taken_by !== terminalId || row.take_id !== takeId) return { outcome: "taken", by: row.taken_by };
  if (row.body === null) return { outcome: "gone" };
  return {
    ...{ outcome: "yours", saleId: row.sale_id, form: row.form, fromTerminal: row.from_terminal },
    ...{ heldAtMs: row.held_ms, body: Buffer.from(row.body).toString("utf8") },
  };
}

async function dropOldBodies(tx: Tx, storeCode: string, nowMs: number): Promise<void> {
  await tx.run(
    "UPDATE held_sales SET body = NULL WHERE store_code = ? AND state = 'taken' AND body IS NOT NULL AND taken_ms < ?",
    [storeCode, nowMs - bodyKeptMs],
  );
}
