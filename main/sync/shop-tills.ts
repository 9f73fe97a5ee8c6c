import { shopTillsSchema } from "#contract/wire/refund-grant.ts";
import type { TerminalName } from "#contract/wire/terminal-key.ts";
import type { SyncStore } from "#main/till/ports/outbox.ts";
import type { OfficeClient } from "./office-client.ts";

/** A till that was revoked gives no word for paper for longer than this after the others could hear of it. Milliseconds. */
const betweenListsMs = 300_000;
/** After head office did not answer, or is of a version without the list. Milliseconds. */
const afterFailureMs = 60_000;

export interface ShopTillsDeps {
  readonly terminal: TerminalName;
  readonly client: Pick<OfficeClient, "ask">;
  readonly store: Pick<SyncStore, "keepShopTills">;
  readonly steadyMs: () => number;
}

/** Keeps the list of the shop's tills and keys, by which receipts are read while nobody can be asked. */
export function createShopTills({ terminal, client, store, steadyMs }: ShopTillsDeps): {
  /** Asks head office where the list is old; called while it answers. */
  refresh(): Promise<void>;
} {
  let nextAtMs = -Infinity;
  return {
    async refresh() {
      if (steadyMs() < nextAtMs) return;
      nextAtMs = steadyMs() + afterFailureMs;
      const path = `/v1/terminals/${terminal.storeCode}-${terminal.terminalId}/shop-tills`;
      const answer = await client.ask({ method: "GET", path, body: null, schema: shopTillsSchema });
      if (answer.kind !== "ok") return;
      store.keepShopTills(
        answer.value.tills.map(({ terminalKey, publicKeys, state }) => {
          return { terminalId: terminalKey.split("-")[1] ?? "", publicKeys, isRevoked: state === "revoked" };
        }),
      );
      nextAtMs = steadyMs() + betweenListsMs;
    },
  };
}
