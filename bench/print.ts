import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fork } from "node:child_process";
import { printerSchema } from "#contract/config/devices.ts";
import type { HostEvent, PrintLine } from "#contract/devices/messages.ts";
import type { ReceiptElement } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { assert } from "#core/result.ts";
import { createDeviceClient } from "#main/devices/create-device-client.ts";
import { hostEnvironment, type HostProcess } from "#main/devices/host-process.ts";
import { createPrintQueue } from "#main/printing/print-queue.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { encodeReceipt } from "#native/printer/encode.ts";
import { Bitmap } from "#native/printer/raster/bitmap.ts";
import { until } from "#tests/support/poll.ts";
import { benchResult, distributionOf, type BenchResult, type Distribution } from "./result.ts";

const encodings = 100;
const commits = 20;
const warmUpCount = 20;
/**
 * The quietest round is reported, by its p99: what the machine's other work does to a round says nothing of the till, and
 * a slow encoder has no quiet round.
 */
const rounds = 20;

/**
 * Two waits of a cashier with a queue: what encoding a receipt of 40 Chinese lines with a logo takes, and how soon after
 * the commit that stored it the first byte is at the printer, through the real queue, the real host and a socket. Beside
 * each what the cable alone takes for such a receipt: at 9600 baud for the first, at 115200 for the second.
 */
export async function run(): Promise<readonly BenchResult[]> {
  const lines = layOut({ elements: receipt() }, 48);
  const config = printerSchema.parse({ id: "printer", transport: { kind: "virtual" } });
  const drawn = { ...config, chinese: "none", qr: "raster", barcode: "raster" } as const;
  const logo = halfGrey(384, 120);
  const bytes = Buffer.concat(encodeReceipt(lines, config, "ABCD", logo)).length;
  // Start bit, eight bits, stop bit.
  const wireMs = (baud: number): number => (bytes * 10 * 1_000) / baud;
  const typed = quietest(timesOf(() => encodeReceipt(lines, config, "ABCD", logo), encodings));
  const pictured = quietest(timesOf(() => encodeReceipt(lines, drawn, "ABCD", logo), encodings / 5));
  const firstByte = quietest(await firstBytes(lines));
  const figure = (name: string, samples: typeof typed, limit: number, budget: number): BenchResult =>
    benchResult({ name, unit: "ms", ...samples, limit, ratio: samples.p50 / limit, budget: { p99: budget } });
  return [
    figure("print: encode 40 Chinese lines and a logo, wire at 9600 baud", typed, wireMs(9_600), 5),
    figure("print: the same, every line a picture, wire at 9600 baud", pictured, wireMs(9_600), 50),
    figure("print: commit to first byte, wire at 115200 baud", firstByte, wireMs(115_200), 50),
  ];
}

/** Samples in the order they were taken. */
function quietest(samples: readonly number[]): Distribution {
  const size = samples.length / rounds;
  const measured = Array.from({ length: rounds }, (_, round) =>
    distributionOf(samples.slice(Math.floor(round * size), Math.floor((round + 1) * size))),
  );
  const [best] = measured.toSorted((a, b) => a.p99 - b.p99);
  assert(best !== undefined, "there is a quietest round");
  return best;
}

function timesOf(encode: () => unknown, count: number): readonly number[] {
  const samples: number[] = [];
  for (let turn = -warmUpCount; turn < count * rounds; turn += 1) {
    const began = performance.now();
    encode();
    if (turn >= 0) samples.push(performance.now() - began);
  }
  return samples;
}

function receipt(): readonly ReceiptElement[] {
  const row = (left: string, right: string): ReceiptElement => ({ kind: "row", left, right, style: {} });
  const goods = Array.from({ length: 18 }, (_, index): readonly ReceiptElement[] => [
    { kind: "text", text: `农夫山泉饮用天然水 ${index + 1} 号`, align: "left", style: {} },
    row(`  ${index + 1} × 3.50`, `${(index + 1) * 3}.50`),
  ]);
  return [
    { kind: "logo" },
    { kind: "text", text: "街角便利店", align: "center", style: { bold: true, heightTimes: 2 } },
    ...goods.flat(),
    row("合计", "￥598.50"),
    { kind: "barcode", text: "T01-000123" },
    { kind: "qr", text: "tillway:T01-000123:59850:0123456789abcdef" },
  ];
}

function halfGrey(wide: number, high: number): Bitmap {
  const logo = new Bitmap(wide, high);
  for (let y = 0; y < high; y += 1) for (let x = y % 2; x < wide; x += 2) logo.blacken(x, y);
  return logo;
}

const clock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** From the moment `enqueue` begins its durable commit until the socket of a printer that answers nothing has a byte. */
async function firstBytes(lines: readonly PrintLine[]): Promise<readonly number[]> {
  let arrivedAt = 0;
  const server = createServer({ noDelay: true }, (socket: Socket) => {
    socket.on("data", () => {
      if (arrivedAt === 0) arrivedAt = performance.now();
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert(typeof address === "object" && address !== null, "a TCP port");
  const transport = { kind: "tcp", host: "127.0.0.1", port: address.port };
  const printer = printerSchema.parse({ id: "printer", transport, answersStatus: false });
  const folder = mkdtempSync(join(tmpdir(), "tillway-bench-"));
  let ids = 0;
  const opened = openSalesStore({
    path: join(folder, "sales.db"),
    terminalId: "T01",
    now: () => Date.now(),
    newId: () => `id-${(ids += 1)}`,
  });
  assert(opened.ok, "a new sales file opens");
  const devices = createDeviceClient({ spawn, config: { scanners: [], printer }, log: () => {}, clock });
  const queue = createPrintQueue({ store: opened.value, devices, onChange: () => {}, clock });
  await until("the printer is ready", async () => devices.statuses()[0]?.state === "ready");
  const stored = JSON.stringify(lines);
  const samples: number[] = [];
  for (let turn = -warmUpCount; turn < commits * rounds; turn += 1) {
    arrivedAt = 0;
    const job = {
      jobId: `job-${turn}`,
      saleId: null,
      kind: "copy",
      lines: stored,
      state: "queued",
      createdAtMs: 0,
    } as const;
    const began = performance.now();
    queue.enqueue(job, null);
    await until("it is printed", async () => queue.status().waiting === 0 && arrivedAt > 0);
    if (turn >= 0) samples.push(arrivedAt - began);
  }
  queue.stop();
  await devices.close();
  opened.value.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
  return samples;
}

function spawn(): HostProcess {
  const entry = new URL("../native/host.ts", import.meta.url).pathname;
  const child = fork(entry, { execArgv: [], env: { ...process.env, ...hostEnvironment } });
  return {
    postMessage: (request) => child.connected && child.send(request),
    // The child is our own host.
    onMessage: (listener) => child.on("message", (message) => listener(message as HostEvent)),
    onExit: (listener) => child.on("exit", (code, signal) => listener(String(signal ?? code))),
    kill: () => child.kill("SIGKILL"),
  };
}
