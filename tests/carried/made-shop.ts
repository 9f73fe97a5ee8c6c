import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { createEnrolmentCode } from "#headoffice/enrolment/codes.ts";
import { putShop } from "#headoffice/shops/shops.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { benchConfig, ean13, goods, openingMs } from "#tests/support/bench-shop.ts";
import { openTillBench } from "#tests/support/till-bench.ts";
import type { SetAside } from "#tests/support/till-bench-options.ts";
import { HeadOffice } from "./head-office.ts";
import { Line } from "./line.ts";
import { ModelGateway } from "./model-gateway.ts";
import { enrol, place, TillLine } from "./till-line.ts";

/** What is sold, one thing of each price: the least there is, a usual one, and two around the most a typed code may prove. */
export const prices = [1, 1_250, 50_000, 50_001] as const;

export function barcodeOf(priceFen: number): string {
  return ean13(String(690_200_000_000 + priceFen));
}

export const tillConfig: Partial<TerminalConfig> = { store: { ...benchConfig({}).store, code: place.storeCode } };

/** A shop that is open, its till enrolled and with a code secret: the files of both, as every run begins with them. */
export interface MadeShop {
  readonly till: SetAside;
  readonly catalog: OpenCatalogStore;
  readonly officeFile: string;
}

let made: Promise<MadeShop> | null = null;

/** Made once per process, as making one takes longer than a run; each run has copies. */
export function openMadeShop(): Promise<MadeShop> {
  made ??= makeShop();
  return made;
}

async function makeShop(): Promise<MadeShop> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-carried-"));
  const now = (): number => openingMs;
  const path = join(folder, "office.db");
  const office = await HeadOffice.open({ path, now, gateway: new ModelGateway(now) });
  await office.office.sql.transaction((tx) =>
    putShop(tx, { storeCode: place.storeCode, nameZh: "朝阳店", nameEn: "Chaoyang" }),
  );
  const code = await createEnrolmentCode(office.office, place, { replaces: false, role: "till" });
  assert(code.ok, "a code for a till of the shop");
  const bench = await openTillBench({ config: tillConfig }).atWork();
  const line = new Line(() => office);
  await enrol(bench, line.ask, code.value.code);
  const tillLine = await TillLine.open(bench, line.ask, () => {});
  await tillLine.refresh();
  await tillLine.upload();
  assert(tillLine.carried.offer() !== null, "head office has given the till a secret");
  assert(bench.store.journalStatus().waiting === 0, "head office has the till's journal");
  await office.close();
  const till = bench.setAside();
  const catalog = await fillCatalog(join(folder, "catalog.db"));
  rmSync(join(till.directory, "catalog.db"), { force: true });
  process.on("exit", () => {
    catalog.close();
    for (const one of [folder, till.directory]) rmSync(one, { recursive: true, force: true });
  });
  return { till, catalog, officeFile: path };
}

async function fillCatalog(path: string): Promise<OpenCatalogStore> {
  const catalog = openCatalogStore({ path });
  assert(catalog.ok, "a new catalogue opens");
  const [, { barcodes: _barcodes, ...chips }] = goods as readonly [unknown, (typeof goods)[number]];
  catalog.value.importCategories([{ id: "all", nameZh: "全部", nameEn: "All", colour: 0 }]);
  await catalog.value.importItems(
    prices.map((priceFen) => ({
      item: { ...chips, sku: `at-${priceFen}`, priceFen: fen(priceFen) },
      barcodes: [{ barcode: barcodeOf(priceFen), count: 1 }],
    })),
    () => {},
  );
  return catalog.value;
}
