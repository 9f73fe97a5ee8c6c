import type { PrinterConfig } from "#contract/config/devices.ts";
import type { DeviceState, HostEvent, PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import type { PagesEnd } from "#contract/devices/print-page.ts";
import { awayReasons } from "#contract/devices/reasons.ts";
import type { KickOutcome } from "../drawer/kick.ts";
import { DOTS_PER_COLUMN } from "./raster/draw-text.ts";
import type { Bitmap } from "./raster/bitmap.ts";
import { readLogo } from "./raster/logo.ts";
import { pagesOf } from "./pages-of.ts";
import type { Printer } from "./printer.ts";
import type { SystemSpooler } from "./system-spooler.ts";
import { systemTestSheet } from "./system-test-sheet.ts";

export type SystemPrinterConfig = Omit<PrinterConfig, "transport"> & {
  readonly transport: Extract<PrinterConfig["transport"], { kind: "system" }>;
};

/** As at a printer with a line of its own: see printer-session.ts. */
const WAITING_JOBS = 8;
/** How long a job waits for a printer that is not installed before it goes back to main's queue. */
const PATIENCE_MS = 600_000;
/** Somebody stands there and waits for the sheet. */
const TEST_SHEET_PATIENCE_MS = 10_000;
const LOOK_MS = 100;
/** How long a printer that is let go waits for what the system makes of a receipt: main asks the host every 2 s. */
const CLOSING_MS = 1_000;

interface Stand {
  readonly state: DeviceState;
  readonly reason: string | null;
}

/**
 * A printer that only has a driver of the operating system: each receipt is drawn and printed as a page. The system tells
 * that its spooler took it and nothing after, kicks no drawer and knows no paper.
 */
export class SystemPrinter implements Printer {
  readonly #config: SystemPrinterConfig;
  readonly #spooler: SystemSpooler;
  readonly #report: (event: HostEvent) => void;
  readonly #stopListening: () => void;
  readonly #logo: Promise<Bitmap | null>;
  readonly #jobs = new Map<string, "wanted" | "cancelled">();
  #tail: Promise<void> = Promise.resolve();
  /** Why the last receipt was refused; forgotten with the next news of what is installed. */
  #refusal: string | null = null;
  #isClosed = false;

  constructor(config: SystemPrinterConfig, spooler: SystemSpooler, report: (event: HostEvent) => void) {
    this.#config = config;
    this.#spooler = spooler;
    this.#report = report;
    this.#logo = this.#readLogo();
    this.#stopListening = spooler.onNames(() => {
      this.#refusal = null;
      this.tell();
    });
    this.tell();
  }

  tell(): void {
    const { id: deviceId } = this.#config;
    this.#report({ kind: "device-state", deviceId, role: "printer", ...this.#stand(), trouble: null });
  }

  print(jobId: string, lines: readonly PrintLine[]): void {
    this.#enqueue(jobId, lines, PATIENCE_MS);
  }

  cancel(jobId: string): void {
    if (this.#jobs.has(jobId)) this.#jobs.set(jobId, "cancelled");
  }

  printTestSheet(jobId: string): void {
    this.#enqueue(jobId, systemTestSheet(this.#config.columns), TEST_SHEET_PATIENCE_MS);
  }

  /** The sheet is drawn for a width, so a printer of another width is another printer to it. */
  reaches({ transport, columns }: PrinterConfig): boolean {
    const { transport: own, columns: ownColumns } = this.#config;
    return transport.kind === "system" && transport.name === own.name && columns === ownColumns;
  }

  kickDrawer(): Promise<KickOutcome> {
    return Promise.resolve("no-drawer");
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    const late = setTimeout(() => {
      for (const jobId of this.#jobs.keys()) this.#spooler.ended(jobId, { kind: "unknown", why: "no answer came" });
    }, CLOSING_MS);
    await this.#tail;
    clearTimeout(late);
  }

  #stand(): Stand {
    const names = this.#spooler.names();
    const { name } = this.#config.transport;
    if (names === null) return { state: "opening", reason: null };
    if (names.length === 0) return { state: "absent", reason: awayReasons.noneInstalled };
    if (name !== "" && !names.includes(name)) return { state: "absent", reason: awayReasons.notInstalled };
    return this.#refusal === null ? { state: "ready", reason: null } : { state: "back-off", reason: this.#refusal };
  }

  #enqueue(jobId: string, lines: readonly PrintLine[], patienceMs: number): void {
    const report = (progress: PrintProgress): void => this.#report({ kind: "print-progress", jobId, progress });
    if (this.#jobs.size >= WAITING_JOBS || this.#isClosed)
      return report({ state: "not-sent", trouble: "not-connected" });
    this.#jobs.set(jobId, "wanted");
    this.#tail = this.#tail.then(async () => {
      const end = await this.#run(jobId, lines, patienceMs, report);
      this.#jobs.delete(jobId);
      report(end);
    });
  }

  async #run(
    jobId: string,
    lines: readonly PrintLine[],
    patienceMs: number,
    report: (progress: PrintProgress) => void,
  ): Promise<PrintProgress> {
    const giveUpAt = Date.now() + patienceMs;
    const isUp = (): boolean => ["ready", "back-off"].includes(this.#stand().state);
    const isOver = (): boolean => this.#isClosed || this.#jobs.get(jobId) === "cancelled";
    if (!isUp()) report({ state: "waiting", trouble: "not-connected" });
    while (!isUp() && !isOver() && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (!isUp() || isOver()) return { state: "not-sent", trouble: "not-connected" };
    const pages = pagesOf(lines, this.#config, await this.#logo);
    // Before the pages, over the same line: main knows that sending began before it has anything to send.
    report({ state: "sending" });
    return this.#progressOf(await this.#spooler.print(jobId, this.#config.transport.name, pages));
  }

  #progressOf(end: PagesEnd): PrintProgress {
    this.#refusal = end.kind === "refused" ? `${awayReasons.spoolerRefused}: ${end.why}` : null;
    this.tell();
    switch (end.kind) {
      case "spooled":
        return { state: "printed", confirmed: false, isSpooled: true };
      case "no-such-printer":
        return { state: "not-sent", trouble: "not-connected" };
      case "refused":
        return { state: "not-sent", trouble: "error" };
      case "unknown":
        return { state: "unknown" };
    }
  }

  async #readLogo(): Promise<Bitmap | null> {
    const { logo, columns, id } = this.#config;
    if (logo === "") return null;
    const reading = await readLogo(logo, columns * DOTS_PER_COLUMN);
    if (reading.ok) return reading.logo;
    this.#report({ kind: "note", deviceId: id, note: `the logo was not read: ${reading.why}` });
    return null;
  }
}
