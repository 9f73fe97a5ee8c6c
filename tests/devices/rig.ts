import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { printerSchema, type DevicesConfig, type PrinterConfig, type ScannerConfig } from "#contract/config/devices.ts";
import { createDeviceClient, type DeviceClient } from "#main/devices/create-device-client.ts";
import type { SystemPrinters } from "#main/printing/system-printers.ts";
import { forkHost, realClock } from "#tests/support/device-host.ts";

/** Polls until `claim` holds; fails with `what` after 30 s. */
export async function until(what: string, claim: () => boolean): Promise<void> {
  const check = (): void => {
    if (!claim()) throw new Error(`never: ${what}`);
  };
  await vi.waitFor(check, { timeout: 30_000, interval: 10 });
}

export interface ClientRig {
  readonly client: DeviceClient;
  /** Every host that was started, the living one last. */
  readonly hosts: readonly ChildProcess[];
  readonly log: readonly string[];
  /** What the host had to say, whole. */
  readonly notes: readonly string[];
}

/** The real client on the real host, as a plain Node child. */
export function startClient(config: DevicesConfig, systemPrinters?: SystemPrinters): ClientRig {
  const hosts: ChildProcess[] = [];
  const log: string[] = [];
  const notes: string[] = [];
  const client = createDeviceClient({
    spawn: () => forkHost(hosts),
    config,
    log(message, facts) {
      if (facts["reason"] === undefined) notes.push(message);
      else log.push(`${message} ${facts["reason"]}`);
    },
    clock: realClock,
    ...(systemPrinters === undefined ? {} : { systemPrinters }),
  });
  onTestFinished(() => client.close());
  return { client, hosts, log, notes };
}

export interface TcpDevice {
  readonly port: number;
  readonly received: () => Buffer;
  readonly connections: () => number;
  readonly send: (bytes: Uint8Array | string) => void;
  /** Cuts every connection and refuses new ones. */
  readonly unplug: () => Promise<void>;
  readonly plugIn: () => Promise<void>;
}

/** A device that keeps what it hears and says only what a test makes it say. `answer` sees each piece as it comes. */
export async function tcpDevice(answer: (bytes: Buffer, socket: Socket) => void = () => {}): Promise<TcpDevice> {
  const sockets = new Set<Socket>();
  let received = Buffer.alloc(0);
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("data", (bytes) => {
      received = Buffer.concat([received, bytes]);
      answer(bytes, socket);
    });
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  const unplug = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };
  onTestFinished(async () => {
    if (server.listening) await unplug();
  });
  return {
    port: address.port,
    received: () => received,
    connections: () => sockets.size,
    send: (bytes) => sockets.forEach((socket) => socket.write(bytes)),
    unplug,
    plugIn: () => listen(address.port),
  };
}

export interface PtyPair {
  /** What the till opens. */
  readonly till: string;
  /** What the device at the other end of the cable reads and writes. */
  readonly device: string;
  readonly unplug: () => Promise<void>;
  readonly plugIn: () => Promise<void>;
}

/** Two serial ports joined by a cable, made of pseudo-terminals by socat. */
export async function ptyPair(): Promise<PtyPair> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-pty-"));
  const till = join(folder, "till");
  const device = join(folder, "device");
  let cable: ChildProcess | null = null;
  const plugIn = async (): Promise<void> => {
    cable = spawn("socat", [`pty,raw,echo=0,link=${till}`, `pty,raw,echo=0,link=${device}`], { stdio: "ignore" });
    await until("socat made both ends", () => existsSync(till) && existsSync(device));
  };
  const unplug = async (): Promise<void> => {
    const gone = new Promise((resolve) => cable?.once("exit", resolve));
    cable?.kill("SIGTERM");
    await gone;
    cable = null;
    rmSync(till, { force: true });
    rmSync(device, { force: true });
  };
  await plugIn();
  onTestFinished(async () => {
    if (cable !== null) await unplug();
    rmSync(folder, { recursive: true, force: true });
  });
  return { till, device, unplug, plugIn };
}

export function printerOn(transport: PrinterConfig["transport"], changes: Partial<PrinterConfig> = {}): PrinterConfig {
  // A drawer hangs on every printer that can kick one.
  const drawer = transport.kind === "system" ? {} : { drawer: { pin: 2 } };
  const plain = printerSchema.parse({ id: "printer", transport, ...drawer });
  return { ...plain, ...changes };
}

export function onTcp(port: number): Extract<PrinterConfig["transport"], { kind: "tcp" }> {
  return { kind: "tcp", host: "127.0.0.1", port };
}

export function onSerial(path: string): Extract<PrinterConfig["transport"], { kind: "serial" }> {
  return { kind: "serial", path, baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" };
}

export function scannerOn(transport: ScannerConfig["transport"], id = "scanner"): ScannerConfig {
  return { id, transport, prefix: "" };
}
