import type { TerminalConfig } from "#contract/config/terminal.ts";
import { type CarriedOrder, mostCarriedAsked } from "#contract/wire/carried.ts";
import { createCatalogWriter } from "#main/catalog-writer/create-catalog-writer.ts";
import type { SpawnWriter } from "#main/catalog-writer/writer-process.ts";
import type { Log } from "#main/log/open-log.ts";
import { openCarriedSecrets } from "#main/secret/carried-secrets.ts";
import { openDeviceKeys } from "#main/secret/device-key.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { officeStore, type OfficeStore } from "#main/settings/office-settings.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { createSync, type OpenSync } from "#main/sync/create-sync.ts";
import type { Clock } from "#main/till/ports/clock.ts";

export interface SyncParts {
  readonly config: TerminalConfig;
  readonly dataDir: string;
  readonly keyStore: KeyStore;
  readonly store: OpenSalesStore;
  readonly catalog: OpenCatalogStore;
  readonly spawnWriter: SpawnWriter;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: (what?: "people" | "shop") => void;
  /** What head office said of payments on customers' phones. */
  readonly onCarried: (orders: readonly CarriedOrder[]) => void;
}

export interface ShopSync {
  /** Null where terminal.json names no head office. */
  readonly sync: OpenSync | null;
  /** What head office has set of the shop; read at every use. */
  officeStore(): OfficeStore;
  /** Has items indexed that came, or that an older till wrote, without their words. */
  indexWords(): Promise<void>;
  stop(): Promise<void>;
}

const nothingSet: OfficeStore = {};

/** What goes up to head office and comes down from it. Nothing is sent before `start`. */
export async function openSync(parts: SyncParts): Promise<ShopSync> {
  const { config, store, catalog, clock, log } = parts;
  const writer = createCatalogWriter({
    ...{ catalog: catalog.filled, spawn: parts.spawnWriter, clock },
    log: (what, facts) => log.warn(what, facts),
  });
  const { indexWords } = writer;
  if (config.headOffice === undefined) {
    return { sync: null, officeStore: () => nothingSet, indexWords, stop: async () => writer.stop() };
  }
  let current = officeStore(store.sync.officeSettings());
  const { url, relayUrl } = config.headOffice;
  const sync = await createSync({
    url: new URL(url),
    relay: relayUrl === undefined ? null : { url: new URL(relayUrl), outbox: store.relayOutbox },
    terminal: { storeCode: config.store.code, terminalId: config.terminalId },
    ...{ outbox: store.outbox, store: store.sync, clock, log },
    catalog: writer,
    waiting: () => store.journalStatus().waiting,
    keys: await openDeviceKeys(parts.dataDir, parts.keyStore, log),
    steadyMs: () => performance.now(),
    random: Math.random,
    carried: {
      secrets: await openCarriedSecrets(parts.dataDir, parts.keyStore),
      toAsk: () => store.openCarried(mostCarriedAsked).map(({ attempt }) => attempt.outTradeNo),
      heard: parts.onCarried,
    },
    onChange(what) {
      if (what === "shop") current = officeStore(store.sync.officeSettings());
      parts.onChange(what);
    },
  });
  return { sync, officeStore: () => current, indexWords, stop: () => sync.stop() };
}
