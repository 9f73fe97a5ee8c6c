import { createCatalogDesk } from "#main/catalog-desk/create-catalog-desk.ts";
import { createImportDesk } from "#main/catalog-desk/create-import-desk.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import type { SpawnWorker } from "#main/jobs/worker-process.ts";
import type { Log } from "#main/log/open-log.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { TillDeps } from "#main/till/context.ts";
import type { Clock } from "#main/till/ports/clock.ts";

export interface GoodsParts {
  readonly catalog: OpenCatalogStore;
  readonly spawn: SpawnWorker;
  readonly clock: Clock;
  /** The system's own question; null when it is closed. */
  readonly chooseFile: () => Promise<string | null>;
  readonly onApplied: () => void;
  readonly log: Log;
}

/** Editing goods, and lists of them in and out, in a worker of their own: a bill that is compared never waits for one. */
export function openGoods(parts: GoodsParts): NonNullable<TillDeps["goods"]> & { readonly stop: () => void } {
  const { catalog, clock, log } = parts;
  const worker = createWorker({ spawn: parts.spawn, clock, log: (what, facts) => log.warn(what, facts) });
  const lists = createImportDesk({
    ...{ worker, chooseFile: parts.chooseFile, catalogDb: catalog.filled.path },
    onApplied() {
      catalog.filled.lookAgain();
      parts.onApplied();
    },
    logFault: (what, cause) => log.error(what, { cause }),
  });
  const desk = createCatalogDesk({ catalog, isImporting: lists.isImporting });
  return {
    ...{ desk, lists },
    stop() {
      worker.stop();
      desk.close();
    },
  };
}
