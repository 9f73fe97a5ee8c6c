import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "./terminal.ts";

/** Every key a till has or had: what it signed with one that it lost since is still its word. Raw, base64url. */
export async function keysOf(
  tx: Pick<Tx, "rows">,
  { storeCode, terminalId }: TerminalPlace,
): Promise<readonly string[]> {
  const rows = await tx.rows<{ public_key: string }>(
    "SELECT public_key FROM terminal_keys WHERE store_code = ? AND terminal_id = ? ORDER BY public_key",
    [storeCode, terminalId],
  );
  return rows.map(({ public_key: raw }) => raw);
}
