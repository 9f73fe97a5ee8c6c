import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { assert } from "#core/result.ts";
import { launchSpec } from "#scripts/electron-runtime.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { tillOn } from "#tests/support/processes.ts";
import { benchResult, type BenchResult, type Distribution, distributionOf } from "../result.ts";
import { groupMiB } from "./group-memory.ts";
import { type SeededDirectory, withSeededTill } from "./seeded-till.ts";

/** Sales between two looks at the memory. */
const salesAtOnce = 50;
const linesOfSale = 3;
/** What a till may take beside the empty program: its own code, a year of data's pages, and what a sale needs. */
const allowed = { times: 1.3, moreMiB: 150 };
const flat = { ratio: 1.03 } as const;
/** Caches fill and engines warm up in the first part; from here on memory has no reason to grow. */
const warmShare = 0.2;
/** An empty program comes to rest within, and is looked at so often. */
const restLooks = 20;
const betweenLooksMs = 250;
const emptyWindow = fileURLToPath(new URL("empty-window.mjs", import.meta.url));

/**
 * The memory of all the till's processes while so many sales are rung up and paid on a seeded directory: at the end beside
 * an empty Electron program with two windows, and beside the warm till. Proportional set size.
 */
export async function memoryOfSelling(seeded: SeededDirectory, count: number): Promise<readonly BenchResult[]> {
  const empty = await emptyMiB();
  const samples = await withSeededTill(seeded, {}, async ({ till, barcodes }) => {
    const group = tillOn(seeded.dataDir);
    assert(group !== null, "the till is running");
    const looks: number[] = [];
    for (let sold = 0; sold < count; sold += salesAtOnce) {
      const codes = Array.from({ length: salesAtOnce * linesOfSale }, (_, place) => {
        return barcodes[((sold * linesOfSale + place) * 7_919) % barcodes.length] ?? "";
      });
      await sellInPage(till, codes);
      looks.push(groupMiB(group));
    }
    return looks;
  });
  const part = Math.max(1, Math.round(samples.length * warmShare));
  const warm = distributionOf(samples.slice(part, part * 2));
  const end = distributionOf(samples.slice(-part));
  return figures(seeded, count, { empty, warm, end });
}

function figures(
  { size }: SeededDirectory,
  count: number,
  { empty, warm, end }: { readonly empty: number; readonly warm: Distribution; readonly end: Distribution },
): readonly BenchResult[] {
  const most = empty * allowed.times + allowed.moreMiB;
  const beside = { limit: most, ratio: end.p50 / most, budget: { ratio: 1 } };
  const grown = { limit: warm.p50, ratio: end.p50 / warm.p50, budget: flat };
  return [
    benchResult({
      ...{ name: `memory after ${count} sales, ${size}; an empty program with two windows ${Math.round(empty)} MiB` },
      ...{ unit: "MiB", ...end, ...beside },
    }),
    benchResult({ name: `memory over ${count} sales, against the warm till`, unit: "MiB", ...end, ...grown }),
  ];
}

/** Rings up and pays sale after sale in the page, as its keys do; three codes each. */
async function sellInPage(till: TillUnderTest, codes: readonly string[]): Promise<void> {
  const isSold = await till.page.evaluate(
    async ({ all, lines }) => {
      for (let at = 0; at < all.length; at += lines) {
        for (const text of all.slice(at, at + lines)) await tillway.send("scan", { text, by: "typed" });
        const looked = await tillway.send("look", {});
        if (!looked.ok) return false;
        await tillway.send("take-payment", {});
        const paid = await tillway.send("pay-cash", { receivedFen: looked.value.sale.totalFen });
        await tillway.send("next-sale", {});
        if (!paid.ok) return false;
      }
      return true;
    },
    { all: codes, lines: linesOfSale },
  );
  assert(isSold, "every basket is paid in cash");
}

/** An empty program with two windows, once its memory has come to rest. */
async function emptyMiB(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), "empty-window-"));
  const spec = launchSpec([`--user-data-dir=${scratch}`, "--windows=2"], { app: emptyWindow });
  const child = spawn(spec.executable, [...spec.args], {
    ...{ env: spec.env, stdio: ["ignore", "pipe", "ignore"], detached: true },
  });
  const gone = once(child, "exit");
  try {
    for await (const line of createInterface({ input: child.stdout })) if (line.startsWith("ready")) break;
    const looks: number[] = [];
    for (let look = 0; look < restLooks; look += 1) {
      await pause(betweenLooksMs);
      looks.push(groupMiB(child.pid ?? 0));
    }
    return distributionOf(looks.slice(-restLooks / 2)).p50;
  } finally {
    child.kill("SIGTERM");
    await gone;
    rmSync(scratch, { recursive: true, force: true });
  }
}
