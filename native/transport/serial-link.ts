import { statSync } from "node:fs";
import { SerialPort } from "serialport";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { Link, LinkEvents, OpenedLink } from "./transport.ts";

type SerialSettings = Extract<PrinterConfig["transport"], { kind: "serial" }>;

/** A healthy port opens in milliseconds; one whose driver hangs would never say. */
const OPEN_DEADLINE_MS = 3_000;
/** The driver says at once that a device was pulled; where it does not (a pty that died just as it was read), this does. */
const PRESENCE_CHECK_MS = 1_000;

/**
 * Opens a serial port for one connection. The SerialPort object is never opened again: after a disconnect it keeps
 * pending writes until it is re-opened and would print a stale receipt (serialport 13, measured). `drain()` is never
 * used: tcdrain on a stalled port blocks a thread of the process's only pool.
 */
export async function openSerialLink(settings: SerialSettings, events: LinkEvents): Promise<OpenedLink> {
  const port = createPort(settings);
  let ended = false;
  let stopChecking = (): void => {};
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    stopChecking();
    events.onEnd(reason);
  };
  port.on("data", (bytes: Buffer) => events.onBytes(bytes));
  port.on("error", (error: Error) => end(error.message));
  port.on("close", (error: Error | null) => end(error?.message ?? "closed"));
  const opening = Promise.withResolvers<Error | null>();
  port.open(opening.resolve);
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), OPEN_DEADLINE_MS);
  const first = await Promise.race([opening.promise, late.promise]);
  clearTimeout(timer);
  if (first === "late") return tooLate(port, opening.promise);
  if (first) return { ok: false, absent: isAbsent(first), reason: first.message };
  stopChecking = checkPresence(settings.path, () => end("the device is gone"));
  port.once("close", () => stopChecking());
  return { ok: true, link: new SerialLink(port) };
}

/** Looks whether the name still leads to the device that was opened. Windows port names lead nowhere: not checked there. */
function checkPresence(path: string, onGone: () => void): () => void {
  const opened = deviceOf(path);
  if (opened === null) return () => {};
  const timer = setInterval(() => {
    if (deviceOf(path) !== opened) onGone();
  }, PRESENCE_CHECK_MS);
  return () => clearInterval(timer);
}

function deviceOf(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev}:${stat.ino}:${stat.rdev}`;
}

class SerialLink implements Link {
  readonly #port: SerialPort;

  constructor(port: SerialPort) {
    this.#port = port;
  }

  send(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      // A SerialPort that is not open keeps what is written to it: exactly what must not happen.
      if (!this.#port.isOpen) return reject(new Error("port is not open"));
      this.#port.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    return closePort(this.#port);
  }
}

function createPort(settings: SerialSettings): SerialPort {
  return new SerialPort({
    path: settings.path,
    baudRate: settings.baudRate,
    dataBits: settings.dataBits,
    parity: settings.parity,
    stopBits: settings.stopBits,
    rtscts: settings.flow === "rtscts",
    xon: settings.flow === "xonxoff",
    xoff: settings.flow === "xonxoff",
    autoOpen: false,
  });
}

function tooLate(port: SerialPort, opening: Promise<Error | null>): OpenedLink {
  // Should it open after all, nobody waits for it any more.
  const settled = opening.then((error) => (error ? undefined : closePort(port)));
  return { ok: false, absent: false, reason: `did not open within ${OPEN_DEADLINE_MS} ms`, settled };
}

function closePort(port: SerialPort): Promise<void> {
  if (!port.isOpen) return Promise.resolve();
  return new Promise((resolve) => port.close(() => resolve()));
}

function isAbsent(error: Error): boolean {
  return /no such file|no such device|file not found/i.test(error.message);
}
