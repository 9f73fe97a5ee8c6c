import type Database from "better-sqlite3";
import { StoreBroken, storeBrokenBy } from "../store-broken.ts";

/** The one connection that writes sales.db, and the only way to change it. */
export interface SalesDatabase {
  readonly db: Database.Database;
  /**
   * Runs `work` in one immediate transaction and returns when it is fsynced. A disk that refuses becomes `StoreBroken`,
   * anything else that throws is thrown on; either way nothing of the work remains.
   */
  change<T>(work: () => T): T;
}

/** @param onBroken told once, after the first refusal behind which no change is taken any more; must throw nothing */
export function salesDatabase(
  db: Database.Database,
  onBroken: (broken: StoreBroken) => void = () => {},
): SalesDatabase {
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const rollback = db.prepare("ROLLBACK");
  let broken: StoreBroken | null = null;

  function change<T>(work: () => T): T {
    if (broken !== null) throw broken;
    try {
      begin.run();
      const value = work();
      commit.run();
      return value;
    } catch (error) {
      const refusal = storeBrokenBy(error);
      // After a failed fsync the pages in memory and on disk may differ, and a second fsync would lie: no more changes.
      if (refusal !== null && refusal.kind !== "full") giveUp(refusal);
      // SQLite has already rolled back by itself after some disk errors.
      if (db.inTransaction) rollBack();
      throw refusal ?? error;
    }
  }

  /** A disk that refuses this too must not hide what it refused before. */
  function rollBack(): void {
    try {
      rollback.run();
    } catch (error) {
      giveUp(storeBrokenBy(error) ?? new StoreBroken("io", "ROLLBACK", { cause: error }));
    }
  }

  function giveUp(refusal: StoreBroken): void {
    if (broken !== null) return;
    broken = refusal;
    onBroken(refusal);
  }

  return { db, change };
}
