import type { Office } from "../office.ts";
import type { TerminalPlace } from "./terminal.ts";

/**
 * Takes a till out: from here on its uploads go to quarantine and it is given no feed. It comes back by enrolling with a
 * new code. @returns false where there is no such active till
 */
export async function revokeTerminal(office: Pick<Office, "sql" | "clock">, place: TerminalPlace): Promise<boolean> {
  const nowMs = office.clock.now();
  const changed = await office.sql.transaction((tx) =>
    tx.run(
      "UPDATE terminals SET state = 'revoked', revoked_ms = ? WHERE store_code = ? AND terminal_id = ? AND state = 'active'",
      [nowMs, place.storeCode, place.terminalId],
    ),
  );
  return changed > 0;
}
