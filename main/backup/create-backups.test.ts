import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { BackupTrouble } from "#contract/worker/backup-messages.ts";
import type { Job, JobFault, JobResult } from "#contract/worker/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { createVirtualClock } from "#tests/support/virtual-clock.ts";
import { OpenBackups } from "./create-backups.ts";

const minuteMs = 60_000;
const openingMs = Date.UTC(2026, 10, 27, 1);
let dataDir: string;
/** What stops the folder; null while it is well. */
let trouble: BackupTrouble | null;
let made: string[];
let journaled: (readonly [string, string | null])[];
let clock: ReturnType<typeof createVirtualClock>;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tillway-backups-"));
  [trouble, made, journaled, clock] = [null, [], [], createVirtualClock(openingMs)];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** The folder as the worker finds it. */
async function run(job: Job): Promise<Result<JobResult, JobFault>> {
  if (trouble !== null) return fail({ kind: "backup", trouble });
  if (job.kind === "backup-check") return ok({ of: "backup-check", isSameDisk: false, freeBytes: 1 });
  if (job.kind !== "backup-make") return fail({ kind: "failed", error: job.kind });
  made.push(job.of.why);
  const journal = { epoch: "e", seq: 1, hash: "0".repeat(64), atMs: 0 };
  return ok({
    of: "backup-make",
    name: `b-${made.length}`,
    size: 1,
    saleCount: 1,
    lastSaleNumber: null,
    journal,
    removed: 0,
  });
}

function open(): OpenBackups {
  const backups = new OpenBackups({
    ...{ dataDir, clock, worker: { run } },
    of: () => ({
      ...{ madeBy: "1", terminalId: "T01", isDemo: false, pinMark: "0123456789abcdef", utcOffsetMinutes: 480 },
      shop: { code: "S01", nameZh: "店", nameEn: "Shop" },
    }),
    askForFolder: async () => "/stick",
    askForFile: async () => null,
    onMade: (_made, why, by) => journaled.push([why, by]),
    logFault: () => {},
    restart: () => {},
  });
  backups.start();
  return backups;
}

const told = (): unknown => JSON.parse(readFileSync(join(dataDir, "backup.json"), "utf8"));

it("without a folder nothing is made, and the manager has something to see to", async () => {
  const backups = open();
  backups.shiftClosed();
  await clock.advance(60 * minuteMs);
  expect(made).toEqual([]);
  expect(backups.view()).toMatchObject({ folder: null, needsLook: true });
});

it("one is made when a folder is chosen, after a shift, by hand, and once a day at its time", async () => {
  const backups = open();
  expect(await backups.chooseFolder("en")).toEqual(ok(null));
  await vi.waitFor(() => expect(made).toEqual(["by-hand"]));
  backups.shiftClosed();
  await vi.waitFor(() => expect(made).toEqual(["by-hand", "shift-close"]));
  backups.backUpNow("m1");
  await vi.waitFor(() => expect(journaled.at(-1)).toEqual(["by-hand", "m1"]));
  // It is nine in the morning in the shop, and the day's is at two in the afternoon.
  await clock.advance(4 * 60 * minuteMs);
  await vi.waitFor(() => expect(made).toHaveLength(3));
  await clock.advance(62 * minuteMs);
  await vi.waitFor(() => expect(made.slice(3)).toEqual(["daily"]));
  await clock.advance(10 * 60 * minuteMs);
  await vi.waitFor(() => expect(made).toHaveLength(4));
  expect(backups.view()).toMatchObject({ trouble: null, needsLook: false });
});

it("a stick that is out is told since when, tried again, and what is owed survives a restart", async () => {
  const backups = open();
  await backups.chooseFolder("en");
  await vi.waitFor(() => expect(made).toHaveLength(1));
  trouble = "folder-away";
  backups.shiftClosed();
  await vi.waitFor(() => expect(backups.view()).toMatchObject({ trouble: { kind: "folder-away" }, needsLook: true }));
  backups.stop();
  expect(told()).toMatchObject({ owed: "shift-close", trouble: { kind: "folder-away" } });
  trouble = null;
  const next = open();
  await vi.waitFor(() => expect(made.at(-1)).toBe("shift-close"));
  await vi.waitFor(() => expect(next.view()).toMatchObject({ trouble: null, needsLook: false }));
  expect(told()).toMatchObject({ owed: null, folder: "/stick" });
});

it("a folder that takes no files is not chosen", async () => {
  const backups = open();
  trouble = "folder-inside";
  expect(await backups.chooseFolder("en")).toEqual(fail("folder-inside"));
  expect(backups.view().folder).toBeNull();
});
