import { z } from "zod";
import { defaultRights, grantsOf, isLimited, rightNames, type Rights, settableRoles } from "#core/access/rights.ts";
import type { Role } from "#core/access/role.ts";
import { assert } from "#core/result.ts";
import type { PeopleStore } from "#main/till/ports/people-store.ts";
import type { PinRecord } from "#main/till/ports/sales-store.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface PersonRow {
  readonly cashier_id: string;
  readonly name: string;
  readonly role: Role;
  readonly is_office: number;
  readonly is_removed: number;
  readonly has_pin: number;
  readonly badge_since_ms: number | null;
}

interface AccessRow {
  readonly rights: string | null;
  readonly lock_minutes: number | null;
  readonly badge_needs_pin: number;
}

/** Kept as what differs in no way from what was set; a right that is newer than the file has its default. */
const storedRights = z.partialRecord(
  z.enum(settableRoles),
  z.record(z.string(), z.object({ grant: z.enum(["yes", "needs-approval", "no"]), limit: z.number().nullable() })),
);

/**
 * People, badges and rights as a manager sets them.
 *
 * @param listPinRecords who may sign in, as `people` knows it
 */
export function badgesAndRights(
  { db, change }: SalesDatabase,
  journal: Journal,
  listPinRecords: () => readonly PinRecord[],
): PeopleStore {
  const statements = prepare(db);
  /** Asked for with every intent; written here alone. */
  let known: Rights | null = null;

  const access = (): AccessRow => {
    const row = statements.access.get();
    assert(row !== undefined, "access has its one row");
    return row;
  };

  return {
    listPeople() {
      return statements.list.all().map((row) => ({
        cashier: { id: row.cashier_id, name: row.name, role: row.role },
        isOffice: row.is_office === 1,
        isActive: row.is_removed === 0,
        hasPin: row.has_pin === 1,
        badgeSinceMs: row.badge_since_ms,
      }));
    },
    addPerson({ id, name, role }, entry) {
      change(() => {
        statements.add.run(id, name, role);
        journal.append(entry);
      });
    },
    changePerson({ id, name, role }, isActive, entry) {
      change(() => {
        const { changes } = statements.changePerson.run(name, role, isActive ? 0 : 1, id);
        assert(changes === 1, `cashier ${id} exists`);
        journal.append(entry);
      });
    },
    setBadge(cashierId, badge, entry) {
      change(() => {
        const { changes } = statements.setBadge.run(badge?.hash ?? null, badge?.sinceMs ?? null, cashierId);
        assert(changes === 1, `cashier ${cashierId} exists`);
        journal.append(entry);
      });
    },
    personByBadge(hash) {
      const id = statements.byBadge.get(hash);
      return listPinRecords().find(({ cashier }) => cashier.id === id) ?? null;
    },
    rights() {
      known ??= readRights(access().rights);
      return known;
    },
    saveRights(rights, entry) {
      known = null;
      change(() => {
        statements.saveRights.run(JSON.stringify(rights));
        journal.append(entry);
      });
    },
    accessSettings() {
      const { lock_minutes, badge_needs_pin } = access();
      return { lockMinutes: lock_minutes, badgeNeedsPin: badge_needs_pin === 1 };
    },
    saveAccessSettings({ lockMinutes, badgeNeedsPin }, entry) {
      change(() => {
        statements.saveAccess.run(lockMinutes, badgeNeedsPin ? 1 : 0);
        journal.append(entry);
      });
    },
  };
}

/** What is damaged or of another version gives nobody more than the till comes with. */
function readRights(text: string | null): Rights {
  const parsed = text === null ? null : storedRights.safeParse(JSON.parse(text));
  if (parsed === null || !parsed.success) return defaultRights;
  const roleRights = (role: (typeof settableRoles)[number]): Rights["cashier"] => {
    const settings = rightNames.map((right) => {
      const stored = parsed.data[role]?.[right];
      const isSound =
        stored !== undefined &&
        grantsOf(right).includes(stored.grant) &&
        (stored.grant === "yes" && isLimited(right)) === (stored.limit !== null);
      return [right, isSound ? stored : defaultRights[role][right]] as const;
    });
    // Every right's name is in the list.
    return Object.fromEntries(settings) as Rights["cashier"];
  };
  return { cashier: roleRights("cashier"), lead: roleRights("lead") };
}

function prepare(db: SalesDatabase["db"]) {
  return {
    list: db.prepare<[], PersonRow>(`
      SELECT cashier_id, name, role, is_office, is_removed, pin_hash <> '' AS has_pin, badge_since_ms
      FROM cashiers ORDER BY is_removed, name, cashier_id`),
    add: db.prepare("INSERT INTO cashiers (cashier_id, name, role, pin_hash) VALUES (?, ?, ?, '')"),
    changePerson: db.prepare("UPDATE cashiers SET name = ?, role = ?, is_removed = ? WHERE cashier_id = ?"),
    setBadge: db.prepare("UPDATE cashiers SET badge_hash = ?, badge_since_ms = ? WHERE cashier_id = ?"),
    byBadge: db.prepare<[string], string>("SELECT cashier_id FROM cashiers WHERE badge_hash = ?").pluck(),
    access: db.prepare<[], AccessRow>("SELECT rights, lock_minutes, badge_needs_pin FROM access"),
    saveRights: db.prepare("UPDATE access SET rights = ?"),
    saveAccess: db.prepare("UPDATE access SET lock_minutes = ?, badge_needs_pin = ?"),
  };
}
