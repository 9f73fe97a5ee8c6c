import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { fen } from "#core/money/fen.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { Shift } from "#core/shift/shift.ts";
import { fail } from "#core/result.ts";
import { createCatalogWriter } from "#main/catalog-writer/create-catalog-writer.ts";
import { spawnNodeWriter } from "#main/catalog-writer/testing-writer.ts";
import { openLog } from "#main/log/open-log.ts";
import { openDeviceKeys } from "#main/secret/device-key.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { type OpenCatalogStore, openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { type OpenSalesStore, openSalesStore } from "#main/store/sales/open-sales-store.ts";
import { askOffice } from "#main/sync/ask-office.ts";
import { createSync, type OpenSync } from "#main/sync/create-sync.ts";
import type { AskRaw } from "#main/sync/signed-wire.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { uuidV7 } from "#main/ids/uuid-v7.ts";
import { until } from "#tests/support/poll.ts";
import type { OfficeBench } from "./office-bench.ts";

export const manager = { id: "m1", name: "王店长", role: "manager" } as const;
export const storeCode = "BJ01";

/**
 * `cut-answer`: head office has committed and the till never hears. `refuse`: the cable is out. `silent`: what is sent goes
 * nowhere and nothing comes back, until the line is another.
 */
export type Line = "up" | "refuse" | "cut-answer" | "silent";

/** A till's two stores and its synchronisation over real sockets, without its screens. */
export interface SyncTill {
  readonly directory: string;
  store: OpenSalesStore;
  catalog: OpenCatalogStore;
  sync: OpenSync;
  line: Line;
  /** Answers that were cut. */
  readonly cuts: { count: number };
  readonly changes: (string | undefined)[];
  /** What the till's clock shows beside the machine's, milliseconds. */
  clockOffsetMs: number;
  /** Stands between the till and the wire. */
  tamper: AskRaw | null;
  enrol(office: OfficeBench, replaces?: boolean): Promise<void>;
  sell(count: number): readonly Sale[];
  /** Everything is acknowledged. */
  drained(): Promise<void>;
  agreed(): Promise<void>;
  /** The process is gone: nothing was closed in order. A new one begins over the same files. */
  crash(): Promise<void>;
  copyTo(): string;
  close(): Promise<void>;
}

/** Seals for nobody in particular: what is tested here is not the key store. */
export const keyStore: KeyStore = {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (plain) => Buffer.from(plain).reverse(),
  decryptStringAsync: async (sealed) => ({ result: Buffer.from(sealed).reverse().toString() }),
  getSelectedStorageBackend: () => "gnome_libsecret",
};

let sales = 0;

