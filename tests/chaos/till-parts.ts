import { join } from "node:path";
import { openLog } from "#main/log/open-log.ts";
import { openDeviceKeys } from "#main/secret/device-key.ts";
import { type OpenCatalogStore, openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { type OpenSalesStore, openSalesStore } from "#main/store/sales/open-sales-store.ts";
import { createSync, type OpenSync } from "#main/sync/create-sync.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Standing } from "./till-words.ts";

/** A till's stores, device key and synchronisation, without its screens. */
export interface TillParts {
  readonly store: OpenSalesStore;
  readonly sync: OpenSync;
  standing(): Standing;
  /** Ends in order. */
  close(): Promise<void>;
}

export interface TillPlace {
  readonly dataDir: string;
  readonly url: string;
  readonly storeCode: string;
  readonly terminalId: string;
  /** Of the shop's relay; "" for none. */
  readonly relayUrl: string;
}

export interface TillTime {
  /** What the till writes down. Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Of the synchronisation: its signatures are dated by it, its pauses measured. */
  readonly clock: Clock;
  readonly steadyMs: () => number;
}

/** This machine has no key store: the key is as safe as the folder. */
const noKeyStore = {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  encryptStringAsync: () => Promise.reject(new Error("no key store")),
  decryptStringAsync: () => Promise.reject(new Error("no key store")),
};

/** Opens what lies in `dataDir`, or makes it, and enrols the till where there is a code; it sends nothing yet. */
export async function openTillParts(place: TillPlace, time: TillTime, code: string): Promise<TillParts> {
  const { dataDir, storeCode, terminalId, relayUrl } = place;
  const { now, newId, clock, steadyMs } = time;
  const log = openLog(join(dataDir, "till.log"), Date.now);
  let sync: OpenSync | null = null;
  const store = must(
    openSalesStore({
      ...{ path: join(dataDir, "sales.db"), terminalId, now, newId },
      sign: (hash) => sync?.sign(hash) ?? null,
      onJournal: () => sync?.noteJournal(),
    }),
  );
  const catalog: OpenCatalogStore = must(openCatalogStore({ path: join(dataDir, "catalog.db"), now }));
  const engine = await createSync({
    ...{ url: new URL(place.url), terminal: { storeCode, terminalId }, clock, steadyMs, random: Math.random, log },
    ...{ outbox: store.outbox, store: store.sync, catalog: catalog.feed, onChange: () => {} },
    relay: relayUrl === "" ? null : { url: new URL(relayUrl), outbox: store.relayOutbox },
    waiting: () => store.journalStatus().waiting,
    keys: await openDeviceKeys(dataDir, noKeyStore, log),
  });
  sync = engine;
  if (code !== "") {
    const enrolled = await engine.enrol(code, { id: "m1", name: "王店长", role: "manager" });
    if (!enrolled.ok) throw new Error(`not enrolled: ${enrolled.fault}`);
  }
  return {
    ...{ store, sync: engine },
    standing() {
      const { waiting, lastAgreedAtMs, disagreedDates, state, trouble, alarm, withRelay } = engine.view();
      return { waiting, lastAgreedAtMs, disagreedDates, state, trouble, alarm, withRelay };
    },
    async close() {
      await engine.stop();
      catalog.close();
      store.close();
    },
  };
}

function must<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}
