import type { PrinterConfig } from "#contract/config/devices.ts";
import type { HostEvent, PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import { kickDrawer, type KickOutcome } from "../drawer/kick.ts";
import { DrawerWatch } from "../drawer/watch.ts";
import type { Transport } from "../transport/transport.ts";
import { encodeReceipt } from "./encode.ts";
import { PrintJob } from "./print-job.ts";
import type { Printer } from "./printer.ts";
import { PrinterLine } from "./printer-line.ts";
import type { Bitmap } from "./raster/bitmap.ts";
import { readLogo } from "./raster/logo.ts";
import { encodeTestSheet } from "./test-sheet.ts";

/** Main sends one job at a time; a few more may arrive while it restarts. Beyond these a job is refused unsent. */
const WAITING_JOBS = 8;
/** Somebody stands before the printer and waits for the sheet: one that is not ready by then is told so. */
const TEST_SHEET_PATIENCE_MS = 10_000;
/** An idle printer is asked this often, so that empty paper is known before the next sale. */
const IDLE_POLL_MS = 10_000;

/** A printer with a line of its own: its jobs in order, its drawer, its state. */
export class PrinterSession implements Printer {
  readonly #config: PrinterConfig;
  readonly #line: PrinterLine;
  readonly #transport: Transport;
  readonly #report: (event: HostEvent) => void;
  readonly #drawer: DrawerWatch;
  readonly #idlePoll: NodeJS.Timeout;
  /** Read once; receipts wait for it at the start only. */
  readonly #logo: Promise<Bitmap | null>;
  #tail: Promise<void> = Promise.resolve();
  readonly #jobs = new Map<string, "wanted" | "cancelled">();
  #nextProcessId = 0;
  #isClosed = false;

  constructor(config: PrinterConfig, transport: Transport, report: (event: HostEvent) => void) {
    this.#config = config;
    this.#transport = transport;
    this.#report = report;
    this.#drawer = new DrawerWatch(config, report, () => this.#askIdle());
    this.#line = new PrinterLine(config, transport, {
      onTrouble: () => this.tell(),
      onPin3: (isHigh) => this.#drawer.note(isHigh),
    });
    this.#logo = this.#readLogo();
    transport.onState(({ state }) => {
      this.tell();
      if (state === "ready") this.#askIdle();
    });
    this.#idlePoll = setInterval(() => this.#askIdle(), IDLE_POLL_MS);
  }

  /** Says again how it stands. */
  tell(): void {
    const { state, reason } = this.#transport.current();
    const trouble = state === "ready" || state === "stalled" ? this.#line.trouble() : null;
    this.#report({ kind: "device-state", deviceId: this.#config.id, role: "printer", state, reason, trouble });
    this.#drawer.tell();
  }

  print(jobId: string, lines: readonly PrintLine[]): void {
    const processId = this.#line.answers && this.#config.confirms === "auto" ? this.#newProcessId() : null;
    this.#enqueue(jobId, processId, async () =>
      this.#whole(encodeReceipt(lines, this.#config, processId, await this.#logo)),
    );
  }

  /** A job that has not begun ends unsent; one whose bytes are leaving is past taking back. */
  cancel(jobId: string): void {
    if (this.#jobs.has(jobId)) this.#jobs.set(jobId, "cancelled");
  }

  /** Encoded for no profile: the sheet is what tells it. Nor is GS ( H asked of a printer that may print the question. */
  printTestSheet(jobId: string): void {
    this.#enqueue(jobId, null, async () => encodeTestSheet(), TEST_SHEET_PATIENCE_MS);
  }

  /** Whether this session's connection is the one that `config` asks for. */
  reaches(config: PrinterConfig): boolean {
    return JSON.stringify(config.transport) === JSON.stringify(this.#config.transport);
  }

  async kickDrawer(expiresInMs: number): Promise<KickOutcome> {
    const outcome = await kickDrawer(this.#line, expiresInMs);
    if (outcome === "kicked") this.#drawer.watchClosely();
    return outcome;
  }

  /** Ends the job under way as what it is: unsent, or unknown. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#idlePoll);
    this.#drawer.close();
    await this.#transport.close();
    await this.#tail;
  }

  #enqueue(
    jobId: string,
    processId: string | null,
    encode: () => Promise<readonly Buffer[]>,
    patienceMs?: number,
  ): void {
    const report = (progress: PrintProgress): void => this.#report({ kind: "print-progress", jobId, progress });
    if (this.#jobs.size >= WAITING_JOBS || this.#isClosed)
      return report({ state: "not-sent", trouble: "not-connected" });
    this.#jobs.set(jobId, "wanted");
    this.#tail = this.#tail.then(async () => {
      const job = new PrintJob(this.#line, await encode(), report, {
        isClosed: () => this.#isClosed,
        isUnwanted: () => this.#jobs.get(jobId) === "cancelled",
        patienceMs,
      });
      const end = await job.run(processId);
      this.#jobs.delete(jobId);
      report(end);
    });
  }

  /** A logo that cannot be read costs no receipt: they print without it, and the log says why. */
  async #readLogo(): Promise<Bitmap | null> {
    const { logo, columns, id } = this.#config;
    if (logo === "") return null;
    const reading = await readLogo(logo, columns * 12);
    if (reading.ok) return reading.logo;
    this.#report({ kind: "note", deviceId: id, note: `the logo was not read: ${reading.why}` });
    return null;
  }

  /** To a spooler each write is a document of its own, between two of which another program's may come out. */
  #whole(chunks: readonly Buffer[]): readonly Buffer[] {
    return this.#config.transport.kind === "spooler" ? [Buffer.concat(chunks)] : chunks;
  }

  #askIdle(): void {
    if (!this.#line.isAskable || this.#jobs.size > 0 || this.#transport.current().state !== "ready") return;
    void this.#line.inTurn(() => this.#line.ask());
  }

  /** Four letters: an answer to a job of before the restart must not confirm this one, so they start anywhere. */
  #newProcessId(): string {
    if (this.#nextProcessId === 0) this.#nextProcessId = Math.floor(Math.random() * 26 ** 4);
    this.#nextProcessId = (this.#nextProcessId + 1) % 26 ** 4;
    let rest = this.#nextProcessId;
    let id = "";
    for (let i = 0; i < 4; i += 1) {
      id += String.fromCharCode(0x41 + (rest % 26));
      rest = Math.floor(rest / 26);
    }
    return id;
  }
}
