import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Cashier } from "#core/access/role.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { copyImages } from "#main/item-images/copy-images.ts";
import type { Log } from "#main/log/open-log.ts";
import { pepperFiles } from "#main/secret/open-pepper.ts";
import { copyCatalog } from "#main/store/catalog/copy-catalog.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { markEntered, trainingFolder } from "./training-folder.ts";

export interface TrainingParts {
  readonly dataDir: string;
  /** Of training, not of the till. */
  readonly terminalId: string;
  readonly store: Pick<SalesStore, "listPinRecords" | "rights" | "accessSettings">;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

/**
 * A fresh training beside the till: its goods, its people with their PINs, its rights, and empty books. The last training's
 * is gone. Whatever goes wrong leaves the till as it was.
 */
export async function layOutTraining(parts: TrainingParts, by: Cashier): Promise<Result<null, "training-not-made">> {
  const { dataDir, now, log } = parts;
  const folder = trainingFolder(dataDir);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    await copyCatalog(join(dataDir, "catalog.db"), join(folder, "catalog.db"));
    // Without an image an item shows its name: no reason not to train.
    await copyImages(dataDir, folder).catch((cause: unknown) =>
      log.warn("images were not copied for training", { cause }),
    );
    for (const name of pepperFiles) {
      if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(folder, name));
    }
    makeBooks(parts, folder);
    markEntered(dataDir, { by: by.id, atMs: now() });
    return ok(null);
  } catch (cause) {
    log.error("training could not be laid out", { cause });
    return fail("training-not-made");
  }
}

function makeBooks({ terminalId, store, now, newId }: TrainingParts, folder: string): void {
  const opened = openSalesStore({ path: join(folder, "sales.db"), terminalId, now, newId });
  if (!opened.ok) throw new Error(`training's books: ${opened.fault.kind}`);
  const books = opened.value;
  try {
    for (const { cashier, pinHash } of store.listPinRecords()) books.putCashier(cashier, pinHash);
    const body = { from: "the till" };
    books.saveRights(store.rights(), { kind: "rights-changed", body });
    books.saveAccessSettings(store.accessSettings(), { kind: "access-changed", body });
  } finally {
    books.close();
  }
}
