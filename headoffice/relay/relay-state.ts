import { type RelayCertificate, relayCertificateSchema, type RelayShop } from "#contract/wire/relay.ts";
import type { Sql } from "../store/sql.ts";
import { placeOf } from "../terminals/terminal.ts";

/** Who this relay is, and whose. */
export interface RelayState {
  readonly relayKey: string;
  /** Address of head office. */
  readonly upstream: string;
  /** Pinned at enrolment. */
  readonly officeKey: string;
}

export async function readRelay(sql: Sql): Promise<RelayState | undefined> {
  const row = await sql.first<{ relay_key: string; upstream: string; office_key: string }>(
    "SELECT relay_key, upstream, office_key FROM relay WHERE id = 1",
  );
  if (row === undefined) return undefined;
  return { relayKey: row.relay_key, upstream: row.upstream, officeKey: row.office_key };
}

/** Enrolled, for the first time or anew: what another office had certified is gone. */
export async function writeRelay(sql: Sql, { relayKey, upstream, officeKey }: RelayState): Promise<void> {
  await sql.transaction((tx) =>
    tx.run(
      `INSERT INTO relay (id, relay_key, upstream, office_key) VALUES (1, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET relay_key = excluded.relay_key, upstream = excluded.upstream,
         office_key = excluded.office_key, certificate = NULL`,
      [relayKey, upstream, officeKey],
    ),
  );
}

export async function readCertificate(sql: Sql): Promise<RelayCertificate | null> {
  const row = await sql.first<{ certificate: string | null }>("SELECT certificate FROM relay WHERE id = 1");
  if (row?.certificate === undefined || row.certificate === null) return null;
  return relayCertificateSchema.parse(JSON.parse(row.certificate));
}

/** The shop's tills with their present keys, and the word that we serve them, in one transaction. */
export async function takeShop(sql: Sql, { certificate, tills }: RelayShop, nowMs: number): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.run("UPDATE relay SET certificate = ? WHERE id = 1", [JSON.stringify(certificate)]);
    for (const { terminalKey, publicKey, state } of tills) {
      const { storeCode, terminalId } = placeOf(terminalKey);
      await tx.run(
        `INSERT INTO terminals (store_code, terminal_id, public_key, state, enrolled_ms, last_seen_ms)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (store_code, terminal_id) DO UPDATE SET public_key = excluded.public_key, state = excluded.state`,
        [storeCode, terminalId, publicKey, state, nowMs, nowMs],
      );
    }
  });
}
