import { createHash, randomInt } from "node:crypto";
import { fail, ok, type Result } from "#core/result.ts";
import type { Office } from "../office.ts";
import { findTerminal, type Terminal, type TerminalPlace } from "../terminals/terminal.ts";

/** Good for this long, typed at a till while somebody waits. Milliseconds. */
const codeLifeMs = 600_000;
/** 31 characters that cannot be taken for one another; ten of them are 8 × 10^14 codes, against a few tries each. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const codeLength = 10;

export interface EnrolmentCode {
  /** Shown once; only its hash is kept. */
  readonly code: string;
  readonly expiresAtMs: number;
}

/**
 * `terminal-active`: a till of this name is enrolled; say that the new one replaces it, or revoke it first.
 * `other-role`: the name is a relay's, or a relay is to have a till's.
 */
export type CodeFault = "no-such-shop" | "terminal-active" | "other-role";

/**
 * A code by which one till, or one relay, may take this name in the next ten minutes. It replaces the terminal's former code.
 * @param replaces the till of this name, if there is one, is given up: its key stops working when the code is used
 */
export async function createEnrolmentCode(
  { sql, clock }: Pick<Office, "sql" | "clock">,
  { storeCode, terminalId }: TerminalPlace,
  { replaces, role = "till" }: { readonly replaces: boolean; readonly role?: Terminal["role"] },
): Promise<Result<EnrolmentCode, CodeFault>> {
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join("");
  const expiresAtMs = clock.now() + codeLifeMs;
  return sql.transaction(async (tx) => {
    const shop = await tx.first("SELECT store_code FROM shops WHERE store_code = ?", [storeCode]);
    if (shop === undefined) return fail("no-such-shop");
    const terminal = await findTerminal(tx, { storeCode, terminalId });
    // A till's name stays a till's: its journal is kept under it.
    if (terminal !== undefined && terminal.role !== role) return fail("other-role");
    if (terminal?.state === "active" && !replaces) return fail("terminal-active");
    await tx.run(
      `INSERT INTO enrolment_codes (store_code, terminal_id, code_hash, expires_ms, replaces, role)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (store_code, terminal_id) DO UPDATE SET code_hash = excluded.code_hash,
         expires_ms = excluded.expires_ms, replaces = excluded.replaces, role = excluded.role, failed_tries = 0,
         used_by_key = NULL`,
      [storeCode, terminalId, hashOfCode(code), expiresAtMs, replaces ? 1 : 0, role],
    );
    return ok({ code, expiresAtMs });
  });
}

/** For reading aloud and typing: ABCDE-FGHJK. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

export function hashOfCode(code: string): string {
  return createHash("sha256").update(`tillway.enrolment.1\n${code}`).digest("hex");
}
