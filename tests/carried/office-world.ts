import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { openOfficeKey, type OfficeKey } from "#headoffice/keys/office-key.ts";
import { publicKeyOf, rawPublicKey } from "#headoffice/keys/ed25519.ts";
import { putShop } from "#headoffice/shops/shops.ts";
import { openStore } from "#headoffice/store/open-store.ts";
import type { Sql } from "#headoffice/store/sql.ts";

/** Where the shop and its one till stand. */
export const place = { storeCode: "BJ01", terminalId: "T01" } as const;
export const terminalKey = "BJ01-T01";

/** Head office's database with one shop and one till in it. */
export interface OfficeWorld {
  readonly sql: Sql;
  readonly key: OfficeKey;
  readonly officePublicKey: KeyObject;
  readonly tillKey: KeyObject;
  readonly secret: Uint8Array;
}

let made: Promise<OfficeWorld> | null = null;

/** Made once per process, as making one takes longer than a run; every run begins without orders. */
export async function openOfficeWorld(): Promise<OfficeWorld> {
  made ??= makeWorld();
  const world = await made;
  await world.sql.transaction(async (tx) => {
    await tx.run("DELETE FROM carried_orders");
    await tx.run("DELETE FROM review_items");
  });
  return world;
}

async function makeWorld(): Promise<OfficeWorld> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-carried-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const opened = await openStore({ kind: "sqlite", path: join(folder, "office.db") });
  assert(opened.ok, "a new database opens");
  const sql = opened.value;
  const { key } = await openOfficeKey(sql, "Head office");
  const officePublicKey = publicKeyOf(key.publicKey);
  assert(officePublicKey !== null, "head office's key is one");
  const till = generateKeyPairSync("ed25519");
  const secret = randomBytes(32);
  const { storeCode, terminalId } = place;
  await sql.transaction(async (tx) => {
    await putShop(tx, { storeCode, nameZh: "朝阳店", nameEn: "Chaoyang" });
    await tx.run(
      `INSERT INTO terminals (store_code, terminal_id, public_key, state, enrolled_ms, last_seen_ms)
       VALUES (?, ?, ?, 'active', 0, 0)`,
      [storeCode, terminalId, rawPublicKey(till.publicKey)],
    );
    await tx.run(
      `INSERT INTO carried_secrets (store_code, terminal_id, till_public_key, office_public_key, secret_id, secret, made_ms)
       VALUES (?, ?, 'till', 'office', ?, ?, 0)`,
      [storeCode, terminalId, secretIdOf(secret), secret],
    );
  });
  return { sql, key, officePublicKey, tillKey: till.privateKey, secret };
}

function secretIdOf(secret: Uint8Array): string {
  return createHash("sha256").update(secret).digest().subarray(0, 4).toString("base64url");
}
