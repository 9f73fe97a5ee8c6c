import { sign } from "node:crypto";
import { join } from "node:path";
import { freemem } from "node:os";
import type Database from "better-sqlite3";
import { signedText } from "#core/journal/wire-entry.ts";
import { assert } from "#core/result.ts";
import type { DeviceKey } from "#main/secret/device-key.ts";
import { openConnection } from "#main/store/connection.ts";
import { migrate } from "#main/store/migrate.ts";
import {
  assembleSalesStore,
  openSalesStore,
  type OpenSalesStore,
  salesFile,
  salesMigrations,
} from "#main/store/sales/open-sales-store.ts";
import { salesDatabase } from "#main/store/sales/sales-database.ts";
import { bulkTill } from "./bulk-till.ts";
import { shopTerminalId } from "./shop.ts";
import { type SeedTill, storeTill } from "./tills.ts";

/** A sales.db that is filled by the till's own store, a shift in one transaction and no wait for the disk. */
export interface SeedBooks {
  readonly store: OpenSalesStore;
  readonly till: SeedTill;
  /** Everything that `work` writes, in one transaction. */
  inOne<T>(work: () => T): T;
  /** Closes the file, and opens and checks it as the till does, durable from then on. */
  finish(): void;
}

/** `sale-by-sale`: every row by the till's store, as a test has it to compare; `in-bulk` writes the same rows faster. */
export type SeedWrites = "in-bulk" | "sale-by-sale";

/** Of memory that is free: pages of a big shop's indexes are written to again and again. */
const cacheShare = 0.1;
const mostCacheKiB = 1_500_000;

/** Makes the sales.db of a till that was never started. @param newId also names the file's epoch */
export function openSeedBooks(from: {
  readonly dataDir: string;
  readonly key: DeviceKey;
  readonly now: () => number;
  readonly newId: () => string;
  readonly writes: SeedWrites;
}): SeedBooks {
  const { dataDir, key, now, newId, writes } = from;
  const path = join(dataDir, "sales.db");
  const db = openFile(path);
  const plain = salesDatabase(db);
  const change = <T>(work: () => T): T => (db.inTransaction ? work() : plain.change(work));
  const epoch = newId();
  const store = assembleSalesStore(
    { db, change },
    {
      ...{ terminalId: shopTerminalId, now, newId },
      sign: (hash) => sign(null, Buffer.from(signedText(hash)), key.privateKey),
    },
  );
  plain.change(() => {
    db.prepare("INSERT INTO meta (id, terminal_id, epoch) VALUES (1, ?, ?)").run(shopTerminalId, epoch);
    db.prepare("INSERT INTO sync_positions (epoch) VALUES (?)").run(epoch);
    store.appendJournal({ kind: "epoch-opened", body: { previous: null } });
    // Whose signatures follow; a head office that this till was once known to, and is not connected to.
    const body = { officeName: "蜂鸟超市总部", officeKey: key.publicKey, publicKey: key.publicKey, by: "manager-1" };
    store.appendJournal({ kind: "enrolled", body });
  });
  return {
    store,
    till: writes === "sale-by-sale" ? storeTill(store) : bulkTill(db, { terminalId: shopTerminalId, now, newId }),
    inOne: change,
    finish() {
      store.close();
      const opened = openSalesStore({ path, terminalId: shopTerminalId, now: Date.now, newId });
      assert(opened.ok, `a seeded sales.db opens: ${opened.ok ? "" : JSON.stringify(opened.fault)}`);
      opened.value.close();
    },
  };
}

function openFile(path: string): Database.Database {
  const opened = openConnection(path, salesFile);
  assert(opened.ok, "a new sales.db opens");
  const db = opened.value;
  const migrated = migrate(db, { path, applicationId: salesFile.applicationId }, salesMigrations, () => {});
  assert(migrated.ok, "a new sales.db takes its shape");
  // A seed that is cut off is thrown away whole: nothing of it is worth a wait for the disk, or a log beside the file.
  db.pragma("journal_mode = MEMORY");
  db.pragma("synchronous = OFF");
  db.pragma("locking_mode = EXCLUSIVE");
  // A test holds a small one of these files to `foreign_key_check`.
  db.pragma("foreign_keys = OFF");
  db.pragma(`cache_size = -${Math.min(mostCacheKiB, Math.floor((freemem() * cacheShare) / 1_024))}`);
  return db;
}
