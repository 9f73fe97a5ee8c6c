import { existsSync } from "node:fs";
import { join } from "node:path";
import { sampleTerminalId } from "#bench/support/sample-sale.ts";
import { openDeviceKeys } from "#main/secret/device-key.ts";
import { openPepper, pepperFiles } from "#main/secret/open-pepper.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { readShopSettings } from "#main/settings/shop-settings-file.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import { digestOf } from "./look-at-books.ts";

/** Everything beside the day's books that must survive a power cut. */
export const keptThings = [
  "settings of the till's pages",
  "terminal.json",
  "the pepper of the PINs",
  "the till's own key",
  "goods edited",
  "a list of goods taken in",
  "sales.db of every earlier version",
  "catalog.db of every earlier version",
] as const;
export type KeptThing = (typeof keptThings)[number];

export const noKeyStore = {
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error("there is none")),
  decryptStringAsync: () => Promise.reject(new Error("there is none")),
};
export const quietLog = { info: () => {}, warn: () => {}, error: () => {}, child: () => quietLog };

/** Tables of catalog.db that nobody but a manager can make again; the words to search by are made of them. */
const goodsTables = ["items", "barcodes", "categories", "catalog_notes"];

/** What a file of an earlier version is called while it is brought up to date; and so is that act. */
export const oldFile = (version: number): string => `v${String(version).padStart(2, "0")}.db`;

/**
 * What a till that starts on this folder has of a thing, in a word. What stops it from starting is a word of its own.
 * @param act what is under way: of several old files the one that is looked at
 */
export async function whatIsKept(thing: KeptThing, directory: string, act: string): Promise<string> {
  switch (thing) {
    case "settings of the till's pages": {
      const { settings, isSetAside } = readShopSettings(directory);
      return isSetAside ? "unreadable" : JSON.stringify(settings);
    }
    case "terminal.json": {
      const read = readTerminalConfig(directory);
      return read.ok ? JSON.stringify(read.value) : `refused ${JSON.stringify(read.fault)}`;
    }
    case "the pepper of the PINs": {
      const isThere = pepperFiles.some((name) => existsSync(join(directory, name)));
      return isThere ? (await openPepper(directory, noKeyStore, quietLog)).toString("hex") : "none";
    }
    case "the till's own key": {
      const key = await (await openDeviceKeys(directory, noKeyStore, quietLog)).read();
      return key.ok ? key.value.publicKey : key.fault;
    }
    case "goods edited":
    case "a list of goods taken in":
      return goodsIn(join(directory, "catalog.db"));
    case "sales.db of every earlier version":
      return opened(join(directory, act), (path) =>
        openSalesStore({ path, terminalId: sampleTerminalId, now: () => 0, newId: () => "made" }),
      );
    case "catalog.db of every earlier version":
      return opened(join(directory, act), (path) => openCatalogStore({ path }));
  }
}

function goodsIn(path: string): string {
  if (!existsSync(path)) return "no catalogue";
  const open = openCatalogStore({ path });
  if (!open.ok) return `refused ${open.fault.kind}`;
  open.value.close();
  return digestOf(path, goodsTables);
}

/** Opens a file as the till would, which brings it up to date, and says what it holds then. */
function opened(
  path: string,
  open: (path: string) => { readonly ok: boolean; readonly value?: { close(): void }; readonly fault?: object },
): string {
  if (!existsSync(path)) return "no file";
  const store = open(path);
  if (!store.ok) return `refused ${JSON.stringify(store.fault)}`;
  store.value?.close();
  return digestOf(path);
}
