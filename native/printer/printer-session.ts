import type { PrinterConfig } from "#contract/config/devices.ts";
import type { HostEvent, PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import { kickDrawer, type KickOutcome } from "../drawer/kick.ts";
import type { Transport } from "../transport/transport.ts";
import { encodeReceipt } from "./encode.ts";
import { PrintJob } from "./print-job.ts";
import { PrinterLine } from "./printer-line.ts";

/** Main sends one job at a time; a few more may arrive while it restarts. Beyond these a job is refused unsent. */
const WAITING_JOBS = 8;
/** An idle printer is asked this often, so that empty paper is known before the next sale. */
const IDLE_POLL_MS = 10_000;

/** One printer for as long as it is configured: its jobs in order, its drawer, its state. */
export class PrinterSession {
  readonly #config: PrinterConfig;
  readonly #line: PrinterLine;
  readonly #transport: Transport;
  readonly #report: (event: HostEvent) => void;
  readonly #idlePoll: NodeJS.Timeout;
  #tail: Promise<void> = Promise.resolve();
  #jobCount = 0;
  #nextProcessId = 0;
  #isClosed = false;

  constructor(config: PrinterConfig, transport: Transport, report: (event: HostEvent) => void) {
    this.#config = config;
    this.#transport = transport;
    this.#report = report;
    this.#line = new PrinterLine(config, transport, () => this.tell());
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
  }

  print(jobId: string, lines: readonly PrintLine[]): void {
    const report = (progress: PrintProgress): void => this.#report({ kind: "print-progress", jobId, progress });
    if (this.#jobCount >= WAITING_JOBS || this.#isClosed)
      return report({ state: "not-sent", trouble: "not-connected" });
    this.#jobCount += 1;
    this.#tail = this.#tail.then(async () => {
      const processId = this.#line.answers ? this.#newProcessId() : null;
      const chunks = this.#whole(encodeReceipt(lines, this.#config, processId));
      const job = new PrintJob(this.#line, chunks, report, () => this.#isClosed);
      const end = await job.run(processId);
      this.#jobCount -= 1;
      report(end);
    });
  }

  kickDrawer(expiresInMs: number): Promise<KickOutcome> {
    return kickDrawer(this.#line, expiresInMs);
  }

  /** Ends the job under way as what it is: unsent, or unknown. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#idlePoll);
    await this.#transport.close();
    await this.#tail;
  }

  /** To a spooler each write is a document of its own, between two of which another program's may come out. */
  #whole(chunks: readonly Buffer[]): readonly Buffer[] {
    return this.#config.transport.kind === "spooler" ? [Buffer.concat(chunks)] : chunks;
  }

  #askIdle(): void {
    if (!this.#line.isAskable || this.#jobCount > 0 || this.#transport.current().state !== "ready") return;
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
