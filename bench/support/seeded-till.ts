import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import { seedRow } from "#scripts/seed/goods.ts";
import { shopPeople } from "#scripts/seed/shop.ts";
import type { ImportRow } from "#main/store/catalog/import-items.ts";
import { beginSelling, openTill } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openPty } from "#tests/support/pty.ts";
import type { TerminalJson } from "#tests/support/shop.ts";
import type { ScanningTill } from "./scanning-till.ts";

/** A data directory that `npm run seed` has made, and how much is in it. */
export interface SeededDirectory {
  readonly dataDir: string;
  readonly itemCount: number;
  readonly saleCount: number;
  /** Business days there are sales of, the last one first. */
  readonly days: readonly string[];
  /** What a figure's name says of it. */
  readonly size: string;
}

/** Looks at it; throws with a sentence where nothing of the kind is there. */
export function readSeeded(dataDir: string): SeededDirectory {
  for (const name of ["sales.db", "catalog.db", "terminal.json"]) {
    if (!existsSync(join(dataDir, name)))
      throw new Error(`there is no ${name} in ${dataDir}: make one with npm run seed -- --data-dir ${dataDir}`);
  }
  if (existsSync(join(dataDir, "seed.unfinished"))) throw new Error(`the seed of ${dataDir} is not finished`);
  const ask = <T>(file: string, sql: string): readonly T[] => {
    const db = new Database(join(dataDir, file), { readonly: true });
    const rows = db.prepare<[], T>(sql).pluck().all() as readonly T[]; // one column, as each question asks for
    db.close();
    return rows;
  };
  const [itemCount = 0] = ask<number>("catalog.db", "SELECT count(*) FROM items");
  const [saleCount = 0] = ask<number>("sales.db", "SELECT coalesce(max(number), 0) FROM sales");
  const days = ask<string>("sales.db", "SELECT business_date FROM day_totals ORDER BY business_date DESC");
  const figure = (count: number): string => count.toLocaleString("en");
  return { dataDir, itemCount, saleCount, days, size: `${figure(itemCount)} items and ${figure(saleCount)} sales` };
}

/** Items with a code of their own, spread over the whole catalogue. */
export function seededRows({ itemCount }: SeededDirectory, count: number): readonly ImportRow[] {
  const step = Math.max(1, Math.floor(itemCount / count));
  const rows: ImportRow[] = [];
  for (let index = 0; index < itemCount && rows.length < count; index += step) {
    const row = [seedRow(index), seedRow(index + 1)].find(({ barcodes }) => barcodes.length > 0);
    if (row !== undefined && index + 1 < itemCount) rows.push(row);
  }
  return rows;
}

/** PINs of the seeded people, as a till under test wants them. */
export const seededPins: ReadonlyMap<string, string> = new Map(shopPeople.map(({ cashier, pin }) => [cashier.id, pin]));

/** Runs `work` with other sections in terminal.json, which is as it was afterwards. */
export async function withTerminal<T>(
  dataDir: string,
  sections: Partial<TerminalJson>,
  work: () => Promise<T>,
): Promise<T> {
  const path = join(dataDir, "terminal.json");
  const before = readFileSync(path, "utf8");
  // As the seed has written it.
  const terminal = JSON.parse(before) as TerminalJson;
  writeFileSync(path, JSON.stringify({ ...terminal, ...sections }, null, 2));
  try {
    return await work();
  } finally {
    writeFileSync(path, before);
  }
}

/** The real till on a seeded directory, selling, with a scanner on a serial port (a pty). What it sells stays in there. */
export async function withSeededTill<T>(
  seeded: SeededDirectory,
  options: { readonly cashierId?: string; readonly terminal?: Partial<TerminalJson> },
  work: (shop: ScanningTill) => Promise<T>,
): Promise<T> {
  const { dataDir } = seeded;
  const { cashierId = "cashier-1", terminal = {} } = options;
  const scanner = await openPty("scanner");
  const transport = { kind: "serial", path: scanner.path } as const;
  const devices = { scanners: [{ id: "scanner-1", transport }] };
  try {
    return await withTerminal(dataDir, { devices, ...terminal }, async () => {
      const till = await openTill({ dataDir, pins: seededPins });
      try {
        await beginSelling(till, cashierId);
        await until("the scanner is ready", async () =>
          (await till.view()).status.devices.every((device) => device.state === "ready"),
        );
        const barcodes = seededRows(seeded, 20_000).flatMap(({ barcodes: codes }) =>
          codes.map(({ barcode }) => barcode),
        );
        assert(barcodes.length > 0, "a seeded catalogue has goods with codes");
        return await work({ till, scanner, dataDir, barcodes, close: () => till.close() });
      } finally {
        await till.close();
      }
    });
  } finally {
    await scanner.unplug();
  }
}
