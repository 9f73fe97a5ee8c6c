import { fail, ok, type Result } from "#core/result.ts";
import type { Sql, Tx } from "../store/sql.ts";
import type { Passwords } from "./passwords.ts";
import { beginSession } from "./sessions.ts";
import { forgottenAfterMs, freeTries, freeTriesOfAddress, waitAfterFailures } from "./slow-down.ts";

export type SignInFault =
  | { readonly kind: "wrong-password" }
  | { readonly kind: "slowed"; readonly waitMs: number }
  | { readonly kind: "busy" };

export interface SignInAsk {
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/**
 * A new session for a right name and password. A try is counted on the account and on the address before the password is
 * looked at, so that a hundred at once are a hundred; a right one takes them back.
 */
export async function signIn(
  sql: Sql,
  passwords: Passwords,
  { name, password, address }: SignInAsk,
  nowMs: number,
): Promise<Result<string, SignInFault>> {
  const subjects = [
    { subject: `name ${name}`, free: freeTries },
    { subject: `address ${address}`, free: freeTriesOfAddress },
  ];
  const waitMs = await sql.transaction((tx) => countTry(tx, subjects, nowMs));
  if (waitMs > 0) return fail({ kind: "slowed", waitMs });
  const known = await sql.first<{ password_hash: string }>("SELECT password_hash FROM office_people WHERE name = ?", [
    name,
  ]);
  const isRight = await passwords.verify(known?.password_hash ?? null, password);
  if (isRight === null) return fail({ kind: "busy" });
  if (!isRight) return fail({ kind: "wrong-password" });
  return ok(
    await sql.transaction(async (tx) => {
      for (const { subject } of subjects) await tx.run("DELETE FROM sign_in_failures WHERE subject = ?", [subject]);
      return beginSession(tx, name, nowMs);
    }),
  );
}

interface Subject {
  readonly subject: string;
  readonly free: number;
}

/** Counts the try on all subjects, or on none where one of them still has to wait. Milliseconds to wait. */
async function countTry(tx: Tx, subjects: readonly Subject[], nowMs: number): Promise<number> {
  await tx.run("DELETE FROM sign_in_failures WHERE last_ms < ?", [nowMs - forgottenAfterMs]);
  const counted: (Subject & { failures: number })[] = [];
  let waitMs = 0;
  for (const { subject, free } of subjects) {
    // Written and not only read: that locks the row, and the next try waits for the outcome of this one.
    const row = await tx.first<{ failures: number; until_ms: number }>(
      `INSERT INTO sign_in_failures (subject, failures, until_ms, last_ms) VALUES (?, 0, 0, ?)
       ON CONFLICT (subject) DO UPDATE SET last_ms = excluded.last_ms RETURNING failures, until_ms`,
      [subject, nowMs],
    );
    counted.push({ subject, free, failures: (row?.failures ?? 0) + 1 });
    waitMs = Math.max(waitMs, (row?.until_ms ?? 0) - nowMs);
  }
  if (waitMs > 0) return waitMs;
  for (const { subject, free, failures } of counted) {
    const wait = waitAfterFailures(failures, free);
    await tx.run("UPDATE sign_in_failures SET failures = ?, until_ms = ? WHERE subject = ?", [
      ...[failures, wait === 0 ? 0 : nowMs + wait, subject],
    ]);
  }
  return 0;
}
