import { closeSync, fsyncSync, openSync, rmSync } from "node:fs";
import type Database from "better-sqlite3";
import { assert, fail, ok, type Result } from "#core/result.ts";
import { faultOf, syncDirectoryOf } from "./connection.ts";
import type { StoreFault, StoreLog } from "./fault.ts";

/** One step of a file's shape. Its version is its place in the list: 1, 2, 3 … never reordered once shipped. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/**
 * Brings the file to the newest version: each step in one transaction with its `user_version`, and before the first of them a
 * whole copy of a non-empty file beside it (`…before-v2`), because an update that turns out wrong must be undoable in a shop.
 */
export function migrate(
  db: Database.Database,
  file: { readonly path: string; readonly applicationId: number },
  migrations: readonly Migration[],
  log: StoreLog,
): Result<number, StoreFault> {
  migrations.forEach(({ version }, index) => assert(version === index + 1, "migrations are numbered 1, 2, 3 …"));
  const newestKnown = migrations.length;
  try {
    const found = Number(db.pragma("user_version", { simple: true }));
    if (found > newestKnown) return fail({ kind: "newer-version", path: file.path, found, newestKnown });
    const steps = migrations.slice(found);
    if (found > 0 && steps[0] !== undefined) backUp(db, `${file.path}.before-v${steps[0].version}`);
    for (const { version, sql } of steps) {
      db.transaction(() => {
        db.exec(sql);
        db.pragma(`application_id = ${file.applicationId}`);
        db.pragma(`user_version = ${version}`);
      }).immediate();
      log({ event: "store-migrated", path: file.path, version });
    }
    return ok(newestKnown);
  } catch (error) {
    return fail(faultOf(file.path, error));
  }
}

/** A consistent copy that is on the disk when this returns. An older copy of the same name is one that did not finish. */
function backUp(db: Database.Database, target: string): void {
  rmSync(target, { force: true });
  db.prepare("VACUUM INTO ?").run(target);
  const copy = openSync(target, "r+");
  try {
    fsyncSync(copy);
  } finally {
    closeSync(copy);
  }
  syncDirectoryOf(target);
}