export async function openSyncTill(
  office: Pick<OfficeBench, "url">,
  from: string | null = null,
  relayUrl: URL | null = null,
  line: Line = "up",
): Promise<SyncTill> {
  const directory = mkdtempSync(join(tmpdir(), "tillway-sync-"));
  if (from !== null) cpSync(from, directory, { recursive: true });
  const till = {
    directory,
    line,
    cuts: { count: 0 },
    changes: [],
    clockOffsetMs: 0,
    tamper: null,
  } as unknown as SyncTill;
  const clock: Clock = {
    now: () => Date.now() + till.clockOffsetMs,
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
  const ask: AskRaw = async (wire) => {
    // The shop's own network is not the line to head office.
    if (wire.baseUrl.host !== office.url.host) return (till.tamper ?? askOffice)(wire);
    if (till.line === "silent") await until("the line is another", () => till.line !== "silent", 60_000);
    if (till.line === "refuse") return fail({ kind: "network", detail: "ECONNREFUSED" });
    const answer = await (till.tamper ?? askOffice)(wire);
    if (till.line !== "cut-answer") return answer;
    till.cuts.count += 1;
    return fail({ kind: "network", detail: "ECONNRESET" });
  };

  async function boot(): Promise<void> {
    const opened = openSalesStore({
      path: join(directory, "sales.db"),
      terminalId: sampleTerminalId,
      now: clock.now,
      newId: () => uuidV7(clock.now()),
      sign: (hash) => till.sync?.sign(hash) ?? null,
      onJournal: () => till.sync?.noteJournal(),
    });
    const catalog = openCatalogStore({ path: join(directory, "catalog.db"), now: clock.now });
    if (!opened.ok || !catalog.ok) throw new Error("a store does not open");
    till.store = opened.value;
    till.catalog = catalog.value;
    const log = openLog(join(directory, "till.log"), clock.now);
    till.sync = await createSync({
      ...{ url: office.url, terminal: { storeCode, terminalId: sampleTerminalId }, clock, log, ask },
      ...{ outbox: opened.value.outbox, store: opened.value.sync },
      catalog: createCatalogWriter({
        ...{ catalog: catalog.value.filled, spawn: spawnNodeWriter, clock },
        log: (what, facts) => log.warn(what, facts),
      }),
      relay: relayUrl === null ? null : { url: relayUrl, outbox: opened.value.relayOutbox },
      waiting: () => opened.value.journalStatus().waiting,
      keys: await openDeviceKeys(directory, keyStore, log),
      steadyMs: () => performance.now(),
      random: () => 0,
      onChange: (what) => till.changes.push(what),
    });
    till.sync.start();
  }

  function shift(): Shift {
    const open = till.store.currentShift();
    if (open !== null) return open;
    const next = { ...sampleShift, shiftId: uuidV7(clock.now()) };
    till.store.openShift(next);
    return next;
  }

  await boot();
  return Object.assign(till, {
    async enrol(at: OfficeBench, replaces = false) {
      const enrolled = await till.sync.enrol(await at.code(sampleTerminalId, replaces), manager);
      if (!enrolled.ok) throw new Error(enrolled.fault);
    },
    sell(count: number) {
      const { shiftId } = shift();
      return Array.from({ length: count }, () => {
        const saleId = `sale-${(sales += 1)}-${Math.trunc(performance.now())}`;
        const build = (saleNumber: string): Sale => sampleSale({ saleId, saleNumber, lineCount: 2, shiftId });
        return till.store.commitSale(saleId, build, null, sampleReceipt).sale;
      });
    },
    drained: () => until("everything is acknowledged", () => till.store.journalStatus().waiting === 0).then(() => {}),
    async agreed() {
      const before = till.sync.view().lastAgreedAtMs ?? 0;
      till.sync.now();
      await until("both sides agree", () => (till.sync.view().lastAgreedAtMs ?? 0) > before);
    },
    async crash() {
      // What is under way loses its process: it may end, and nobody hears of it.
      await till.sync.stop();
      till.store.close();
      till.catalog.close();
      await boot();
    },
    copyTo() {
      const copy = mkdtempSync(join(tmpdir(), "tillway-copy-"));
      till.store.close();
      till.catalog.close();
      cpSync(directory, copy, { recursive: true });
      return copy;
    },
    async close() {
      await till.sync.stop();
      till.store.close();
      till.catalog.close();
      rmSync(directory, { recursive: true, force: true });
    },
  });
}

/** Ends the till's day: its shift closes on what was sold. */
export function closeShift(till: SyncTill): void {
  const shift = till.store.currentShift();
  if (shift === null) throw new Error("no shift is open");
  const totals = till.store.shiftTotals(shift.shiftId);
  till.store.closeShift({
    ...{ shiftId: shift.shiftId, closedAt: "2026-03-02T22:00:00+08:00", closedBy: "c1", totals },
    ...{ countedCashFen: totals.expectedCashFen, differenceFen: fen(0) },
  });
  till.sync.shiftClosed();
}

/** One yuan of a sale, back out of the drawer. */
export function cashRefundOf(sale: Sale): SaleRefund {
  const { saleId, saleNumber, tenders } = sale;
  return {
    ...{ refundNo: `${saleNumber}R1`, requestId: `asked ${saleNumber}`, kind: "cash", saleId, saleNumber },
    ...{ tenderId: tenders[0]?.tenderId ?? "", amountFen: fen(100), reason: "", cashierId: "c1", cashierName: "王芳" },
    ...{ approvedBy: "m1", requestedAt: "2026-03-02T10:00:00+08:00", requestedAtMs: Date.UTC(2026, 2, 2, 2) },
    ...{ state: "succeeded", gateway: null, handled: null },
    given: { at: "2026-03-02T10:00:00+08:00", businessDate: "2026-03-02" },
  };
}
