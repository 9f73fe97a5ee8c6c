import type { PrintLine } from "#contract/devices/messages.ts";
import { until } from "#tests/support/poll.ts";
import { openPty } from "#tests/support/pty.ts";
import {
  type LoadRig,
  type LoadScanner,
  onSerial,
  openScanner,
  pullTrigger,
  startLoadRig,
  untilReady,
} from "./load-rig.ts";
import { judgeScans, type ScanVerdict } from "./scan-book.ts";

export interface ScanLoad {
  /** Codes of both scanners together. */
  readonly scans: number;
  /** Codes a second of each of the two. */
  readonly perSecond: number;
}

export interface ScanLoadVerdict extends ScanVerdict {
  /** Whether the printer's job was stuck for as long as the scanning took. */
  readonly isPrinterStalled: boolean;
  readonly seconds: number;
}

/** More than a serial line, its driver and the printer's own buffer hold. */
const longReceipt: readonly PrintLine[] = Array.from({ length: 2_000 }, (_, place) => ({
  kind: "text",
  text: `${String(place).padStart(4, "0")} 农夫山泉饮用天然水 550ml`,
  align: "left",
  style: {},
}));

/** Two scanners at once through one host, while a printer on a third port takes its bytes no more. */
export async function runScanLoad({ scans, perSecond }: ScanLoad): Promise<ScanLoadVerdict> {
  const [left, right] = [await openScanner("left"), await openScanner("right")];
  const printer = await openPty("printer");
  const rig = startLoadRig({ scanners: [left, right].map(scannerConfig), printer: silentPrinter(printer.path) });
  try {
    for (const id of ["left", "right", "printer"]) await untilReady(rig, id);
    printer.freeze();
    const progress: string[] = [];
    rig.client.print("stuck", longReceipt, ({ state }) => progress.push(state));
    await until("the printer is stalled", () => stateOf(rig, "printer") === "stalled");
    const began = performance.now();
    await Promise.all([
      pullTrigger(left, Math.ceil(scans / 2), perSecond),
      pullTrigger(right, Math.floor(scans / 2), perSecond),
    ]);
    await heardAll(rig, scans);
    const isPrinterStalled = stateOf(rig, "printer") === "stalled" && progress.at(-1) === "waiting";
    return { ...judgeScans(bookOf(left, right), rig.heard), isPrinterStalled, seconds: secondsSince(began) };
  } finally {
    printer.thaw();
    await rig.close();
    await Promise.all([left.pty, right.pty, printer].map((pty) => pty.unplug()));
  }
}

export interface UnplugLoad {
  /** How often each scanner is pulled out while the other goes on. */
  readonly unplugs: number;
  readonly perSecond: number;
}

/** One scanner is pulled out and put back while the other is used; then they change places. */
export async function runUnplugLoad({ unplugs, perSecond }: UnplugLoad): Promise<ScanVerdict> {
  const [left, right] = [await openScanner("left"), await openScanner("right")];
  const rig = startLoadRig({ scanners: [left, right].map(scannerConfig) });
  try {
    for (const id of ["left", "right"]) await untilReady(rig, id);
    for (let turn = 0; turn < unplugs * 2; turn += 1) {
      const [pulled, used] = turn % 2 === 0 ? [left, right] : [right, left];
      const using = pullTrigger(used, perSecond * 2, perSecond);
      await pulled.pty.unplug();
      await until(`${pulled.name} is missed`, () => stateOf(rig, pulled.name) !== "ready");
      await pulled.pty.plugIn();
      await untilReady(rig, pulled.name);
      await pullTrigger(pulled, perSecond, perSecond);
      await using;
      await heardAll(rig, left.sent.length + right.sent.length);
    }
    return judgeScans(bookOf(left, right), rig.heard);
  } finally {
    await rig.close();
    await Promise.all([left.pty, right.pty].map((pty) => pty.unplug()));
  }
}

function scannerConfig({ name, pty }: LoadScanner) {
  return { id: name, transport: onSerial(pty), prefix: "" };
}

function silentPrinter(path: string) {
  return {
    id: "printer",
    transport: onSerial({ path }),
    columns: 48,
    chinese: "gb18030",
    qr: "native",
    cut: "partial",
    answersStatus: false,
  } as const;
}

function bookOf(...scanners: readonly LoadScanner[]): ReadonlyMap<string, readonly string[]> {
  return new Map(scanners.map(({ name, sent }) => [name, sent]));
}

function stateOf({ client }: LoadRig, deviceId: string): string | undefined {
  return client.statuses().find((status) => status.deviceId === deviceId)?.state;
}

/** Or what is still missing after a while is judged as lost. */
async function heardAll({ heard }: LoadRig, count: number): Promise<void> {
  await until("every code was heard", () => heard.length >= count).catch(() => {});
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}
