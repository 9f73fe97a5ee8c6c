import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SyncView } from "#contract/ipc/sync-view.ts";
import { type HealthCheck, healthCheckNames } from "#core/health/checks.ts";
import { createMachineHealth } from "#main/health/create-machine-health.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnNodeWorker } from "#main/jobs/testing-worker.ts";
import { createLatency } from "#main/latency/create-latency.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import type { Sync } from "#main/till/ports/sync.ts";
import { chips, openingMs, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { createVirtualClock } from "#tests/support/virtual-clock.ts";
import type { TillBenchOptions } from "#tests/support/till-bench-options.ts";

const { cashier, manager } = people;
const machineClock = {
  now: Date.now,
  after(ms: number, callback: () => void) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
const worker = createWorker({ spawn: spawnNodeWorker, clock: machineClock, log: () => {} });
/** What of the machine is another than it is. */
let changed: Partial<MachineHealth> = {};
let saveAs: string | null = null;
let bench: TillBench;

const machine: NonNullable<TillBenchOptions["machine"]> = (directory, { store }) => {
  mkdirSync(join(directory, "logs"), { recursive: true });
  const real = createMachineHealth({
    ...{ dataDir: directory, worker, now: Date.now, backup: () => null, versions: { till: "1.2.3" } },
    durability: () => store.durability(),
    steady: { nowMs: () => performance.now(), sleeps: () => 0 },
    memory: async () => ({ processes: [{ kind: "Browser", bytes: 2 ** 28 }], freeBytes: 2 ** 32 }),
  });
  return { ...real, ...changed };
};

async function open(options: TillBenchOptions = {}): Promise<void> {
  const clock = createVirtualClock(openingMs);
  const latency = createLatency({ now: clock.now, turns: () => ({ utcOffsetMinutes: 480, dayCutOffMinutes: 0 }) });
  bench = openTillBench({ machine, clock, latency, saveAs: () => saveAs, ...options });
  await bench.atWork();
}
beforeEach(() => {
  changed = {};
  saveAs = null;
});
afterEach(() => bench.close());

const asManager = () => bench.must("sign-in", { cashierId: manager.id, pin: manager.pin });
const run = (check: HealthCheck) => bench.must("run-health-check", { check });

describe("The health page", () => {
  it("is a manager's", async () => {
    await open();
    for (const sent of [
      bench.send("health-page", {}),
      bench.send("run-health-check", { check: "memory" }),
      bench.send("day-timings", {}),
      bench.send("look-into-support-package", {}),
      bench.send("save-support-package", {}),
    ])
      expect(await sent).toMatchObject({ ok: false, fault: { kind: "not-allowed" } });
    expect(cashier.role).toBe("cashier");
  });

  it("finds a till that is well to be well, by every check", async () => {
    await open();
    await asManager();
    const found = await Promise.all(healthCheckNames.map(run));
    const words = Object.fromEntries(found.map(({ check, word }) => [check, word]));
    // A machine that has other things to do flushes slowly.
    expect(["ok", "slow"]).toContain(words["disk-write"]);
    expect(words).toMatchObject({
      ...{ database: "ok", durability: "ok", "journal-end": "ok", "journal-whole": "ok" },
      ...{ calendar: "ok", memory: "ok", log: "ok", version: "ok", papers: "ok", backup: "no-folder" },
      ...{ "head-office": "not-set-up", clock: "unmeasured", devices: "none" },
    });
    expect(bench.faults).toEqual([]);
    const page = await bench.must("health-page", {});
    expect(page.map(({ check }) => check).toSorted()).toEqual(healthCheckNames.toSorted());
  });
});

describe("What goes wrong", () => {
  it.each<[HealthCheck, Partial<MachineHealth>, object]>([
    ["disk-write", { diskWrite: async () => ({ code: "ENOSPC" }) }, { word: "full", state: "broken" }],
    ["disk-space", { diskSpace: async () => ({ freeBytes: 0, totalBytes: 2 ** 36 }) }, { word: "full" }],
    ["log", { log: async () => ({ bytes: 0, files: 0, code: "EACCES" }) }, { word: "unwritable" }],
    ["database", { database: async () => ({ ok: false, fault: "failed" }) }, { word: "failed", state: "broken" }],
    [
      "memory",
      {
        memory: async () => {
          throw new Error("nobody knows");
        },
      },
      { word: "failed", state: "broken" },
    ],
    [
      "durability",
      { durability: async () => ({ journalMode: "wal", synchronous: 1, walBytes: 0 }) },
      { word: "weak", state: "broken" },
    ],
    ["calendar", { sinceOpened: () => ({ wallMs: 86_400_000, steadyMs: 1_000, hasSlept: false }) }, { word: "jumped" }],
  ])("%s is told", async (check, change, result) => {
    changed = change;
    await open();
    await asManager();
    expect(await run(check)).toMatchObject({ check, ...result });
  });

  it("is a check that hangs: it is told when its time is over, and what it says later changes nothing", async () => {
    let answer: (read: { freeBytes: number; totalBytes: number }) => void = () => {};
    changed = { diskSpace: () => new Promise((resolve) => (answer = resolve)) };
    await open();
    await asManager();
    const running = bench.till.perform("run-health-check", { check: "disk-space" });
    const again = bench.till.perform("run-health-check", { check: "disk-space" });
    await bench.clock.advance(5_001);
    expect(await running).toMatchObject({ ok: true, value: { word: "hung", state: "broken", facts: { seconds: 5 } } });
    expect(await again).toEqual(await running);
    answer({ freeBytes: 2 ** 40, totalBytes: 2 ** 40 });
    expect(await bench.must("health-page", {})).toContainEqual(expect.objectContaining({ word: "hung" }));
    // Selling was never in its way.
    await bench.scan(chips);
    expect(bench.shown.sale.lines).toHaveLength(1);
  });

  it("is a worker that dies during a check", async () => {
    const dying = createWorker({ spawn: spawnNodeWorker, clock: machineClock, log: () => {}, limits: { startMs: 0 } });
    await open({
      machine: (directory, { store }) => ({
        ...machine(directory, { store }),
        ...createMachineHealth({
          ...{ dataDir: directory, worker: dying, now: Date.now, backup: () => null, versions: {} },
          durability: () => store.durability(),
          steady: { nowMs: () => 0, sleeps: () => 0 },
          memory: async () => ({ processes: [], freeBytes: 2 ** 32 }),
        }),
      }),
    });
    await asManager();
    expect(await run("database")).toMatchObject({ word: "failed", state: "broken" });
    expect(await run("journal-end")).toMatchObject({ word: "failed" });
    expect(await bench.send("look-into-support-package", {})).toMatchObject({
      fault: { kind: "support-package-failed" },
    });
  });

  it("is a device that is gone, and a clock that is off by a day", async () => {
    await open();
    await asManager();
    const ready = { deviceId: "scanner-1", role: "scanner", state: "ready", reason: null, trouble: null } as const;
    bench.till.devicesChanged([ready, { ...ready, deviceId: "scanner-2", state: "absent", reason: "no such device" }]);
    expect(await run("devices")).toMatchObject({ word: "trouble", facts: { count: 2, troubled: 1 } });
    bench.till.clockMeasured(-86_400_000);
    expect(await run("clock")).toMatchObject({ word: "wrong", facts: { seconds: 86_400, way: "behind" } });
  });

  it("is a head office that is silent", async () => {
    const view: SyncView = {
      ...{ state: "offline", sinceMs: openingMs, waiting: 12, withRelay: null, lastAgreedAtMs: null },
      ...{ disagreedDates: [], trouble: null, alarm: null, officeName: null, officeHost: null, keyGuard: null },
    };
    const sync: Sync = {
      ...{ view: () => view, pastHeard: () => null, now: () => {}, agreementDays: () => [], shiftClosed: () => {} },
      clockAheadMs: () => -120_000,
      // Nothing of these is asked here.
      ...({ held: { isOpen: () => false } } as unknown as Pick<
        Sync,
        "refunds" | "held" | "enrol" | "acknowledgeAlarm"
      >),
    };
    await open({ sync });
    await asManager();
    expect(await run("head-office")).toMatchObject({ word: "away", facts: { waiting: 12 } });
    expect(await run("clock")).toMatchObject({ word: "off", facts: { seconds: 120, way: "behind" } });
  });

  it("is a log that lies where a file is", async () => {
    await open();
    const folder = join(bench.directory, "no-folder");
    writeFileSync(folder, "");
    const beside = createMachineHealth({
      ...{ dataDir: folder, worker, now: Date.now, backup: () => null, versions: {} },
      durability: () => bench.store.durability(),
      steady: { nowMs: () => 0, sleeps: () => 0 },
      memory: async () => ({ processes: [], freeBytes: 0 }),
    });
    expect(await beside.log()).toMatchObject({ code: "ENOTDIR" });
    expect(await beside.diskWrite()).toEqual({ code: "ENOTDIR" });
  });
});

describe("The day's times", () => {
  it("are those of what was really scanned", async () => {
    await open();
    await bench.scan(chips);
    await bench.send("scans-painted", { from: 1, through: 1 });
    await asManager();
    const { kinds } = await bench.must("day-timings", {});
    const counts = new Map(kinds.map(({ kind, count }) => [kind, count]));
    expect([counts.get("scan-answered"), counts.get("scan-painted")]).toEqual([1, 1]);
  });
});

describe("Support's package", () => {
  it("is shown before it is saved, and that it was saved is an entry of the journal", async () => {
    await open();
    await asManager();
    await run("disk-write");
    const { entries } = await bench.must("look-into-support-package", {});
    expect(entries.map(({ name }) => name)).toEqual([
      ...["README.txt", "health.json", "versions.json", "config.json", "timings.json", "database.json"],
    ]);
    expect(entries.find(({ name }) => name === "health.json")?.text).toContain('"H02"');
    expect(await bench.must("save-support-package", {})).toBeNull();
    saveAs = join(bench.directory, "package.zip");
    const saved = await bench.must("save-support-package", {});
    expect(saved?.bytes).toBeGreaterThan(500);
    const query = { fromMs: null, toMs: null, personId: manager.id, group: null, amountFen: null, saleNumber: null };
    const { rows } = await bench.must("audit-page", { query: { ...query, text: "support-package" }, before: null });
    expect(rows).toMatchObject([{ kind: "support-package-saved", personName: manager.name }]);
  });

  it("says that it cannot be saved where the disk refuses", async () => {
    await open();
    await asManager();
    saveAs = join(bench.directory, "not", "there", "package.zip");
    expect(await bench.send("save-support-package", {})).toMatchObject({ fault: { kind: "cannot-save-file" } });
  });
});
