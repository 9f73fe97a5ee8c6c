import { createHash, randomBytes } from "node:crypto";
import type { OfficeRole } from "./shapes.ts";
import type { Sql, Tx } from "../store/sql.ts";

/** A session that is not used ends after this: a page left open in a back room. Milliseconds. */
export const idleMs = 8 * 60 * 60_000;
/** And every session after this. */
export const longestMs = 7 * 24 * 60 * 60_000;
/** `seen_ms` is written at most this often. */
const noteEveryMs = 5 * 60_000;
/** Browsers one person is signed in with; the oldest makes room. */
const mostOfOnePerson = 20;

export interface Person {
  readonly name: string;
  readonly role: OfficeRole;
  /** Signed in with a one-time password: nothing else goes before it is changed. */
  readonly mustChange: boolean;
}

/** Begins a session and gives its token, which exists nowhere else: the database holds its hash. */
export async function beginSession(tx: Tx, name: string, nowMs: number): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.run("DELETE FROM office_sessions WHERE began_ms < ? OR seen_ms < ?", [nowMs - longestMs, nowMs - idleMs]);
  const open = await tx.rows<{ token_hash: string }>(
    "SELECT token_hash FROM office_sessions WHERE name = ? ORDER BY seen_ms DESC",
    [name],
  );
  for (const { token_hash } of open.slice(mostOfOnePerson - 1))
    await tx.run("DELETE FROM office_sessions WHERE token_hash = ?", [token_hash]);
  await tx.run("INSERT INTO office_sessions (token_hash, name, began_ms, seen_ms) VALUES (?, ?, ?, ?)", [
    ...[hashOf(token), name, nowMs, nowMs],
  ]);
  return token;
}

/** Who the token's session belongs to; null where it has ended or never was. */
export async function personOf(sql: Sql, token: string, nowMs: number): Promise<Person | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const row = await sql.first<{ name: string; role: OfficeRole; must_change: number; seen_ms: number }>(
    `SELECT p.name, p.role, p.must_change, s.seen_ms FROM office_sessions s JOIN office_people p ON p.name = s.name
     WHERE s.token_hash = ? AND s.began_ms > ? AND s.seen_ms > ?`,
    [hashOf(token), nowMs - longestMs, nowMs - idleMs],
  );
  if (row === undefined) return null;
  if (nowMs - row.seen_ms > noteEveryMs)
    await sql.transaction((tx) =>
      tx.run("UPDATE office_sessions SET seen_ms = ? WHERE token_hash = ?", [nowMs, hashOf(token)]),
    );
  return { name: row.name, role: row.role, mustChange: row.must_change === 1 };
}

export async function endSession(sql: Sql, token: string): Promise<void> {
  await sql.transaction((tx) => tx.run("DELETE FROM office_sessions WHERE token_hash = ?", [hashOf(token)]));
}

/** After a new password every other browser has to sign in again. */
export async function endOtherSessions(tx: Tx, name: string, keepToken: string): Promise<void> {
  await tx.run("DELETE FROM office_sessions WHERE name = ? AND token_hash <> ?", [name, hashOf(keepToken)]);
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
