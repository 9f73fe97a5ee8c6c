import { join } from "node:path";
import type { BrowserWindow, Clipboard } from "electron";
import type { Locale, TerminalConfig } from "#contract/config/terminal.ts";
import { spawnUtilityWorker } from "#main/jobs/utility-worker.ts";
import type { Log } from "#main/log/open-log.ts";
import { openKeptKeys } from "#main/secret/kept-keys.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { createMerchantSetup } from "#main/setup/create-merchant-setup.ts";
import { fileTitle } from "#main/setup/file-titles.ts";
import { mostKeyFileBytes } from "#main/setup/read-key-file.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { MerchantSetup } from "#main/till/ports/merchant-setup.ts";
import type { Till } from "#main/till/till.ts";
import { askForFile } from "#main/window/ask-for-file.ts";
import type { Endings } from "./endings.ts";
import { createLivePayments, type LivePayments } from "./live-payments.ts";
import type { PaymentParts } from "./open-payments.ts";
import { openReconciliation } from "./open-reconciliation.ts";

export interface WechatParts {
  readonly config: TerminalConfig;
  readonly dataDir: string;
  /** Where the built files lie, the worker's among them. */
  readonly out: string;
  readonly store: OpenSalesStore;
  readonly keyStore: KeyStore;
  readonly clipboard: Pick<Clipboard, "readText" | "clear">;
  /** The window that the system's question for a file lies over. */
  readonly window: () => BrowserWindow | null;
  /** Told of what changes; null until it is there. */
  readonly till: () => Till | null;
  readonly isDemo: boolean;
  /** What the system's question speaks before the till is there. */
  readonly demoLocale: Locale;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Log;
  readonly endings: Endings;
  readonly latency: PaymentParts["latency"];
}

/** The payments of the configured merchant, and the room in which a manager sets up another while the till is open. */
export async function openWechat(
  parts: WechatParts,
): Promise<{ readonly payments: LivePayments; readonly setup: MerchantSetup }> {
  const { config, dataDir, store, clock, newId, till, latency } = parts;
  const keptKeys = await openKeptKeys(dataDir, parts.keyStore, parts.log);
  const log = parts.log.child("wechat");
  const payments = createLivePayments({
    ...{ config, dataDir, store, clock, keptKeys, till, log, latency },
    reconcile: (gateway, mchid) =>
      openReconciliation({
        ...{ config, dataDir, store, clock, gateway, mchid, log: parts.log.child("bills") },
        spawn: () => spawnUtilityWorker(join(parts.out, "main", "worker.js")),
        onChange: (what) => till()?.reconciliationChanged(what),
      }),
  });
  await payments.open();
  parts.endings.push(() => payments.stop());
  const setup = createMerchantSetup({
    ...{ dataDir, payments, keptKeys, clock, newId, log },
    shop: parts.isDemo ? "demo" : "real",
    chooseFile: (slot) =>
      askForFile(parts.window(), fileTitle(slot, till()?.view().shop.locale ?? parts.demoLocale), mostKeyFileBytes),
    clipboard: { read: () => parts.clipboard.readText(), clear: () => parts.clipboard.clear() },
  });
  return { payments, setup };
}
