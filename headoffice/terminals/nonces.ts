import type { Office } from "../office.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "./terminal.ts";

/** A signature is good for this long before and after its `created`, by head office's clock. Milliseconds. */
export const clockToleranceMs = 300_000;
/** Nonces are kept as long as their signature could be shown again, then dropped, at most this often. Milliseconds. */
const betweenSweepsMs = 60_000;

const lastSweeps = new WeakMap<object, number>();

/** A nonce of a signature that was verified: to be remembered, or it was seen before. */
export interface NonceClaim {
  readonly nonce: string;
  /** Seconds since 1970, the signer's clock. */
  readonly created: number;
}

/**
 * Remembers the nonce in a transaction of its own; false when it was seen before. The table is bounded by what enrolled
 * tills send in ten minutes: nobody else gets this far. A power cut may forget the last moment's: who had recorded one of
 * these requests could have it answered once more, to nobody's gain, since entries are compared and the answer is of no use
 * to another. A flush of the disk for every request would cost more than all sales together.
 */
export async function claimNonce(
  office: Pick<Office, "sql" | "clock">,
  place: TerminalPlace,
  claim: NonceClaim,
): Promise<boolean> {
  await sweepNonces(office);
  return office.sql.transaction((tx) => claimNonceIn(tx, place, claim), { mayBeLost: true });
}

/** The same in the transaction of what the request brings: it is claimed and done, or neither. */
export async function claimNonceIn(
  tx: Pick<Tx, "run">,
  { storeCode, terminalId }: TerminalPlace,
  { nonce, created }: NonceClaim,
): Promise<boolean> {
  const expiresMs = created * 1_000 + clockToleranceMs + 1_000;
  const claimed = await tx.run(
    `INSERT INTO nonces (store_code, terminal_id, nonce, expires_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (store_code, terminal_id, nonce) DO NOTHING`,
    [storeCode, terminalId, nonce, expiresMs],
  );
  return claimed > 0;
}

/** Apart from every claim: two that swept inside longer transactions might wait for each other. */
export async function sweepNonces({ sql, clock }: Pick<Office, "sql" | "clock">): Promise<void> {
  const nowMs = clock.now();
  if (nowMs - (lastSweeps.get(sql) ?? 0) < betweenSweepsMs) return;
  lastSweeps.set(sql, nowMs);
  await sql.transaction((tx) => tx.run("DELETE FROM nonces WHERE expires_ms < ?", [nowMs]), { mayBeLost: true });
}
