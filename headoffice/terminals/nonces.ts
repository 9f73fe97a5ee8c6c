import type { Office } from "../office.ts";
import type { TerminalPlace } from "./terminal.ts";

/** A signature is good for this long before and after its `created`, by head office's clock. Milliseconds. */
export const clockToleranceMs = 300_000;
/** Nonces are kept as long as their signature could be shown again, then dropped, at most this often. Milliseconds. */
const betweenSweepsMs = 60_000;

const lastSweeps = new WeakMap<object, number>();

/**
 * Remembers the nonce of a signature that was verified; false when it was seen before. The table is bounded by what
 * enrolled tills send in ten minutes: nobody else gets this far. A power cut may forget the last moment's: who had recorded
 * one of these requests could have it answered once more, to nobody's gain, since entries are compared and the answer is of
 * no use to another. A flush of the disk for every request would cost more than all sales together.
 */
export async function claimNonce(
  { sql, clock }: Pick<Office, "sql" | "clock">,
  { storeCode, terminalId }: TerminalPlace,
  { nonce, created }: { readonly nonce: string; readonly created: number },
): Promise<boolean> {
  const nowMs = clock.now();
  const expiresMs = created * 1_000 + clockToleranceMs + 1_000;
  const isSweep = nowMs - (lastSweeps.get(sql) ?? 0) >= betweenSweepsMs;
  const claimed = await sql.transaction(
    async (tx) => {
      if (isSweep) await tx.run("DELETE FROM nonces WHERE expires_ms < ?", [nowMs]);
      return tx.run(
        `INSERT INTO nonces (store_code, terminal_id, nonce, expires_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT (store_code, terminal_id, nonce) DO NOTHING`,
        [storeCode, terminalId, nonce, expiresMs],
      );
    },
    { mayBeLost: true },
  );
  if (isSweep) lastSweeps.set(sql, nowMs);
  return claimed > 0;
}
