import type { BrowserWindow } from "electron";
import { createCatalogDesk } from "#main/catalog-desk/create-catalog-desk.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { LiveFiles } from "#main/legacy/live-files.ts";
import { createWatchedGoods, type WatchedGoods } from "#main/legacy/watched-goods.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import { createImportDesk } from "#main/catalog-desk/create-import-desk.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { TillDeps } from "#main/till/context.ts";
import type { Till } from "#main/till/till.ts";
import { askForList } from "#main/window/ask-for-list.ts";
import type { ItemImages } from "./open-item-images.ts";
import { openWorker, type WorkerPlace } from "./open-worker.ts";

export interface GoodsParts extends WorkerPlace {
  readonly catalog: OpenCatalogStore;
  readonly images: ItemImages;
  /** The window that the system's question for a file lies over. */
  readonly window: () => BrowserWindow | null;
  /** Told of lists that were taken in. */
  readonly till: () => Pick<Till, "goodsChanged"> | null;
  /** Told then too, for their names are not found yet. */
  readonly indexWords: () => void;
  readonly config: Pick<TerminalConfig, "locale">;
  /** Null in training: what is practised must not take in what another system sent once. */
  readonly files: LiveFiles | null;
}

/** Editing goods, and lists of them in and out, in a worker of their own: a bill that is compared never waits for one. */
export function openGoods(parts: GoodsParts): NonNullable<TillDeps["goods"]> {
  const { catalog } = parts;
  const log = parts.log.child("goods");
  // The last opened ends first: the worker stops before the file is closed that its lists are told in.
  parts.endings.push(() => desk.close());
  const worker = openWorker({ ...parts, log });
  const onApplied = (): void => {
    catalog.filled.lookAgain();
    parts.till()?.goodsChanged();
    parts.indexWords();
  };
  const lists = createImportDesk({
    ...{ worker, chooseFile: () => askForList(parts.window()), catalogDb: catalog.filled.path, onApplied },
    logFault: (what, cause) => log.error(what, { cause }),
  });
  const watched = watchGoods(parts, worker, onApplied);
  const isImporting = (): boolean => lists.isImporting() || watched.isImporting();
  const desk = createCatalogDesk({ catalog, isImporting });
  const images = parts.images.open({ ...parts, log: log.child("images") });
  return { desk, lists, images };
}

/** By the worker of the lists that are taken in by hand: one list at a time. */
function watchGoods(
  { config: { locale }, files, catalog, clock, endings, ...parts }: GoodsParts,
  worker: Worker,
  onApplied: () => void,
): { isImporting(): boolean } {
  const log = parts.log.child("watched-goods");
  let goods: WatchedGoods | null = null;
  endings.push(() => goods?.stop());
  files?.follow({
    async goOver({ goods: config }) {
      await goods?.stop();
      goods = null;
      if (config === undefined) return;
      goods = createWatchedGoods({
        ...{ config, worker, catalogDb: catalog.filled.path, locale, onApplied, clock },
        log: (what, facts) => log.warn(what, facts),
      });
      goods.start();
    },
    state: () => ({ goods: goods?.state() ?? null }),
  });
  return { isImporting: () => goods?.isImporting() === true };
}
