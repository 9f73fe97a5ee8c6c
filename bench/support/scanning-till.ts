import { join } from "node:path";
import { assert } from "#core/result.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openPty, type Pty } from "#tests/support/pty.ts";
import { openShop, type TerminalJson } from "#tests/support/shop.ts";
import { sampleCatalog } from "./sample-catalog.ts";

/** The real till, selling, with a scanner on a serial port (a pty). */
export interface ScanningTill {
  readonly till: TillUnderTest;
  readonly scanner: Pty;
  readonly dataDir: string;
  /** One of each item in the catalogue. */
  readonly barcodes: readonly string[];
  readonly close: () => Promise<void>;
}

export interface ScanningShop {
  readonly itemCount: number;
  /** Who sells; a manager may look at days too. */
  readonly cashierId?: string;
  readonly terminal?: Partial<TerminalJson>;
  /** Called before the till is opened, for what its files are to hold. */
  readonly prepare?: (dataDir: string) => void;
}

export async function openScanningTill(from: ScanningShop): Promise<ScanningTill> {
  const { itemCount, cashierId = "cashier-1", terminal = {}, prepare = () => {} } = from;
  const scanner = await openPty("scanner");
  const transport = { kind: "serial", path: scanner.path } as const;
  const shop = await openShop({ devices: { scanners: [{ id: "scanner-1", transport }] }, ...terminal });
  const { dataDir } = shop;
  prepare(dataDir);
  const rows = [...sampleCatalog(itemCount)];
  const catalog = openCatalogStore({ path: join(dataDir, "catalog.db") });
  assert(catalog.ok, "a new catalogue opens");
  await catalog.value.importItems(rows, () => {});
  catalog.value.close();
  const till = await openTill({ dataDir });
  const close = async (): Promise<void> => {
    await till.close();
    await shop.close();
    await scanner.unplug();
  };
  try {
    await beginSelling(till, cashierId);
    await until("the scanner is ready", async () =>
      (await till.view()).status.devices.every((device) => device.state === "ready"),
    );
  } catch (cause) {
    await close();
    throw cause;
  }
  const barcodes = rows.map((row) => row.barcodes[0]?.barcode).filter((code) => code !== undefined);
  return { till, scanner, dataDir, barcodes, close };
}
