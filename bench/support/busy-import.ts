import { join } from "node:path";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { createImportDesk } from "#main/catalog-desk/create-import-desk.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnNodeWorker } from "#main/jobs/testing-worker.ts";
import type { ImportRow } from "#main/store/catalog/import-items.ts";
import { seedCategories, seedRows } from "#scripts/seed/goods.ts";
import { until } from "#tests/support/poll.ts";
import { writeSampleList } from "./sample-list.ts";

/** Rows of each list: some ten seconds of reading, judging and writing. */
const listRows = 50_000;
const longMs = 1_800_000;

/**
 * A manager takes in one list after another, each with another price for every row, by the till's own worker, until told to
 * end; `end` resolves once the list that is under way is in, with how many there were.
 */
export function importMeanwhile(dataDir: string, scratch: string): { readonly end: () => Promise<number> } {
  const file = join(scratch, "list.csv");
  const log = (what: string, facts: unknown): void => void process.stderr.write(`${what} ${JSON.stringify(facts)}\n`);
  const worker = createWorker({ spawn: spawnNodeWorker, clock, log });
  const desk = createImportDesk({
    ...{ worker, catalogDb: join(dataDir, "catalog.db"), chooseFile: () => Promise.resolve(file) },
    ...{ onApplied() {}, logFault: log },
  });
  const came = (kind: "checked" | "applied") =>
    until(
      `a list is ${kind}`,
      () => {
        const now = desk.standing();
        assert(now.kind !== "failed", `the list came to nothing: ${JSON.stringify(now)}`);
        return now.kind === kind;
      },
      longMs,
    );
  const ending = new AbortController();
  const all = (async () => {
    let lists = 0;
    do {
      writeSampleList(file, dearer(lists + 1), categoryNames);
      await desk.choose({ columns: null, newCategories: "make", locale: "zh-CN" });
      await came("checked");
      assert(desk.apply("all", "zh-CN", "manager-1"), "a list that is right can be taken in");
      await came("applied");
      lists += 1;
    } while (!ending.signal.aborted);
    worker.stop();
    return lists;
  })();
  // Heard of by whoever ends it.
  all.catch(() => {});
  return {
    end() {
      ending.abort();
      return all;
    },
  };
}

const categoryNames = new Map(seedCategories.map(({ id, nameZh }) => [id, nameZh]));

function* dearer(by: number): Generator<ImportRow> {
  for (const { item, barcodes } of seedRows(listRows)) {
    if (item.unit === "piece") yield { item: { ...item, priceFen: fen(item.priceFen + by) }, barcodes };
  }
}

const clock = {
  now: Date.now,
  after(ms: number, callback: () => void) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
