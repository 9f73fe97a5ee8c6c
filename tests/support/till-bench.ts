import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sound } from "#contract/ipc/channels.ts";
import type { PoleShow } from "#contract/devices/pole.ts";
import type { WeightReading } from "#contract/devices/scale.ts";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import type { IntentAnswer, IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import type { TillView, TillViewPatch } from "#contract/ipc/till-view.ts";
import { defaultLabelTemplates } from "#core/barcode/label-template.ts";
import { fen } from "#core/money/fen.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { defaultRefundTiming } from "#core/refund/refund.ts";
import type { Sale } from "#core/sale/sale.ts";
import { defaultAttemptTiming } from "#core/tender/attempt.ts";
import { createPrintQueue } from "#main/printing/print-queue.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { watched } from "./watched-clock.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { StoreBroken } from "#main/store/store-broken.ts";
import { createAttemptDriver, type AttemptDriver } from "#main/till/attempts/attempt-driver.ts";
import type { BillGateway, RefundGateway } from "#main/till/ports/payment-gateway.ts";
import type { DrawerOutcome, Scan, Weight } from "#main/till/ports/devices.ts";
import type { DayTotals, SalesStore } from "#main/till/ports/sales-store.ts";
import { createRefundDriver, type RefundDriver } from "#main/till/refunds/refund-driver.ts";
import { createTill, type Till } from "#main/till/till.ts";
import { createBillRoom } from "#main/bills/create-bill-room.ts";
import { createReports, type OpenReports } from "#main/reports/create-reports.ts";
import { createAuditBooks } from "#main/jobs/audit-worker.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnNodeWorker } from "#main/jobs/testing-worker.ts";
import type { BillRoom } from "#main/till/ports/bill-room.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { Reconciler } from "#main/till/reconciliation/reconciler.ts";
import { benchConfig, businessDay, goods, openingMs, people } from "./bench-shop.ts";
import { createCustomerGateway } from "./customer-gateway.ts";
import type { SetAside, TillBenchOptions } from "./till-bench-options.ts";
import { answersArrive, createVirtualClock } from "./virtual-clock.ts";

/** For what runs in another process: whether it hangs is told by the machine's own time. */
const machineClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

export type TillBench = ReturnType<typeof openTillBench>;

/**
 * A till with everything real but the hardware, the network and the clock: both stores on their own folder, the attempt
 * driver and the print queue. `crash` leaves the files as they are and starts a new till over them.
 */
export function openTillBench(options: TillBenchOptions = {}) {
  const directory = options.directory ?? mkdtempSync(join(options.parentFolder ?? tmpdir(), "tillway-till-"));
  if (options.from !== undefined) cpSync(options.from.directory, directory, { recursive: true });
  const clock = options.clock ?? createVirtualClock(openingMs);
  const gateway = createCustomerGateway();
  const config = benchConfig(options.config);
  const opened: { close(): void }[] = [];
  const worker = createWorker({ spawn: spawnNodeWorker, clock: machineClock, log: () => {} });
  const bench = {
    clock,
    gateway,
    sounds: [] as Sound[],
    faults: [] as string[],
    /** What the attempts told the log. */
    logged: [] as string[],
    kicks: [] as string[],
    isWeightWanted: false,
    poleShows: [] as PoleShow[],
    patches: [] as TillViewPatch[],
    displays: [] as DisplayView[],
    printed: [] as string[],
    /** What the printer makes of the next jobs; null while it cannot print. */
    printerEnds: "printed" as "printed" | "unknown" | null,
    drawerAnswers: "kicked" as DrawerOutcome,
    /** What was printed past the queue, and how that ends. */
    slips: [] as (readonly PrintLine[])[],
    slipEnds: "printed" as "printed" | "not-sent",
    /** The disk refuses this method so many times. */
    refuse: { method: "" as keyof SalesStore | "", times: 0 },
    store: undefined as unknown as OpenSalesStore,
    till: undefined as unknown as Till,
    attempts: undefined as unknown as AttemptDriver,
    refunds: null as RefundDriver | null,
    /** The merchant's keys cannot be used: what is under way waits, nothing new begins. */
    isWechatBroken: false,
    reconciler: null as Reconciler | null,
    reports: null as OpenReports | null,
    /** Where sales.db and the bills lie. */
    directory,
    shown: undefined as unknown as TillView,
    crash,
    scan,
    weigh,
    send,
    must,
    close,
    setAside,
    atWork,
    sales,
    recount,
  };
  let ids = options.from?.ids ?? 0;
  let takeScan: (scan: Scan) => void = () => {};
  let takeWeight: (weight: Weight) => void = () => {};
  const newId = (): string => `${options.idsBegin ?? "id"}-${String((ids += 1)).padStart(6, "0")}`;
  boot();
  return bench;

  function boot(): void {
    bench.store = mustOpen(
      (options.openStore ?? openSalesStore)({
        ...{ path: join(directory, "sales.db"), terminalId: config.terminalId, now: clock.now, newId },
        ...watched(options.steady, () => bench.till),
      }),
    );
    opened.push(bench.store);
    const catalog = options.catalog ?? openCatalog();
    const store = refusing(bench.store, bench.refuse);
    let till: Till | null = null;
    const settings = options.settings?.(directory, config, clock.now) ?? null;
    const receipts = createPrintQueue({ store, devices: printer(), clock, onChange: () => till?.receiptsChanged() });
    bench.attempts = createAttemptDriver({
      ...{ store, gateway: options.gateway ?? gateway, clock, timing: options.timing ?? defaultAttemptTiming },
      describe: () => config.store.nameZh,
      onChange: (attempt) => till?.attemptChanged(attempt),
      onSettled: (attempt) => till?.attemptSettled(attempt),
      log: (what, facts) => bench.logged.push(`${what} ${JSON.stringify(facts, inWords)}`),
    });
    bench.refunds =
      options.refunds === undefined
        ? null
        : createRefundDriver({
            ...{
              store,
              gateway: { sendOnward: nobodyTakesIt, ...options.refunds },
              clock,
              timing: defaultRefundTiming,
            },
            onChange: (refund) => till?.refundChanged(refund),
            onSettled: (refund) => till?.refundSettled(refund),
            log: () => {},
          });
    bench.reconciler =
      options.bills === undefined ? null : reconciler(options.bills, (what) => till?.reconciliationChanged(what));
    bench.reports = options.hasReports === true ? readReports() : null;
    till = createTill(
      {
        get config() {
          return settings?.config() ?? config;
        },
        ...(settings === null ? {} : { settings }),
        ...{ labelTemplates: defaultLabelTemplates, store, catalog, receipts, clock, newId },
        attempts: config.wechatPay === undefined ? null : bench.attempts,
        refunds: bench.refunds,
        get isWechatBroken() {
          return bench.isWechatBroken;
        },
        merchantSetup: options.merchantSetup ?? null,
        deviceSetup: options.deviceSetup ?? null,
        officeSetup: options.officeSetup ?? null,
        legacyDoors: options.legacyDoors ?? null,
        legacyFiles: options.legacyFiles ?? null,
        isTraining: options.isTraining ?? false,
        goods: options.goods?.(catalog) ?? null,
        get sync() {
          return typeof options.sync === "function" ? options.sync() : (options.sync ?? null);
        },
        devices: {
          onScan: (listener) => (takeScan = listener),
          onWeight: (listener) => (takeWeight = listener),
          wantWeight: (isWanted) => (bench.isWeightWanted = isWanted),
          showOnPole: (show) => bench.poleShows.push(show),
          print(_jobId, lines, onProgress) {
            bench.slips.push(lines);
            const isOnPaper = bench.slipEnds === "printed";
            onProgress(
              isOnPaper ? { state: "printed", confirmed: true } : { state: "not-sent", trouble: "not-connected" },
            );
          },
          kickDrawer: (jobId) => {
            bench.kicks.push(jobId);
            return Promise.resolve(bench.drawerAnswers);
          },
        },
        reconciler: bench.reconciler,
        inquiry: options.inquiry ?? null,
        reports: bench.reports,
        audit: createAuditBooks(worker, join(directory, "sales.db"), config.store.utcOffsetMinutes),
        machine: options.machine?.(directory, bench) ?? null,
        ...(options.latency === undefined ? {} : { latency: options.latency }),
        askWhereToSave: () => Promise.resolve(options.saveAs?.() ?? null),
        pins: {
          hash: (pin) => Promise.resolve(`pin:${pin}`),
          verify: (pinHash, pin) => Promise.resolve(pinHash === `pin:${pin}`),
          newBadge: () => `TWB${String((ids += 1)).padStart(16, "0")}`,
          badgeHash: (badge) => createHash("sha256").update(badge).digest("hex"),
        },
        demoPins: new Map(),
        playSound: (sound) => bench.sounds.push(sound),
        logFault: (what, cause) => bench.faults.push(`${what}: ${String(cause)}`),
      },
      {
        onView(patch) {
          bench.patches.push(patch);
          bench.shown = { ...bench.shown, ...patch };
          options.onScreen?.();
        },
        onDisplay(view) {
          bench.displays.push(view);
          options.onScreen?.();
        },
      },
    );
    bench.till = till;
    bench.shown = till.view();
    till.start();
  }

  function readReports(): OpenReports {
    const log = (what: string, facts: object): void => void bench.faults.push(`${what}: ${JSON.stringify(facts)}`);
    return createReports({ salesDb: join(directory, "sales.db"), spawn: spawnNodeWorker, clock: machineClock, log });
  }

  function openCatalog(): OpenCatalogStore {
    const catalog = mustOpen(openCatalogStore({ path: join(directory, "catalog.db") }));
    opened.push(catalog);
    return catalog;
  }

  function reconciler(bills: BillGateway, onChange: (what: "days" | "progress") => void): Reconciler {
    const room = createBillRoom({
      folder: join(directory, "bills"),
      salesDb: join(directory, "sales.db"),
      ...{ gateway: bills, worker, mchid: config.wechatPay?.mchid ?? "" },
      till: { storeCode: config.store.code, terminalId: config.terminalId },
      log: () => {},
    });
    const spoil = options.spoilFindings ?? ((findings) => findings);
    const spoilt: BillRoom = {
      ...room,
      compare: (day, files, awaited, watch) =>
        room.compare(day, files, awaited, { ...watch, onFindings: (findings) => watch.onFindings(spoil(findings)) }),
    };
    const log = (what: string, facts: object): void => void bench.faults.push(`${what}: ${JSON.stringify(facts)}`);
    return new Reconciler({ store: bench.store, room: spoilt, clock, onChange, log });
  }

  function printer() {
    return {
      onStatus: () => {},
      cancelPrint: () => {},
      print(
        jobId: string,
        _lines: unknown,
        onProgress: (progress: { state: "printed"; confirmed: true } | { state: "unknown" }) => void,
      ) {
        const end = bench.printerEnds;
        if (end === null) return;
        bench.printed.push(jobId);
        void Promise.resolve().then(() =>
          onProgress(end === "printed" ? { state: end, confirmed: true } : { state: end }),
        );
      },
    };
  }

  /** The power goes: nothing is closed, nothing said goodbye. The next process finds the files. */
  async function crash(): Promise<void> {
    bench.attempts.stop();
    bench.refunds?.stop();
    bench.reconciler?.stop();
    bench.reports?.stop();
    clock.dropTimers();
    boot();
    await answersArrive();
  }

  /** Seeds goods and people once, signs the cashier in and opens a shift with 100.00. */
  async function atWork() {
    const catalog = mustOpen(openCatalogStore({ path: join(directory, "catalog.db") }));
    catalog.importCategories([{ id: "all", nameZh: "全部", nameEn: "All", colour: 0 }]);
    await catalog.importItems(
      goods.map(({ barcodes, ...item }) => ({ item, barcodes })),
      () => {},
    );
    catalog.close();
    for (const { pin, ...cashier } of Object.values(people)) bench.store.putCashier(cashier, `pin:${pin}`);
    await must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    await must("open-shift", { floatFen: 10_000 });
    bench.shown = bench.till.view();
    return bench;
  }

  async function scan(text: string, aim: string | null = null): Promise<void> {
    takeScan({ deviceId: "scanner-1", text, aim, source: "serial", atMs: clock.now() });
    await answersArrive();
  }

  /** The scale says so much, stable and net of nothing unless told otherwise. */
  async function weigh(grams: number | null, flags: Partial<WeightReading> = {}, atMs = clock.now()): Promise<void> {
    const plain = { isStable: grams !== null, isOver: false, isUnder: false, isNet: false, isZero: grams === 0 };
    takeWeight({ reading: { grams, ...plain, ...flags }, atMs });
    await answersArrive();
  }

  async function send<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>> {
    const result = await bench.till.perform(intent, args);
    await answersArrive();
    return result;
  }

  async function must<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentAnswer<N>> {
    const result = await send(intent, args);
    if (!result.ok)
      throw new Error(`${intent} was refused: ${JSON.stringify(result.fault)} ${bench.faults.join("; ")}`);
    return result.value;
  }

  /** Every finished sale, oldest first. */
  function sales(): readonly Sale[] {
    const rows = bench.store.salesOfDay(businessDay, 1_000, null);
    return rows.toReversed().map(({ saleId }) => bench.store.sale(saleId)!.sale);
  }

  /** What the sales themselves add up to, in the shape of the day's totals; throws where one does not sum. */
  function recount(): Pick<DayTotals, "saleCount" | "salesFen" | "cashFen" | "wechatFen"> {
    const sum = { saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0 };
    for (const sale of sales()) {
      const of = (kind: string): number =>
        sale.tenders.reduce((total, tender) => total + (tender.kind === kind ? tender.amountFen : 0), 0);
      const lines = sale.lines.reduce((total, line) => total + line.netFen, 0);
      if (of("cash") + of("wechat") + of("static-code") !== sale.totalFen || lines !== sale.totalFen)
        throw new Error(`${sale.saleNumber} differs`);
      sum.saleCount += 1;
      sum.salesFen += sale.totalFen;
      sum.cashFen += of("cash");
      sum.wechatFen += of("wechat");
    }
    const { saleCount } = sum;
    return { saleCount, salesFen: fen(sum.salesFen), cashFen: fen(sum.cashFen), wechatFen: fen(sum.wechatFen) };
  }

  /** Ends the bench and keeps its files, for others to begin with. */
  function setAside(): SetAside {
    bench.attempts.stop();
    bench.refunds?.stop();
    bench.reconciler?.stop();
    worker.stop();
    bench.reports?.stop();
    for (const one of opened) one.close();
    return { directory, ids };
  }

  function close(): void {
    setAside();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The gateway of a test that sends no stuck refund on. */
const nobodyTakesIt: RefundGateway["sendOnward"] = () =>
  Promise.resolve({ kind: "unknown", cause: "network", code: null });

/** An error says what it is, also in JSON. */
function inWords(_name: string, value: unknown): unknown {
  return value instanceof Error ? String(value) : value;
}

function refusing(store: SalesStore, refuse: TillBench["refuse"]): SalesStore {
  return new Proxy(store, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== "function") return method;
      return (...given: unknown[]): unknown => {
        if (refuse.method === name && refuse.times > 0) {
          refuse.times -= 1;
          throw new StoreBroken("full", "SQLITE_FULL", {});
        }
        return Reflect.apply(method, target, given);
      };
    },
  });
}

function mustOpen<T>(
  opened: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: unknown },
): T {
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}
