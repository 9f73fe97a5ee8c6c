import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import { awayReasons } from "#contract/devices/reasons.ts";
import { createPrintQueue, type PrintQueue } from "#main/printing/print-queue.ts";
import { SystemPrinters } from "#main/printing/system-printers.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { realClock } from "#tests/support/device-host.ts";
import { HandPrinter, installed } from "./hand-printer.ts";
import { printerOn, startClient, until, type ClientRig } from "./rig.ts";

// The real client on the real host; the operating system is in the test's hands.

const lines: readonly PrintLine[] = [{ kind: "text", text: "合计 ￥3.50", align: "left", style: {} }];
const never = new Promise<never>(() => {});

let system: HandPrinter;

beforeEach(() => {
  system = new HandPrinter();
});

function start(name = "till"): ClientRig {
  const printers = new SystemPrinters(system, realClock, () => {});
  onTestFinished(() => printers.follow(false));
  return startClient({ scanners: [], printer: printerOn({ kind: "system", name }) }, printers);
}

async function printed({ client }: ClientRig, jobId = "job"): Promise<readonly PrintProgress[]> {
  const progress: PrintProgress[] = [];
  client.print(jobId, lines, (one) => progress.push(one));
  await until("it has an end", () => !["waiting", "sending", undefined].includes(progress.at(-1)?.state));
  return progress;
}

async function stands({ client }: ClientRig, state: string): Promise<string | null> {
  await until(`it is ${state}`, () => client.statuses()[0]?.state === state);
  return client.statuses()[0]?.reason ?? null;
}

describe("a printer of the operating system", () => {
  it("gets a receipt as one page, and is told to have been spooled and no more", async () => {
    const rig = start();
    await stands(rig, "ready");
    expect(await printed(rig)).toEqual([{ state: "sending" }, { state: "printed", confirmed: false, isSpooled: true }]);
    expect(system.came.map(({ name, pages: { pictures, ...page } }) => [name, page, pictures.length])).toEqual([
      // One line of 30 dots of 125 microns, and the white below.
      ["till", { widthMicrons: 80_000, heightMicrons: 3_750 + 2_000, leftMicrons: 4_000, widthDots: 576 }, 1],
    ]);
  });

  it("is absent where none is installed, where its name is not among them, and ready when it is", async () => {
    system.list = [];
    const none = start();
    expect(await stands(none, "absent")).toBe(awayReasons.noneInstalled);
    system.list = [installed("another")];
    const other = start();
    expect(await stands(other, "absent")).toBe(awayReasons.notInstalled);
    const standard = start("");
    expect(await stands(standard, "ready")).toBe(null);
  });

  it("that refuses a receipt has taken nothing of it, and says why until it takes one", async () => {
    system.answer = () => ({ kind: "refused", why: "Print job failed" });
    const rig = start();
    await stands(rig, "ready");
    expect((await printed(rig)).at(-1)).toEqual({ state: "not-sent", trouble: "error" });
    expect(await stands(rig, "back-off")).toBe(`${awayReasons.spoolerRefused}: Print job failed`);
    system.answer = () => ({ kind: "spooled" });
    expect((await printed(rig, "again")).at(-1)?.state).toBe("printed");
    expect(await stands(rig, "ready")).toBe(null);
  });

  it("whose queue takes no documents is not handed one", async () => {
    system.list = [installed("till", { takesDocuments: false })];
    const rig = start();
    await stands(rig, "ready");
    expect((await printed(rig)).at(-1)).toEqual({ state: "not-sent", trouble: "error" });
    expect(system.came).toEqual([]);
  });

  it("leaves a receipt unknown that was handed over when the host died", async () => {
    system.answer = () => never;
    const rig = start();
    await stands(rig, "ready");
    const ending = printed(rig);
    await until("it is handed over", () => system.came.length === 1);
    rig.hosts.at(-1)?.kill("SIGKILL");
    expect((await ending).at(-1)).toEqual({ state: "unknown" });
    // The next host hears what is installed, and prints.
    system.answer = () => ({ kind: "spooled" });
    await stands(rig, "ready");
    expect((await printed(rig, "next")).at(-1)?.state).toBe("printed");
  });

  it("leaves a receipt unknown of which the system never spoke again", async () => {
    system.answer = () => ({ kind: "unknown", why: "no answer in time" });
    const rig = start();
    await stands(rig, "ready");
    expect(await printed(rig)).toEqual([{ state: "sending" }, { state: "unknown" }]);
  });

  it("gives back a receipt that waits for it and is cancelled", async () => {
    system.list = [];
    const rig = start();
    await stands(rig, "absent");
    const ending = printed(rig);
    rig.client.cancelPrint("job");
    expect(await ending).toEqual([
      { state: "waiting", trouble: "not-connected" },
      { state: "not-sent", trouble: "not-connected" },
    ]);
    expect(system.came).toEqual([]);
  });

  it("opens no drawer", async () => {
    const rig = start();
    await stands(rig, "ready");
    expect(await rig.client.kickDrawer("kick", 4_000)).toBe("no-drawer");
  });

  it("prints the test sheet also where it is not the till's own yet", async () => {
    const printers = new SystemPrinters(system, realClock, () => {});
    const { client } = startClient({ scanners: [] }, printers);
    await until("the host is up", () => client.request({ kind: "stop-pairing" }));
    printers.glance();
    await until("the list is known", () => printers.known() !== null);
    const progress: PrintProgress[] = [];
    const printer = printerOn({ kind: "system", name: "till" }, { columns: 32 });
    client.printTestSheet("sheet", printer, (one) => progress.push(one));
    await until("it has an end", () => progress.at(-1)?.state === "printed");
    expect(system.came[0]?.pages).toMatchObject({ widthMicrons: 58_000, leftMicrons: 5_000, widthDots: 384 });
  });
});

