import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLog } from "#main/log/open-log.ts";
import { openCatalog } from "./open-catalog.ts";
import { StartRefused } from "./start-refused.ts";

const demoFolder = fileURLToPath(new URL("../../resources/demo-store", import.meta.url));
const nothing = Buffer.alloc(8_192, "not a database, though as long as one");

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), "tillway-open-catalog-"))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = (comesAgain: boolean) =>
  openCatalog({ dataDir, demoFolder, comesAgain, now: () => 1_000, log: openLog(join(dataDir, "till.log"), Date.now) });
const spoil = () => writeFileSync(join(dataDir, "catalog.db"), nothing);

describe("A damaged catalogue", () => {
  it("is set aside as it is where head office has all of it, and none of the demo store's prices take its place", async () => {
    spoil();
    const catalog = await open(true);
    expect([catalog.wasSetAside, catalog.itemCount(), catalog.filled.rev()]).toEqual([true, 0, 0]);
    catalog.close();
    expect(readFileSync(join(dataDir, "catalog.db.damaged-1000"))).toEqual(nothing);
    expect(readFileSync(join(dataDir, "till.log"), "utf8")).toContain("catalog.db.damaged-1000");

    // Nor at the next start, while head office is still out of reach; and it is said once.
    const next = await open(true);
    expect([next.wasSetAside, next.itemCount()]).toEqual([false, 0]);
    next.close();
  });

  it("stops the start where this till alone has it, and is left where it is", async () => {
    spoil();
    await expect(open(false)).rejects.toThrow(StartRefused);
    expect(readFileSync(join(dataDir, "catalog.db"))).toEqual(nothing);
    expect(readdirSync(dataDir).filter((name) => name.includes("damaged"))).toEqual([]);
  });
});

it("An empty catalogue is filled with the demo store's items, with head office or without", async () => {
  for (const comesAgain of [true, false]) {
    const catalog = await open(comesAgain);
    expect(catalog.itemCount()).toBeGreaterThan(2_000);
    expect(catalog.wasSetAside).toBe(false);
    catalog.close();
    for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name));
  }
});
