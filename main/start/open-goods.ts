import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { createCatalogDesk } from "#main/catalog-desk/create-catalog-desk.ts";
import { createImportDesk } from "#main/catalog-desk/create-import-desk.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnUtilityWorker } from "#main/jobs/utility-worker.ts";
import type { WorkerProcess } from "#main/jobs/worker-process.ts";
import type { Log } from "#main/log/open-log.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { TillDeps } from "#main/till/context.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Till } from "#main/till/till.ts";
import { askForList } from "#main/window/ask-for-list.ts";
import type { Endings } from "./endings.ts";

export interface GoodsParts {
  readonly catalog: OpenCatalogStore;
  /** Where the built worker lies. */
  readonly out: string;
  readonly clock: Clock;
  /** The window that the system's question for a file lies over. */
  readonly window: () => BrowserWindow | null;
  /** Told of lists that were taken in. */
  readonly till: () => Pick<Till, "goodsChanged"> | null;
  /** Told then too, for their names are not found yet. */
  readonly indexWords: () => void;
  readonly log: Log;
  /** What is to be ended in order when the till closes. */
  readonly endings: Pick<Endings, "push">;
}

/** Editing goods, and lists of them in and out, in a worker of their own: a bill that is compared never waits for one. */
export function openGoods(parts: GoodsParts): NonNullable<TillDeps["goods"]> {
  const { catalog, out, clock } = parts;
  const log = parts.log.child("goods");
  const spawn = (): WorkerProcess => spawnUtilityWorker(join(out, "main", "worker.js"));
  const worker = createWorker({ spawn, clock, log: (what, facts) => log.warn(what, facts) });
  const lists = createImportDesk({
    ...{ worker, chooseFile: () => askForList(parts.window()), catalogDb: catalog.filled.path },
    onApplied() {
      catalog.filled.lookAgain();
      parts.till()?.goodsChanged();
      parts.indexWords();
    },
    logFault: (what, cause) => log.error(what, { cause }),
  });
  const desk = createCatalogDesk({ catalog, isImporting: lists.isImporting });
  parts.endings.push(() => {
    worker.stop();
    desk.close();
  });
  return { desk, lists };
}
