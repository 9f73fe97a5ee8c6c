import type { Enrol, Enrolled } from "#contract/wire/enrolment.ts";
import type { WireFault } from "#contract/wire/fault.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Office } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { shopOf } from "../shops/shops.ts";
import type { Tx } from "../store/sql.ts";
import { findTerminal, type Terminal } from "../terminals/terminal.ts";
import { hashOfCode } from "./codes.ts";

/** Wrong codes for one terminal before its code is dead: a person asks for another, a guesser has to begin again. */
const mostFailedTries = 5;

interface CodeRow {
  readonly code_hash: string;
  readonly expires_ms: number;
  readonly replaces: number;
  readonly failed_tries: number;
  readonly used_by_key: string | null;
  readonly role: Terminal["role"];
}

/**
 * Gives the till that knows the code its name, once. The same till asking again, because the answer was lost, is answered
 * the same for as long as its key is the terminal's. That it holds its key was checked before.
 */
export async function enrol(office: Office, asked: Enrol): Promise<Result<Enrolled, WireFault>> {
  const nowMs = office.clock.now();
  const refusal = await office.sql.transaction((tx) => redeem(tx, asked, nowMs));
  if (refusal !== null) return fail(refusal);
  const shop = await shopOf(office.sql, asked.storeCode);
  if (shop === undefined) return fail(faultOf("code-unknown", "there is no such shop"));
  office.log({ event: "terminal-enrolled", store: asked.storeCode, terminal: asked.terminalId });
  return ok({
    officeKey: office.key.publicKey,
    officeName: office.name,
    storeNameZh: shop.nameZh,
    storeNameEn: shop.nameEn,
  });
}

/** Refusals are returned, not thrown: a wrong try must stay counted. */
async function redeem(tx: Tx, asked: Enrol, nowMs: number): Promise<WireFault | null> {
  const { storeCode, terminalId, publicKey } = asked;
  // Takes the row's lock, so that of two tills with one code the second finds it used.
  const row = await tx.first<CodeRow>(
    `UPDATE enrolment_codes SET failed_tries = failed_tries + 1 WHERE store_code = ? AND terminal_id = ?
     RETURNING code_hash, expires_ms, replaces, failed_tries, used_by_key, role`,
    [storeCode, terminalId],
  );
  if (row === undefined) return faultOf("code-unknown", "no code was made for this terminal");
  const isRight = row.code_hash === hashOfCode(asked.code);
  const terminal = await findTerminal(tx, asked);
  const isAgain = isRight && row.used_by_key === publicKey && terminal?.publicKey === publicKey;
  if (isAgain && terminal.state === "active") return null;
  if (row.failed_tries > mostFailedTries) return faultOf("code-expired", "too many wrong codes: ask for a new one");
  if (!isRight) return faultOf("code-unknown", "not the code of this terminal");
  if (row.used_by_key !== null) return faultOf("code-used", "this code was used");
  if (nowMs > row.expires_ms) return faultOf("code-expired", "this code has expired");
  if (terminal?.state === "active" && row.replaces === 0) {
    return faultOf("already-enrolled", "a till of this name is enrolled");
  }
  await giveName(tx, asked, row.role, nowMs);
  await tx.run(
    "UPDATE enrolment_codes SET failed_tries = 0, used_by_key = ? WHERE store_code = ? AND terminal_id = ?",
    [publicKey, storeCode, terminalId],
  );
  return null;
}

async function giveName(
  tx: Tx,
  { storeCode, terminalId, publicKey }: Enrol,
  role: Terminal["role"],
  nowMs: number,
): Promise<void> {
  await tx.run(
    `INSERT INTO terminals (store_code, terminal_id, public_key, state, enrolled_ms, last_seen_ms, role)
     VALUES (?, ?, ?, 'active', ?, ?, ?)
     ON CONFLICT (store_code, terminal_id) DO UPDATE SET public_key = excluded.public_key, state = 'active',
       enrolled_ms = excluded.enrolled_ms, last_seen_ms = excluded.last_seen_ms, revoked_ms = NULL,
       role = excluded.role`,
    [storeCode, terminalId, publicKey, nowMs, nowMs, role],
  );
  await tx.run(
    `INSERT INTO terminal_keys (store_code, terminal_id, public_key) VALUES (?, ?, ?)
     ON CONFLICT (store_code, terminal_id, public_key) DO NOTHING`,
    [storeCode, terminalId, publicKey],
  );
}
