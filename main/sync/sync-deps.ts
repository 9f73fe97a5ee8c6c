import type { TerminalName } from "#contract/wire/terminal-key.ts";
import type { Log } from "#main/log/open-log.ts";
import type { DeviceKeys } from "#main/secret/device-key.ts";
import type { CatalogIntake } from "#main/till/ports/catalog-feed.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Outbox, RelayOutbox, SyncStore } from "#main/till/ports/outbox.ts";
import type { CarriedParts } from "./carried.ts";
import type { AskRaw } from "./signed-wire.ts";

/** What the till's side of synchronisation is built from. */
export interface SyncDeps {
  readonly url: URL;
  readonly terminal: TerminalName;
  readonly outbox: Outbox;
  readonly store: SyncStore;
  /** Where the shop has one: entries go there while head office is out of reach. */
  readonly relay?: { readonly url: URL; readonly outbox: RelayOutbox } | null;
  /** Entries that wait, over all epochs. */
  readonly waiting: () => number;
  readonly catalog: CatalogIntake;
  readonly keys: DeviceKeys;
  readonly clock: Clock;
  /** Time that only goes on; milliseconds from anywhere. */
  readonly steadyMs: () => number;
  /** From 0 up to 1, without 1. */
  readonly random: () => number;
  readonly log: Log;
  /** `people`, `shop`: what else an answer has changed. */
  readonly onChange: (what?: "people" | "shop") => void;
  /** Payments on the customer's phone; null or absent in a till that takes none. */
  readonly carried?: CarriedParts | null;
  /** How a request travels; over the network where it is not given. */
  readonly ask?: AskRaw;
}
