import { join } from "node:path";
import type { Log } from "#main/log/open-log.ts";
import { seedFromDemoStore } from "#main/store/catalog/demo-store.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { storeFaultWords } from "./start-fault-words.ts";
import { StartRefused } from "./start-refused.ts";

/** An empty catalogue is filled with the demo store's items, so that a first start can sell. */
export async function openCatalog(parts: {
  readonly dataDir: string;
  readonly demoFolder: string;
  readonly now: () => number;
  readonly log: Log;
}): Promise<OpenCatalogStore> {
  const { dataDir, demoFolder, now, log } = parts;
  const opened = openCatalogStore({ path: join(dataDir, "catalog.db"), now });
  if (!opened.ok) throw new StartRefused(storeFaultWords(opened.fault));
  if (opened.value.itemCount() > 0) return opened.value;
  const seeded = await seedFromDemoStore(opened.value, demoFolder);
  if (!seeded.ok) throw new Error(`the demo store cannot be read: ${seeded.fault.detail}`);
  // The demo store's shelves have their labels.
  opened.value.labels.allPrinted();
  log.info("filled the empty catalogue with the demo store", { items: opened.value.itemCount() });
  return opened.value;
}
