import { join } from "node:path";
import type { Log } from "#main/log/open-log.ts";
import { setAsideBesides, setCatalogAside } from "#main/store/catalog/set-aside.ts";
import { salvageImages } from "#main/store/catalog/salvage-images.ts";
import { seedFromDemoStore } from "#main/store/catalog/demo-store.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { storeFaultWords } from "./start-fault-words.ts";
import { StartRefused } from "./start-refused.ts";

/**
 * An empty catalogue is filled with the demo store's items, so that a first start can sell. A damaged one is set aside
 * where head office has all of it: the till sells what has come down again, and never at a demo store's prices.
 */
export async function openCatalog(parts: {
  readonly dataDir: string;
  readonly demoFolder: string;
  /** Head office sends whatever is missing. */
  readonly comesAgain: boolean;
  readonly now: () => number;
  readonly log: Log;
}): Promise<OpenCatalogStore & { readonly wasSetAside: boolean }> {
  const { dataDir, demoFolder, comesAgain, now, log } = parts;
  const path = join(dataDir, "catalog.db");
  let opened = openCatalogStore({ path, now });
  const wasSetAside = !opened.ok && opened.fault.kind === "damaged" && comesAgain;
  if (wasSetAside) {
    const file = setCatalogAside(path, now());
    log.error("the catalogue is damaged: set aside, and fetched from head office again", { file });
    opened = openCatalogStore({ path, now });
    if (opened.ok) bringImages(join(dataDir, file), opened.value, log);
  }
  if (!opened.ok) throw new StartRefused(storeFaultWords(opened.fault));
  const catalog = { ...opened.value, wasSetAside };
  if (catalog.countUpTo(1) > 0 || (comesAgain && setAsideBesides(path))) return catalog;
  const seeded = await seedFromDemoStore(catalog, demoFolder);
  if (!seeded.ok) throw new Error(`the demo store cannot be read: ${seeded.fault.detail}`);
  // The demo store's shelves have their labels.
  catalog.labels.allPrinted();
  log.info("filled the empty catalogue with the demo store", { items: catalog.itemCount() });
  return catalog;
}

/** Images are this till's alone: whose they were is read from the damaged file, and each waits for its item. */
function bringImages(asidePath: string, catalog: OpenCatalogStore, log: Log): void {
  const images = salvageImages(asidePath);
  catalog.images.toCome(images);
  log.info("images of the damaged catalogue wait for their items", { images: images.length });
}
