import { type Give, type Given, heldForm, heldSaleSchema, mostHeldSales } from "#contract/wire/held.ts";
import type { Sql, Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";

type Refusal = Extract<Given, { outcome: "refused" }>["why"];

/**
 * A till gives a sale to every till of its shop; durable when this resolves. What becomes of a `giveId` is decided once:
 * the same one again, however late, is told the same and changes nothing. Also a refusal is kept, so that a copy of the
 * request that lay somewhere on the way cannot put a sale here that its till sells on by then.
 */
export async function giveSale(sql: Sql, from: TerminalPlace, give: Give, nowMs: number): Promise<Given> {
  const { storeCode } = from;
  return sql.transaction(async (tx) => {
    await takeTurn(tx, storeCode);
    const known = await becameOf(tx, storeCode, give.giveId);
    if (known !== undefined) return known;
    const why = await refusalOf(tx, storeCode, give);
    await tx.insert({ table: "held_sales", columns }, [valuesOf(from, give, why, nowMs)]);
    return why === null ? { outcome: "held" } : { outcome: "refused", why };
  });
}

/** One who gives waits here for the other, so that neither counts without the other's. */
async function takeTurn(tx: Tx, storeCode: string): Promise<void> {
  await tx.run(
    `INSERT INTO held_turns (store_code, turn) VALUES (?, 1)
     ON CONFLICT (store_code) DO UPDATE SET turn = held_turns.turn + 1`,
    [storeCode],
  );
}

async function becameOf(tx: Tx, storeCode: string, giveId: string): Promise<Given | undefined> {
  const row = await tx.first<{ state: Given["outcome"]; refused_why: Refusal | null }>(
    "SELECT state, refused_why FROM held_sales WHERE store_code = ? AND give_id = ?",
    [storeCode, giveId],
  );
  if (row === undefined) return undefined;
  const { state, refused_why: why } = row;
  if (state !== "refused") return { outcome: state };
  return { outcome: "refused", why: why ?? "unreadable" };
}

async function refusalOf(tx: Tx, storeCode: string, { saleId, form, body }: Give): Promise<Refusal | null> {
  if (!isReadable(form, saleId, body)) return "unreadable";
  // Elsewhere a paid sale came back as a draft at another device and was paid twice (odoo#288974).
  if (await isSold(tx, storeCode, saleId)) return "sold";
  const here = await tx.first(
    "SELECT give_id FROM held_sales WHERE store_code = ? AND sale_id = ? AND state = 'held'",
    [storeCode, saleId],
  );
  if (here !== undefined) return "here";
  const row = await tx.first<{ n: number }>(
    "SELECT COUNT(*) AS n FROM held_sales WHERE store_code = ? AND state = 'held'",
    [storeCode],
  );
  return (row?.n ?? 0) < mostHeldSales ? null : "full";
}

/** A form that is not known here is for the tills to read. */
function isReadable(form: number, saleId: string, body: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return false;
  }
  if (form > heldForm) return true;
  const sale = heldSaleSchema.safeParse(value);
  return sale.success && sale.data.cart.saleId === saleId;
}

async function isSold(tx: Tx, storeCode: string, saleId: string): Promise<boolean> {
  // By the whole key of each till: a shop has few tills and many sales.
  const sold = await tx.first(
    `SELECT s.sale_id FROM terminals AS t
     JOIN sales AS s ON s.store_code = t.store_code AND s.terminal_id = t.terminal_id AND s.sale_id = ?
     WHERE t.store_code = ? LIMIT 1`,
    [saleId, storeCode],
  );
  return sold !== undefined;
}

const columns = [
  ...["store_code", "give_id", "sale_id", "from_terminal", "state", "form", "label", "cashier_name"],
  ...["held_ms", "given_ms", "line_count", "total_fen", "body", "refused_why"],
];

function valuesOf({ storeCode, terminalId }: TerminalPlace, give: Give, why: Refusal | null, nowMs: number) {
  const { giveId, saleId, form, label, cashierName, heldAtMs, lineCount, totalFen, body } = give;
  return [
    ...[storeCode, giveId, saleId, terminalId, why === null ? "held" : "refused", form, label, cashierName],
    ...[heldAtMs, nowMs, lineCount, totalFen, why === null ? Buffer.from(body) : null, why],
  ];
}
