import { randomInt } from "node:crypto";
import { fail, ok, type Result } from "#core/result.ts";
import type { Sql } from "../store/sql.ts";
import { noteDeed } from "./deeds.ts";
import type { Passwords } from "./passwords.ts";
import { longestPassword, shortestPassword } from "./passwords.ts";
import { endOtherSessions, type Person } from "./sessions.ts";
import type { OfficePerson, OfficeRole } from "./shapes.ts";

/** Head offices have a handful of people; a list that is longer is a mistake. */
export const mostPeople = 200;
/** Letters and digits that nobody takes for one another. */
const plainSigns = "23456789abcdefghjkmnpqrstuvwxyz";

/** A password for one use: 14 signs, 69 bits. */
export function oneTimePassword(): string {
  return Array.from({ length: 14 }, () => plainSigns[randomInt(plainSigns.length)]).join("");
}

/**
 * The first start's one admin. Gives the one-time password to be told once, or null where people are there already. Two
 * instances that start at once make one: the name is the key.
 */
export async function makeFirstAdmin(sql: Sql, passwords: Passwords, nowMs: number): Promise<string | null> {
  if ((await sql.first("SELECT name FROM office_people LIMIT 1")) !== undefined) return null;
  const password = oneTimePassword();
  const hash = await passwords.hash(password);
  if (hash === null) return null;
  const made = await sql.transaction((tx) =>
    tx.run(
      `INSERT INTO office_people (name, role, password_hash, must_change, changed_ms) VALUES ('admin', 'admin', ?, 1, ?)
       ON CONFLICT (name) DO NOTHING`,
      [hash, nowMs],
    ),
  );
  return made === 1 ? password : null;
}

export async function listPeople(sql: Sql): Promise<readonly OfficePerson[]> {
  const rows = await sql.rows<{ name: string; role: OfficeRole; must_change: number }>(
    "SELECT name, role, must_change FROM office_people ORDER BY name LIMIT ?",
    [mostPeople],
  );
  return rows.map(({ name, role, must_change }) => ({ name, role, isNew: must_change === 1 }));
}

export type PeopleFault = "conflict" | "busy" | "not-found" | "last-admin" | "too-many";

/** A new person with a one-time password, which is given back and kept nowhere. Also a new one for who forgot his. */
export async function putPerson(
  sql: Sql,
  passwords: Passwords,
  by: Person,
  person: { readonly name: string; readonly role: OfficeRole; readonly isNew: boolean },
  nowMs: number,
): Promise<Result<string, PeopleFault>> {
  const password = oneTimePassword();
  const hash = await passwords.hash(password);
  if (hash === null) return fail("busy");
  const { name, role, isNew } = person;
  return sql
    .transaction(async (tx): Promise<Result<string, PeopleFault>> => {
      const people = await tx.rows<{ name: string }>("SELECT name FROM office_people");
      const isKnown = people.some((one) => one.name === name);
      if (isKnown === isNew) return fail(isNew ? "conflict" : "not-found");
      if (isNew && people.length >= mostPeople) return fail("too-many");
      await tx.run(
        `INSERT INTO office_people (name, role, password_hash, must_change, changed_ms) VALUES (?, ?, ?, 1, ?)
       ON CONFLICT (name) DO UPDATE
         SET role = excluded.role, password_hash = excluded.password_hash, must_change = 1, changed_ms = excluded.changed_ms`,
        [name, role, hash, nowMs],
      );
      await tx.run("DELETE FROM office_sessions WHERE name = ?", [name]);
      if (!(await hasAdmin(tx))) throw new LastAdmin();
      await noteDeed(
        tx,
        { name: by.name, deed: isNew ? "person-added" : "person-reset", detail: `${name} ${role}` },
        nowMs,
      );
      return ok(password);
    })
    .catch(asLastAdmin);
}

export async function removePerson(
  sql: Sql,
  by: Person,
  name: string,
  nowMs: number,
): Promise<Result<void, PeopleFault>> {
  return sql
    .transaction(async (tx): Promise<Result<void, PeopleFault>> => {
      if ((await tx.run("DELETE FROM office_people WHERE name = ?", [name])) === 0) return fail("not-found");
      await tx.run("DELETE FROM office_sessions WHERE name = ?", [name]);
      if (!(await hasAdmin(tx))) throw new LastAdmin();
      await noteDeed(tx, { name: by.name, deed: "person-removed", detail: name }, nowMs);
      return ok(undefined);
    })
    .catch(asLastAdmin);
}

export type PasswordFault = "wrong-password" | "too-short" | "too-long" | "same" | "busy";

/** The person's own new password. The session that asked goes on, all others end. */
export async function changePassword(
  sql: Sql,
  passwords: Passwords,
  person: Person & { readonly token: string },
  change: { readonly current: string; readonly next: string },
  nowMs: number,
): Promise<Result<void, PasswordFault>> {
  if (change.next.length < shortestPassword) return fail("too-short");
  if (change.next.length > longestPassword) return fail("too-long");
  if (change.next === change.current) return fail("same");
  const row = await sql.first<{ password_hash: string }>("SELECT password_hash FROM office_people WHERE name = ?", [
    person.name,
  ]);
  const isRight = await passwords.verify(row?.password_hash ?? null, change.current);
  if (isRight === false) return fail("wrong-password");
  const hash = isRight === null ? null : await passwords.hash(change.next);
  if (hash === null) return fail("busy");
  await sql.transaction(async (tx) => {
    await tx.run("UPDATE office_people SET password_hash = ?, must_change = 0, changed_ms = ? WHERE name = ?", [
      ...[hash, nowMs, person.name],
    ]);
    await endOtherSessions(tx, person.name, person.token);
    await noteDeed(tx, { name: person.name, deed: "password-changed", detail: "" }, nowMs);
  });
  return ok(undefined);
}

/** Rolls the transaction back: somebody must be able to let others in. */
class LastAdmin extends Error {}

function asLastAdmin(error: unknown): Result<never, PeopleFault> {
  if (error instanceof LastAdmin) return fail("last-admin");
  throw error;
}

async function hasAdmin(tx: Pick<Sql, "first">): Promise<boolean> {
  return (await tx.first("SELECT name FROM office_people WHERE role = 'admin' LIMIT 1")) !== undefined;
}
