import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { PrintJob } from "#main/till/ports/sales-store.ts";
import { createPrintQueue, type PrintQueue } from "#main/printing/print-queue.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { type ClientRig, onTcp, printerOn, realClock, startClient, type TcpDevice, tcpDevice, until } from "./rig.ts";

let store: OpenSalesStore;
let device: TcpDevice;
let ids = 0;

beforeEach(async () => {
  device = await tcpDevice();
  const folder = mkdtempSync(join(tmpdir(), "tillway-queue-"));
  const opened = openSalesStore({
    path: join(folder, "sales.db"),
    terminalId: "T01",
    now: () => Date.now(),
    newId: () => `id-${(ids += 1)}`,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  store = opened.value;
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

function job(
  jobId: string,
  lines: unknown = [{ kind: "text", text: `receipt ${jobId}`, align: "left", style: {} }],
): PrintJob {
  return { jobId, saleId: null, kind: "copy", lines: JSON.stringify(lines), state: "queued", createdAtMs: 0 };
}

function start(): { readonly queue: PrintQueue; readonly rig: ClientRig } {
  const rig = startClient({ scanners: [], printer: printerOn(onTcp(device.port), { answersStatus: false }) });
  return { rig, queue: createPrintQueue({ store, devices: rig.client, onChange: () => {}, clock: realClock }) };
}

function receipts(): readonly string[] {
  return (
    device
      .received()
      .toString("latin1")
      .match(/receipt \w+/g) ?? []
  );
}

describe("the print queue", () => {
  it("prints what it is given, oldest first, each once", async () => {
    const { queue } = start();
    for (const jobId of ["a", "b", "c"]) queue.enqueue(job(jobId), null);
    expect(queue.status().waiting).toBe(3);
    await until("all are printed", () => queue.status().waiting === 0 && receipts().length === 3);
    expect(receipts()).toEqual(["receipt a", "receipt b", "receipt c"]);
    expect(store.unfinishedPrintJobs()).toEqual([]);
  });

  it("waits for a printer that is away, says so, and prints when it is plugged in", async () => {
    await device.unplug();
    const { queue } = start();
    queue.enqueue(job("a"), null);
    queue.enqueue(job("b"), null);
    await until("it says what it waits for", () => queue.status().trouble === "not-connected");
    expect(queue.status()).toEqual({ waiting: 2, trouble: "not-connected", unknown: [] });
    await device.plugIn();
    await until("all are printed", () => queue.status().waiting === 0);
    await until("they arrived", () => receipts().length === 2);
    expect(receipts()).toEqual(["receipt a", "receipt b"]);
    expect(queue.status().trouble).toBe(null);
  });

  it("prints once what the killed host had not begun", async () => {
    await device.unplug();
    const { queue, rig } = start();
    queue.enqueue(job("a"), null);
    await until("a host runs", () => rig.client.statuses()[0]?.state === "back-off");
    rig.hosts[0]?.kill("SIGKILL");
    await until("another host runs", () => rig.hosts.length === 2);
    await device.plugIn();
    await until("it is printed", () => queue.status().waiting === 0 && receipts().length === 1);
    expect(queue.status().unknown).toEqual([]);
  });

  it("takes up a receipt that a sale's commit put into the store", async () => {
    const { queue } = start();
    store.enqueuePrint(job("a"), null);
    queue.wake();
    await until("it is printed", () => receipts().length === 1);
  });

  it("offers a job that a crash caught in sending, and prints it neither by itself nor twice", async () => {
    store.enqueuePrint(job("crashed"), null);
    store.enqueuePrint(job("later"), null);
    store.setPrintState("crashed", "sending");
    const { queue } = start();
    await until("the later one is printed", () => queue.status().waiting === 0 && receipts().length === 1);
    expect(receipts()).toEqual(["receipt later"]);
    expect(queue.status().unknown).toEqual([{ ...job("crashed"), state: "unknown" }]);
    expect(queue.resolveUnknown("later", "printed")).toBe(null);
    queue.enqueue(job("copy"), null);
    expect(queue.resolveUnknown("crashed", "print-again")?.jobId).toBe("crashed");
    expect(queue.status().unknown).toEqual([]);
    await until("the copy is printed", () => queue.status().waiting === 0 && receipts().length === 2);
    expect(receipts()).toEqual(["receipt later", "receipt copy"]);
    expect(store.unfinishedPrintJobs()).toEqual([]);
  });

  it("is not held up by a job whose lines are damaged", async () => {
    const { queue } = start();
    store.enqueuePrint({ ...job("damaged"), lines: "[{" }, null);
    queue.enqueue(job("a"), null);
    await until("the other is printed", () => queue.status().waiting === 0 && receipts().length === 1);
    expect(queue.takeFailed().map((one) => one.jobId)).toEqual(["damaged"]);
    expect(queue.takeFailed()).toEqual([]);
    expect(store.recentPrintJobs(2).map(({ jobId, state, reason }) => [jobId, state, reason])).toEqual([
      ["a", "printed", null],
      ["damaged", "failed", "damaged"],
    ]);
    expect(store.unfinishedPrintJobs()).toEqual([]);
  });

  it("takes out what a manager cancels, waiting or already with the printer, and says why", async () => {
    await device.unplug();
    const { queue } = start();
    for (const jobId of ["a", "b", "c"]) queue.enqueue(job(jobId), null);
    await until("the first is with the host", () => queue.status().trouble === "not-connected");
    const word = { kind: "print-cancelled", body: {} } as const;
    expect(queue.cancel("b", word)).toBe(true);
    expect(queue.cancel("a", word)).toBe(true);
    expect(queue.cancel("nobody", word)).toBe(false);
    await until("both are out", () => queue.status().waiting === 1);
    await device.plugIn();
    await until("the third is printed", () => queue.status().waiting === 0 && receipts().length === 1);
    expect(receipts()).toEqual(["receipt c"]);
    expect(queue.cancel("c", word)).toBe(false);
    expect(store.recentPrintJobs(3).map(({ jobId, state, reason }) => [jobId, state, reason])).toEqual([
      ["c", "printed", null],
      ["b", "cancelled", "by-manager"],
      ["a", "cancelled", "by-manager"],
    ]);
  });

  it("that is stopped while it waits leaves its jobs queued for the next start", async () => {
    await device.unplug();
    const { queue, rig } = start();
    queue.enqueue(job("a"), null);
    await until("a job is with the host", () => queue.status().trouble === "not-connected");
    queue.stop();
    await rig.client.close();
    expect(store.unfinishedPrintJobs()).toEqual([job("a")]);
  });
});
