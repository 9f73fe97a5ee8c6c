import { createHash, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from "node:crypto";
import type { Sql, Tx } from "../store/sql.ts";
import { terminalKeyOf, type TerminalPlace } from "../terminals/terminal.ts";

const secretBytes = 32;
const idBytes = 4;
/** What a display still shows may be of the one before. */
const mostKept = 2;

/**
 * Makes the secret that a till and head office share, from the till's X25519 key and one of ours; durable when this resolves.
 * The same key again is answered the same: a till that lost the answer asks once more.
 * @param tillKey raw, base64url @returns head office's half, raw, base64url; null where `tillKey` is no such key
 */
export async function exchangeSecret(
  sql: Sql,
  place: TerminalPlace,
  tillKey: string,
  nowMs: number,
): Promise<string | null> {
  const made = makeSecret(terminalKeyOf(place), tillKey);
  if (made === null) return null;
  const { storeCode, terminalId } = place;
  return sql.transaction(async (tx) => {
    await tx.insert(
      {
        table: "carried_secrets",
        columns: [
          ...["store_code", "terminal_id", "till_public_key", "office_public_key", "secret_id", "secret", "made_ms"],
        ],
        tail: "ON CONFLICT (store_code, terminal_id, till_public_key) DO NOTHING",
      },
      [[storeCode, terminalId, tillKey, made.officeKey, secretIdOf(made.secret), made.secret, nowMs]],
    );
    const rows = await tx.rows<{ till_public_key: string; office_public_key: string }>(
      `SELECT till_public_key, office_public_key FROM carried_secrets WHERE store_code = ? AND terminal_id = ?
       ORDER BY made_ms DESC, till_public_key`,
      [storeCode, terminalId],
    );
    const others = rows.filter((row) => row.till_public_key !== tillKey);
    for (const { till_public_key: old } of others.slice(mostKept - 1)) {
      await tx.run("DELETE FROM carried_secrets WHERE store_code = ? AND terminal_id = ? AND till_public_key = ?", [
        storeCode,
        terminalId,
        old,
      ]);
    }
    return rows.find((row) => row.till_public_key === tillKey)?.office_public_key ?? made.officeKey;
  });
}

/** The secret of this id that the till has; undefined for one that is not kept any more. */
export async function findSecret(
  tx: Pick<Tx, "first">,
  { storeCode, terminalId }: TerminalPlace,
  secretId: string,
): Promise<Uint8Array | undefined> {
  const row = await tx.first<{ secret: Uint8Array }>(
    `SELECT secret FROM carried_secrets WHERE store_code = ? AND terminal_id = ? AND secret_id = ?
     ORDER BY made_ms DESC LIMIT 1`,
    [storeCode, terminalId, secretId],
  );
  return row?.secret;
}

function makeSecret(terminalKey: string, tillKey: string) {
  const publicKey = exchangeKeyOf(tillKey);
  if (publicKey === null) return null;
  const ours = generateKeyPairSync("x25519");
  let shared: Buffer;
  try {
    shared = diffieHellman({ privateKey: ours.privateKey, publicKey });
  } catch {
    return null; // a point of small order, from which every secret would be the same
  }
  const info = `tillway-carried-secret\n1\n${terminalKey}\n`;
  const secret = Buffer.from(hkdfSync("sha256", shared, "", info, secretBytes));
  return { secret, officeKey: ours.publicKey.export({ format: "jwk" }).x ?? "" };
}

function exchangeKeyOf(raw: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "X25519", x: raw }, format: "jwk" });
  } catch {
    return null;
  }
}

function secretIdOf(secret: Uint8Array): string {
  return createHash("sha256").update(secret).digest().subarray(0, idBytes).toString("base64url");
}
