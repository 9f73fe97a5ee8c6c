import { join } from "node:path";
import { terminalConfigSchema } from "#contract/config/terminal.ts";
import { fail } from "#core/result.ts";
import { openRelay, type Relay } from "#headoffice/relay/open-relay.ts";
import { openLog } from "#main/log/open-log.ts";
import { openDeviceKeys } from "#main/secret/device-key.ts";
import { createCatalogWriter } from "#main/catalog-writer/create-catalog-writer.ts";
import { spawnNodeWriter } from "#main/catalog-writer/testing-writer.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { askOffice } from "#main/sync/ask-office.ts";
import { createSync, type OpenSync } from "#main/sync/create-sync.ts";
import type { AskRaw } from "#main/sync/signed-wire.ts";
import type { PaymentGateway, RefundGateway } from "#main/till/ports/payment-gateway.ts";
import type { OfficeBench } from "#tests/sync/office-bench.ts";
import { keyStore, manager } from "#tests/sync/sync-till.ts";
import { benchConfig, chips, people } from "./bench-shop.ts";
import { until } from "./poll.ts";
import { openTillBench, type TillBench } from "./till-bench.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** One till of a shop with several: all of it real but hardware and its own clock, over real sockets to head office. */
export interface ShopTill {
  readonly bench: TillBench;
  readonly sync: OpenSync;
  /** The line to head office; the relay is inside the shop. */
  isLineUp: boolean;
  enrol(): Promise<void>;
  /** Everything is at head office, and the list of the shop's tills is here. */
  drained(): Promise<void>;
  /** A sale of 10.00 for cash; its id. */
  sellForCash(): Promise<string>;
  /** What the QR on a sale's receipt says. */
  qrOf(saleId: string): Promise<string>;
  refund(saleId: string, amountFen: number, requestId?: string): ReturnType<TillBench["send"]>;
  close(): Promise<void>;
}

export interface TillChoices {
  readonly relayUrl?: URL | null;
  readonly clock?: VirtualClock;
  readonly gateway?: PaymentGateway;
  readonly refunds?: RefundGateway;
  readonly offlineRefunds?: "cash-and-wechat" | "cash" | "none";
  readonly storeCode?: string;
}

let presses = 0;

export async function openShopTill(
  office: OfficeBench,
  terminalId: string,
  choices: TillChoices = {},
): Promise<ShopTill> {
  const { storeCode = "BJ01", relayUrl = null, offlineRefunds, ...more } = choices;
  const store = { ...benchConfig({}).store, code: storeCode };
  const headOffice = { url: office.url.href, ...(offlineRefunds === undefined ? {} : { offlineRefunds }) };
  const config = terminalConfigSchema.parse({ ...benchConfig({ store, terminalId }), headOffice });
  const open: { sync: OpenSync | null } = { sync: null };
  const bench = await openTillBench({ config, sync: () => open.sync, idsBegin: terminalId, ...more }).atWork();
  const ask: AskRaw = async (wire) => {
    if (wire.baseUrl.host === office.url.host && !till.isLineUp)
      return fail({ kind: "network", detail: "ECONNREFUSED" });
    return askOffice(wire);
  };
  const catalog = openCatalogStore({ path: join(bench.directory, "office-catalog.db"), now: Date.now });
  if (!catalog.ok) throw new Error("a catalogue opens");
  const log = openLog(join(bench.directory, "till.log"), Date.now);
  const clock = {
    now: Date.now,
    after(ms: number, callback: () => void) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
  const sync = await createSync({
    ...{ url: office.url, terminal: { storeCode, terminalId }, clock, log, ask },
    catalog: createCatalogWriter({
      ...{ catalog: catalog.value.filled, spawn: spawnNodeWriter, clock },
      log: (what, facts) => log.warn(what, facts),
    }),
    ...{ outbox: bench.store.outbox, store: bench.store.sync },
    relay: relayUrl === null ? null : { url: relayUrl, outbox: bench.store.relayOutbox },
    waiting: () => bench.store.journalStatus().waiting,
    keys: await openDeviceKeys(bench.directory, keyStore, log),
    steadyMs: () => performance.now(),
    random: () => 0,
    onChange: () => {},
  });
  open.sync = sync;
  sync.start();
  const till: ShopTill = {
    ...{ bench, sync, isLineUp: true },
    async enrol() {
      const enrolled = await sync.enrol(await office.code(terminalId), manager);
      if (!enrolled.ok) throw new Error(enrolled.fault);
    },
    async drained() {
      sync.now();
      await until("everything is at head office", () => bench.store.journalStatus().waiting === 0);
    },
    async sellForCash() {
      await bench.scan(chips);
      await bench.must("take-payment", {});
      await bench.must("pay-cash", { receivedFen: 1_000 });
      await bench.must("next-sale", {});
      return bench.sales().at(-1)?.saleId ?? "";
    },
    async qrOf(saleId) {
      const { receipt } = await bench.must("sale-detail", { saleId });
      return receipt.lines.flatMap((line) => (line.kind === "qr" ? [line.text] : []))[0] ?? "";
    },
    refund(saleId, amountFen, requestId = `press-${(presses += 1)}`) {
      const own = bench.store.sale(saleId)?.sale.tenders;
      const tenderId = (own ?? bench.store.otherSale(saleId)?.sold.tenders)?.[0]?.tenderId ?? "";
      const approvalPin = people.manager.pin;
      return bench.send("refund-sale", { requestId, saleId, tenderId, amountFen, reason: "退货", approvalPin });
    },
    async close() {
      await sync.stop();
      catalog.value.close();
      bench.close();
    },
  };
  return till;
}

/** The shop's relay, of which head office knows and which knows the shop's tills. */
export async function openShopRelay(office: OfficeBench, folder: string): Promise<{ relay: Relay; url: URL }> {
  const code = await office.code("R1", false, "relay");
  const opened = await openRelay({
    ...{ database: { kind: "sqlite", path: join(folder, "relay.db") }, upstream: office.url.href },
    enrol: { place: { storeCode: "BJ01", terminalId: "R1" }, code },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  const url = new URL(await opened.value.app.listen({ host: "127.0.0.1", port: 0 }));
  return { relay: opened.value, url };
}
