import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Sql } from "../store/sql.ts";
import { rawPublicKey } from "./ed25519.ts";

/** Signs feeds and answers; pinned by every till at enrolment. */
export interface OfficeKey {
  readonly privateKey: KeyObject;
  /** Raw, base64url. */
  readonly publicKey: string;
}

/**
 * The office's one key and name. Made at the first start and kept in the database, where every instance finds the same
 * one; when two start at once the first to commit wins and both use its key. Who can read the database can sign as the
 * office: guard its file and its backups as you would the key.
 */
export async function openOfficeKey(
  sql: Sql,
  name: string,
): Promise<{ readonly key: OfficeKey; readonly name: string }> {
  const made = generateKeyPairSync("ed25519");
  const pkcs8 = made.privateKey.export({ type: "pkcs8", format: "der" });
  const row = await sql.transaction(async (tx) => {
    await tx.run(
      "INSERT INTO office (id, name, public_key, private_key) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      [name, rawPublicKey(made.publicKey), pkcs8],
    );
    return tx.first<{ name: string; public_key: string; private_key: Uint8Array }>(
      "SELECT name, public_key, private_key FROM office WHERE id = 1",
    );
  });
  if (row === undefined) throw new Error("the office's row was inserted or was there");
  const privateKey = createPrivateKey({ key: Buffer.from(row.private_key), type: "pkcs8", format: "der" });
  return { key: { privateKey, publicKey: row.public_key }, name: row.name };
}
