import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Job } from "#contract/worker/messages.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { createWorker, type WorkerLimits } from "./create-worker.ts";
import { spawnNodeWorker } from "./testing-worker.ts";
import type { WorkerProcess } from "./worker-process.ts";

const clock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A worker with real processes; `spawned` and `ended` count them. */
function open(limits: Partial<WorkerLimits> = {}, spawn: () => WorkerProcess = () => spawnNodeWorker()) {
  const counts = { spawned: 0, ended: 0 };
  const logged: string[] = [];
  const worker = createWorker({
    spawn() {
      counts.spawned += 1;
      const child = spawn();
      child.onExit(() => (counts.ended += 1));
      return child;
    },
    clock,
    limits,
    log: (what, facts) => logged.push(`${what} ${JSON.stringify(facts)}`),
  });
  stops.push(() => worker.stop());
  return { worker, counts, logged };
}
const idle = (ms: number, isDeaf = false): Job => ({ kind: "idle", ms, isDeaf });
const done = { ok: true, value: { of: "idle" } };

describe("the worker", () => {
  it("is started when there is work, does one job after the other, and is ended when there is none", async () => {
    const { worker, counts } = open({ idleMs: 50 });
    expect(counts.spawned).toBe(0);
    const shares: number[] = [];
    const both = [worker.run(idle(200), { onProgress: (share) => shares.push(share) }), worker.run(idle(1))];
    expect(await Promise.all(both)).toEqual([done, done]);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    await vi.waitFor(() => expect(counts).toEqual({ spawned: 1, ended: 1 }), { timeout: 10_000 });
    expect(await worker.run(idle(1))).toEqual(done);
    expect(counts.spawned).toBe(2);
  });

  it("that hangs is ended by force, tried once more, and given up with a reason; the next job finds a new one", async () => {
    const { worker, counts, logged } = open({ silentMs: 300 });
    const end = await worker.run(idle(60_000, true));
    expect(end).toMatchObject({ ok: false, fault: { kind: "failed", error: expect.stringContaining("it hung") } });
    expect([counts.spawned, logged.length]).toEqual([2, 2]);
    expect(await worker.run(idle(1))).toEqual(done);
  });

  it("that dies on its own costs the job nothing but time", async () => {
    let first: WorkerProcess | null = null;
    const { worker, counts } = open({}, () => {
      const child = spawnNodeWorker();
      first ??= child;
      return child;
    });
    const running = worker.run(idle(500), { onProgress: () => first?.kill() });
    expect(await running).toEqual(done);
    expect(counts.spawned).toBe(2);
  });

  it("stops a job that is cancelled, one that does not listen by force, and one that has not begun at all", async () => {
    const { worker, counts } = open({ cancelMs: 300 });
    const cancelled = { ok: false, fault: { kind: "cancelled" } };
    const polite = new AbortController();
    expect(await worker.run(idle(60_000), { signal: polite.signal, onProgress: () => polite.abort() })).toEqual(
      cancelled,
    );
    expect(counts.ended).toBe(0);
    const deaf = new AbortController();
    const hanging = worker.run(idle(60_000, true), { signal: deaf.signal });
    const behind = worker.run(idle(1), { signal: AbortSignal.abort() });
    setTimeout(() => deaf.abort(), 100);
    expect(await Promise.all([hanging, behind])).toEqual([cancelled, cancelled]);
    expect(counts.spawned).toBe(1);
  });

  it("passes over what is no message, and names what broke a job without quoting it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tillway-worker-"));
    let child: WorkerProcess | null = null;
    const { worker } = open({}, () => {
      child = spawnNodeWorker();
      return child;
    });
    await worker.run(idle(1));
    // On purpose what the types forbid: another build's message.
    (child as WorkerProcess | null)?.postMessage({ kind: "sing" } as never);
    const job: Job = {
      ...{ kind: "reconcile", day: "2026-11-20", mchid: "1900000001", awaited: [], fundFlow: null, keep: null },
      till: { storeCode: "S01", terminalId: "T01" },
      salesDb: join(folder, "none.db"),
      trade: null,
    };
    expect(await worker.run(job)).toEqual({
      ok: false,
      fault: { kind: "failed", error: "SqliteError SQLITE_CANTOPEN" },
    });
    expect(await worker.run(idle(1))).toEqual(done);
    rmSync(folder, { recursive: true });
  });
});
