import type { Role } from "#core/access/role.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { assert } from "#core/result.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface CashierRow {
  readonly cashier_id: string;
  readonly name: string;
  readonly role: Role;
  readonly pin_hash: string;
  readonly failures: number;
  readonly locked_until_ms: number;
}

type People = Pick<SalesStore, "listPinRecords" | "putCashier" | "setPin" | "recordPinFailure" | "recordSignIn">;

/** Who may sign in, and how often they failed to: counted on disk, so that a restart does not give new tries. */
export function people({ db, change }: SalesDatabase, journal: Journal): People {
  // Whoever head office took away signs in no more; but while no other manager has a PIN, the last ones keep theirs, or
  // nobody could ever give one (set-pin).
  const list = db.prepare<[], CashierRow>(`
    SELECT * FROM cashiers WHERE is_removed = 0 OR (role = 'manager' AND pin_hash <> '' AND NOT EXISTS (
      SELECT 1 FROM cashiers WHERE is_removed = 0 AND role = 'manager' AND pin_hash <> ''))
    ORDER BY cashier_id`);
  // A new PIN starts with no failures; storing the same one again must not unlock anybody.
  const put = db.prepare(`
    INSERT INTO cashiers (cashier_id, name, role, pin_hash) VALUES (?, ?, ?, ?)
    ON CONFLICT (cashier_id) DO UPDATE SET
      name = excluded.name, role = excluded.role, pin_hash = excluded.pin_hash, is_removed = 0,
      failures = iif(pin_hash = excluded.pin_hash, failures, 0),
      locked_until_ms = iif(pin_hash = excluded.pin_hash, locked_until_ms, 0)`);
  const setPin = db.prepare("UPDATE cashiers SET pin_hash = ?, failures = 0, locked_until_ms = 0 WHERE cashier_id = ?");
  const setFailures = db.prepare("UPDATE cashiers SET failures = ?, locked_until_ms = ? WHERE cashier_id = ?");

  function mark(cashierId: string, failures: number, lockedUntilMs: number): void {
    const { changes } = setFailures.run(failures, lockedUntilMs, cashierId);
    assert(changes === 1, `cashier ${cashierId} exists`);
  }

  return {
    listPinRecords() {
      return list.all().map((row) => ({
        cashier: { id: row.cashier_id, name: row.name, role: row.role },
        pinHash: row.pin_hash,
        failures: row.failures,
        lockedUntilMs: row.locked_until_ms,
      }));
    },
    putCashier(cashier, pinHash) {
      change(() => put.run(cashier.id, cashier.name, cashier.role, pinHash));
    },
    setPin(cashierId, pinHash, entry) {
      change(() => {
        const { changes } = setPin.run(pinHash, cashierId);
        assert(changes === 1, `cashier ${cashierId} exists`);
        journal.append(entry);
      });
    },
    recordPinFailure(cashierId, failures, lockedUntilMs, entry) {
      change(() => {
        mark(cashierId, failures, lockedUntilMs);
        journal.append(entry);
      });
    },
    recordSignIn(cashierId, entry) {
      change(() => {
        mark(cashierId, 0, 0);
        journal.append(entry);
      });
    },
  };
}
