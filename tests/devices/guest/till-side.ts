import { type ChildProcess, fork } from "node:child_process";
import { printerSchema, type DevicesConfig } from "#contract/config/devices.ts";
import type { HostEvent, PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import { createDeviceClient, type DeviceClient } from "#main/devices/create-device-client.ts";
import { hostEnvironment, type HostProcess } from "#main/devices/host-process.ts";
import type { DeviceStatus } from "#main/till/ports/devices.ts";
import { inTime } from "./in-time.ts";

/**
 * The guest's processor is emulated, ten times slower and more: a host that loads its modules for half a minute there
 * is none that hangs. Only the watch over the host's life is stretched; the devices' own deadlines are the product's.
 */
const SLOWNESS = 20;

const hostEntry = new URL("../../../native/host.ts", import.meta.url).pathname;

/** The till's side: the real client on the real device host. */
export class TillSide {
  readonly client: DeviceClient;
  readonly hosts: ChildProcess[] = [];
  readonly scans: string[] = [];

  constructor() {
    this.client = createDeviceClient({
      spawn: () => this.#fork(),
      config: { scanners: [] },
      log: () => {},
      clock: {
        now: () => Date.now(),
        after: (ms, callback) => {
          const timer = setTimeout(callback, ms * SLOWNESS);
          return () => clearTimeout(timer);
        },
      },
    });
    this.client.onScan(({ deviceId, aim, text }) => this.scans.push(`${deviceId} ${aim ?? ""} ${text}`));
  }

  /** The printer stays, as in a shop, unless another is named. */
  async use(changes: Partial<DevicesConfig>): Promise<void> {
    const { scanners = [], printer = usbPrinter } = changes;
    this.client.configure({ scanners, printer });
    const ids = [...scanners, printer];
    for (const { id } of ids) await inTime(`${id} said how it stands`, () => this.status(id) !== undefined);
  }

  status(deviceId: string): DeviceStatus | undefined {
    return this.client.statuses().find((status) => status.deviceId === deviceId);
  }

  async comesTo(deviceId: string, state: DeviceStatus["state"]): Promise<void> {
    await inTime(
      `${deviceId} is ${state}`,
      () => this.status(deviceId)?.state === state,
      () => this.status(deviceId),
    );
  }

  async hears(scan: string): Promise<void> {
    await inTime(
      `${scan} is heard`,
      () => this.scans.includes(scan),
      () => this.scans,
    );
  }

  print(jobId: string, lines: readonly PrintLine[]): PrintProgress[] {
    const heard: PrintProgress[] = [];
    this.client.print(jobId, lines, (progress) => heard.push(progress));
    return heard;
  }

  #fork(): HostProcess {
    const child = fork(hostEntry, { execArgv: [], env: { ...process.env, ...hostEnvironment } });
    this.hosts.push(child);
    return {
      postMessage: (request) => child.connected && child.send(request),
      // The child is our own host.
      onMessage: (listener) => child.on("message", (message) => listener(message as HostEvent)),
      onExit: (listener) => child.on("exit", (code, signal) => listener(String(signal ?? code))),
      kill: () => child.kill("SIGKILL"),
    };
  }
}

export const usbPrinter = printerSchema.parse({ id: "printer", transport: { kind: "usb", path: "/dev/usb/lp0" } });

export function receiptOf(name: string, lineCount: number): readonly PrintLine[] {
  return Array.from({ length: lineCount }, (_, index) => ({
    kind: "text",
    text: `${name} 农夫山泉饮用天然水 ${String(index).padStart(6, "0")}`,
    align: "left",
    style: {},
  }));
}

export async function untilFinal(heard: readonly PrintProgress[]): Promise<PrintProgress> {
  const isFinal = ({ state }: PrintProgress): boolean =>
    state === "printed" || state === "unknown" || state === "not-sent";
  return inTime(
    "the job ends",
    () => heard.find(isFinal),
    () => heard,
  );
}

export async function untilHeard(heard: readonly PrintProgress[], wanted: PrintProgress): Promise<void> {
  const key = JSON.stringify(wanted);
  const isThere = (): boolean => heard.some((progress) => JSON.stringify(progress) === key);
  await inTime(key, isThere, () => heard);
}