describe("the print queue on a printer of the operating system", () => {
  let store: OpenSalesStore;
  let folder: string;
  let ids = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tillway-system-queue-"));
    store = open();
    onTestFinished(() => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    });
  });

  function open(): OpenSalesStore {
    const newId = (): string => `id-${(ids += 1)}`;
    const opened = openSalesStore({ path: join(folder, "sales.db"), terminalId: "T01", now: Date.now, newId });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    return opened.value;
  }

  /** @param isGone from when on the till is dead and hears nothing more */
  function queueOn({ client }: ClientRig, isGone: () => boolean = () => false): PrintQueue {
    const print: ClientRig["client"]["print"] = (jobId, sent, onProgress) =>
      client.print(jobId, sent, (progress) => isGone() || onProgress(progress));
    const devices = {
      ...{ print, cancelPrint: (jobId: string) => client.cancelPrint(jobId) },
      onStatus: (listener: Parameters<typeof client.onStatus>[0]) => client.onStatus(listener),
    };
    const queue = createPrintQueue({ store, devices, onChange: () => {}, clock: realClock });
    onTestFinished(() => queue.stop());
    return queue;
  }

  const receipt = {
    ...({ jobId: "a", saleId: null, kind: "copy", state: "queued", createdAtMs: 0 } as const),
    lines: JSON.stringify(lines),
  };

  it("keeps with the receipt that it was spooled", async () => {
    const queue = queueOn(start());
    queue.enqueue(receipt, null);
    await until("it is printed", () => queue.status().waiting === 0);
    expect(store.recentPrintJobs(10)).toMatchObject([{ jobId: "a", state: "printed", reason: "spooled" }]);
  });

  it("prints a refused receipt once when it is taken at last", async () => {
    system.answer = () => ({ kind: "refused", why: "Print job failed" });
    const queue = queueOn(start());
    queue.enqueue(receipt, null);
    await until("it says what it waits for", () => queue.status().trouble === "error");
    system.answer = () => ({ kind: "spooled" });
    await until("it is printed", () => queue.status().waiting === 0);
    expect(store.recentPrintJobs(10)).toMatchObject([{ state: "printed", reason: "spooled" }]);
  });

  it("asks a person about a receipt that was handed over when the till died, and prints it no second time", async () => {
    system.answer = () => never;
    let isGone = false;
    const queue = queueOn(start(), () => isGone);
    queue.enqueue(receipt, null);
    await until("it is handed over", () => system.came.length === 1);
    isGone = true;
    // As after a power cut: what is on the disk is all there is.
    queue.stop();
    store.close();
    store = open();
    const second = queueOn(start());
    expect(second.status()).toMatchObject({ waiting: 0, unknown: [{ jobId: "a" }] });
    expect(system.came.length).toBe(1);
  });
});
