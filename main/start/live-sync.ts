import type { OfficeStore } from "#main/settings/office-settings.ts";
import type { OfficePlaces } from "#main/setup/create-office-setup.ts";
import type { OpenSync } from "#main/sync/create-sync.ts";
import { openSync, type SyncParts } from "./open-sync.ts";

/** Head office and the relay while the till is open: they may be others tomorrow, without a restart. */
export interface LiveSync {
  /** Null where none is configured; asked at every use. */
  current(): OpenSync | null;
  /** What head office has set of the shop; read at every use. */
  officeStore(): OfficeStore;
  /** Nothing is sent before. */
  start(): void;
  /** The old one ends what it has under way; then the new one begins with what is on the disk. */
  goOver(places: OfficePlaces): void;
  /** Names that came into the catalogue by another way are made ready for search; at once where none are. */
  indexWords(): void;
  stop(): Promise<void>;
}

export async function createLiveSync(parts: SyncParts): Promise<LiveSync> {
  let open = await openSync(parts);
  let isStarted = false;
  let isStopped = false;
  /** One change of address after the other. */
  let lastTurn = Promise.resolve();

  function begin(): void {
    open.sync?.start();
    void open.indexWords();
  }

  async function reopen({ url, relayUrl }: OfficePlaces): Promise<void> {
    if (isStopped) return;
    await open.stop();
    const headOffice = { ...parts.config.headOffice, url, relayUrl };
    open = await openSync({ ...parts, config: { ...parts.config, headOffice } });
    if (isStarted) begin();
    parts.onChange("shop");
  }

  return {
    current: () => open.sync,
    officeStore: () => open.officeStore(),
    start() {
      isStarted = true;
      begin();
    },
    goOver(places) {
      // What is on the disk is used at the next start, whatever happens here.
      lastTurn = lastTurn
        .then(() => reopen(places))
        .catch((cause: unknown) => parts.log.error("could not go over to another head office", { cause }));
    },
    indexWords: () => void open.indexWords(),
    async stop() {
      isStopped = true;
      await lastTurn;
      await open.stop();
    },
  };
}
