// A till that keeps one thing after the other, in its own process so that its calls to the disk can be recorded:
// `node keeper.ts DIRECTORY THING whole|split every|some`. Some are three of the earlier versions. Split is the control of migrations: their statements are commits of their own.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleTerminalId } from "#bench/support/sample-sale.ts";
import { fen } from "#core/money/fen.ts";
import { assert, ok } from "#core/result.ts";
import { openDeviceKeys } from "#main/secret/device-key.ts";
import { openPepper } from "#main/secret/open-pepper.ts";
import { writeDurably } from "#main/secret/write-durably.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import { writeShopSettings } from "#main/settings/shop-settings-file.ts";
import { type FileKind, openConnection } from "#main/store/connection.ts";
import { catalogFile, catalogMigrations, openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { Migration } from "#main/store/migrate.ts";
import { openSalesStore, salesFile, salesMigrations } from "#main/store/sales/open-sales-store.ts";
import { createCatalogDesk } from "#main/catalog-desk/create-catalog-desk.ts";
import { listImporter } from "#main/worker/catalogue/import-list.ts";
import { telling } from "./day-till.ts";
import { promisesFile } from "./disk-op.ts";
import { type KeptThing, noKeyStore, oldFile, quietLog } from "./kept-things.ts";
import { makeOldFile, workedFor } from "./old-files.ts";

const [directory = "", named = "", manner = "", which = ""] = process.argv.slice(2);
// Named by the explorer, from the same list.
const thing = named as KeptThing;
const tell = telling(join(directory, promisesFile));
const times = 4;

/** Does a thing some times over, and says when each is done. */
async function keep(work: (number: number) => unknown): Promise<void> {
  for (let number = 1; number <= times; number += 1) {
    tell({ act: thing, what: "begins" });
    await work(number);
    tell({ act: thing, what: "done" });
  }
}

const keepers: Readonly<Record<KeptThing, () => Promise<void>>> = {
  "settings of the till's pages": () =>
    keep((number) => {
      const settings = { store: { nameZh: `第${number}家店`, footerZh: "谢谢光临".repeat(150) } };
      writeShopSettings(directory, settings);
    }),
  async "terminal.json"() {
    const path = join(directory, "terminal.json");
    const shop = { store: { code: "S01", nameZh: "a", nameEn: "b".repeat(60) }, terminalId: "T01" };
    writeDurably(path, JSON.stringify(shop, null, 2));
    await keep((number) => {
      const section = { url: `https://office-${number}.example/` };
      const rewrite = prepareRewrite(directory, "headOffice", () => section);
      assert(rewrite.ok && rewrite.value.write().ok, "terminal.json is written");
    });
  },
  "the pepper of the PINs": () => keep(() => openPepper(directory, noKeyStore, quietLog)),
  "the till's own key": () => keep(async () => (await openDeviceKeys(directory, noKeyStore, quietLog)).make()),
  async "goods edited"() {
    const catalog = openedCatalog();
    const desk = createCatalogDesk({ catalog, isImporting: () => false });
    await keep((number) => {
      const names = { sku: `A${number}`, nameZh: `货${number}`, nameEn: `Goods ${number}`, categoryId: "c" };
      const facts = { unit: "piece", priceFen: fen(100 * number), taxClass: "standard", scaleCode: null } as const;
      const codes = [{ barcode: `69012345678${number}0`, count: 1 }];
      const note = { kind: "item-changed" as const, body: { sku: names.sku } };
      return desk.change(() =>
        ok({ items: [{ item: { ...names, ...facts, isFavourite: false }, codes }], notes: [note] }),
      );
    });
  },
  async "a list of goods taken in"() {
    openedCatalog();
    const lists = mkdtempSync(join(tmpdir(), "tillway-lists-"));
    await keep(async (number) => {
      const rows = Array.from({ length: 400 }, (_, at) => `A${at},货${at},饮料,${number}.00,`);
      const file = join(lists, `list-${number}.csv`);
      writeFileSync(file, ["货号,名称,分类,售价,条码", ...rows].join("\n"));
      const importer = listImporter();
      const job = { kind: "import-items", file, catalogDb: join(directory, "catalog.db"), sha256: null } as const;
      const how = { columns: null, newCategories: "make", report: null, locale: "zh-CN", cashierId: "m" } as const;
      const hands = { pause: async () => {}, check: () => {}, give: async () => {} };
      const done = await importer.run({ ...job, ...how, mode: "good" }, hands);
      assert(done.ok && done.value.isApplied, "the list is taken in");
    });
    rmSync(lists, { recursive: true });
  },
  "sales.db of every earlier version": () =>
    migrateAll("sales.db", salesFile, salesMigrations, (path) =>
      openSalesStore({ path, terminalId: sampleTerminalId, now: () => 0, newId: () => "made" }),
    ),
  "catalog.db of every earlier version": () =>
    migrateAll("catalog.db", catalogFile, catalogMigrations, (path) => openCatalogStore({ path })),
};

function openedCatalog() {
  const opened = openCatalogStore({ path: join(directory, "catalog.db") });
  assert(opened.ok, "the catalogue opens");
  return opened.value;
}

/** A file of each earlier version, made first; then each is opened by today's till, which brings it up to date. */
async function migrateAll(
  name: string,
  kind: FileKind,
  migrations: readonly Migration[],
  open: (path: string) => { readonly ok: boolean },
): Promise<void> {
  const worked = await workedFor();
  const earlier = migrations.map(({ version }) => version).slice(0, -1);
  const versions = which === "every" ? earlier : [1, Math.ceil(earlier.length / 2), earlier.length];
  const pathOf = (version: number): string => join(directory, oldFile(version));
  for (const version of versions) makeOldFile(pathOf(version), version, kind, migrations, join(worked.directory, name));
  worked.forget();
  for (const version of versions) {
    const act = oldFile(version);
    tell({ act, what: "begins" });
    if (manner === "split") migrateInPieces(pathOf(version), kind, migrations.slice(version));
    else assert(open(pathOf(version)).ok, `a file of version ${version} opens`);
    tell({ act, what: "done" });
  }
}

function migrateInPieces(path: string, kind: FileKind, migrations: readonly Migration[]): void {
  const opened = openConnection(path, kind);
  assert(opened.ok, "the control's file opens");
  // A table that is made again under its own name has nobody's rows for a moment, which only one commit may hide.
  opened.value.pragma("foreign_keys = OFF");
  for (const { version, sql } of migrations) {
    opened.value.exec(sql);
    opened.value.pragma(`user_version = ${version}`);
  }
}

await keepers[thing]();
// No close: the power goes first.
process.exit(0);
