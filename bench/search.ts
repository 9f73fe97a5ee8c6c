import { join } from "node:path";
import { pinyin } from "pinyin-pro";
import { assert } from "#core/result.ts";
import type { ImportRow } from "#main/store/catalog/import-items.ts";
import { type OpenCatalogStore, openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { openConnection } from "#main/store/connection.ts";
import { buildIfStale } from "#scripts/build.ts";
import { type BenchOptions, benchResult, type BenchResult, distributionOf } from "./result.ts";
import { paintedSearches, twoFramesMs } from "./support/painted-search.ts";
import { sampleCatalog } from "./support/sample-catalog.ts";
import { inScratchDirectory } from "./support/scratch-directory.ts";
import { type SeededDirectory, seededRows, withSeededTill } from "./support/seeded-till.ts";
import { framesDuring } from "./support/window-frames.ts";

const itemCount = 100_000;
const measuredCount = 400;

/** Results a screen asks for. */
const shown = 30;

const budget = { p99: 20 } as const;
/** Of a seeded directory. */
const bigBudget = { p99: 10 } as const;
/** Questions of each kind that are typed into the window. */
const paintedCount = 60;

/** What a cashier types, by kind; the place in the catalogue decides which. */
const questions: Readonly<Record<string, (row: ImportRow, turn: number) => string>> = {
  "zh 1 char": ({ item }, turn) => chinese(item.nameZh).at(turn % 3) ?? "水",
  "zh 2 chars": ({ item }, turn) => chinese(item.nameZh).slice(turn % 5, (turn % 5) + 2),
  "zh 3 chars": ({ item }, turn) => chinese(item.nameZh).slice(turn % 4, (turn % 4) + 3),
  "zh 4 chars": ({ item }) => chinese(item.nameZh).slice(0, 4),
  "pinyin initials": ({ item }, turn) => initials(chinese(item.nameZh)).slice(turn % 2, (turn % 2) + 1 + (turn % 4)),
  "full pinyin": ({ item }, turn) => spoken(chinese(item.nameZh).slice(turn % 3, (turn % 3) + 2)),
  "en word": ({ item }, turn) => (item.nameEn.split(" ")[turn % 3] ?? "").slice(0, 2 + (turn % 4)),
  "barcode part": ({ barcodes }, turn) => (barcodes[0]?.barcode ?? "").slice(turn % 6, (turn % 6) + 4 + (turn % 3)),
};

/** Every kind of question and the barcode look-up at 100,000 items, beside SQLite's own indexed look-up in a file like it. */
export async function run({ seeded }: BenchOptions): Promise<readonly BenchResult[]> {
  if (seeded !== null) return [...askSeeded(seeded), ...(await painted(seeded))];
  return inScratchDirectory(async (directory) => {
    const path = join(directory, "catalog.db");
    const opened = openCatalogStore({ path });
    assert(opened.ok, "a scratch catalogue opens");
    const rows = [...sampleCatalog(itemCount)];
    await opened.value.importItems(rows, () => {});
    assert(opened.value.itemCount() === itemCount, "the catalogue is complete");
    const results = ask(opened.value, path, rowsInTurn(rows), { of: "", budget });
    opened.value.close();
    return results;
  });
}

function askSeeded(seeded: SeededDirectory): readonly BenchResult[] {
  const path = join(seeded.dataDir, "catalog.db");
  const opened = openCatalogStore({ path });
  assert(opened.ok, "a seeded catalogue opens");
  const asked = seededRows(seeded, measuredCount);
  const results = ask(opened.value, path, asked, { of: `, ${seeded.size}`, budget: bigBudget });
  opened.value.close();
  return results;
}

/** The same questions in the real till's window, from the text in the field to its painted results. */
async function painted(seeded: SeededDirectory): Promise<readonly BenchResult[]> {
  await buildIfStale();
  const rows = seededRows(seeded, paintedCount);
  const figures = await withSeededTill(seeded, {}, async ({ till }) => {
    const frame = distributionOf((await framesDuring(till, () => till.page.waitForTimeout(1_000))).frames);
    const results: BenchResult[] = [];
    for (const [kind, question] of Object.entries(questions)) {
      const texts = rows.map(question);
      await paintedSearches(till, texts.slice(0, 10));
      const taken = distributionOf(await paintedSearches(till, texts));
      const facts = { limit: frame.p50, ratio: taken.p50 / frame.p50, budget: { p99: twoFramesMs } };
      results.push(benchResult({ name: `search: ${kind}, painted, ${seeded.size}`, unit: "ms", ...taken, ...facts }));
    }
    return results;
  });
  return figures;
}

function ask(
  store: OpenCatalogStore,
  path: string,
  asked: readonly ImportRow[],
  named: { readonly of: string; readonly budget: { readonly p99: number } },
): readonly BenchResult[] {
  const { of, budget: promised } = named;
  const bare = bareLookUp(path);
  const limit = measure(asked, ({ barcodes }) => bare(barcodes[0]?.barcode ?? ""));
  const lookUp = measure(asked, ({ barcodes }) => {
    assert(store.findByBarcode(barcodes[0]?.barcode ?? "") !== null, "the code is in the catalogue");
  });
  const ratioTo = (p99: number): number => p99 / limit.p99;
  const results = [
    benchResult({
      name: `search: barcode${of}`,
      unit: "ms",
      ...lookUp,
      limit: limit.p99,
      ratio: ratioTo(lookUp.p99),
      budget: promised,
    }),
  ];
  for (const [kind, question] of Object.entries(questions)) {
    const figures = measure(asked, (row, turn) => {
      const found = store.search(question(row, turn), shown);
      assert(found.length > 0, `a question made from an item finds something: ${question(row, turn)}`);
    });
    const ratio = ratioTo(figures.p99);
    const facts = { limit: limit.p99, ratio, budget: promised };
    results.push(benchResult({ name: `search: ${kind}${of}`, unit: "ms", ...figures, ...facts }));
  }
  return results;
}

/** Items spread over the whole catalogue by a step that shares no factor with its size. */
function rowsInTurn(rows: readonly ImportRow[]): readonly ImportRow[] {
  return Array.from({ length: measuredCount }, (_, turn) => {
    const row = rows[(turn * 24_683) % rows.length];
    assert(row !== undefined, "a place within the catalogue");
    return row;
  });
}

function measure(
  asked: readonly ImportRow[],
  work: (row: ImportRow, turn: number) => void,
): ReturnType<typeof distributionOf> {
  // Untimed once: the pages a busy till has in memory anyway.
  for (const [turn, row] of asked.slice(0, 50).entries()) work(row, turn);
  return distributionOf(
    asked.map((row, turn) => {
      const startedAt = performance.now();
      work(row, turn);
      return performance.now() - startedAt;
    }),
  );
}

function bareLookUp(path: string): (barcode: string) => unknown {
  const opened = openConnection(path, { applicationId: 0x54576374, synchronous: "NORMAL" });
  assert(opened.ok, "the catalogue opens a second time");
  const find = opened.value.prepare("SELECT * FROM barcodes JOIN items USING (item_id) WHERE barcode = ?");
  return (barcode) => find.get(barcode);
}

function chinese(name: string): string {
  return name.replaceAll(/[^\p{Script=Han}]/gu, "");
}

function spoken(text: string): string {
  return pinyin(text, { toneType: "none", type: "array", v: true }).join("");
}

function initials(text: string): string {
  return pinyin(text, { toneType: "none", type: "array", v: true })
    .map((syllable) => syllable.slice(0, 1))
    .join("");
}
