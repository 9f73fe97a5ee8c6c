import type { PrinterTrouble, PrintProgress } from "#contract/devices/messages.ts";
import { wireMs } from "../transport/open-transport.ts";
import type { PrinterLine } from "./printer-line.ts";

/** Final states of a job. */
type JobEnd = Extract<PrintProgress, { state: "printed" | "unknown" | "not-sent" }>;

const POLL_MS = 1_000;
/** How long a job waits for a printer in trouble before it goes back to main's queue, or ends unknown: a coffee break. */
const PATIENCE_MS = 600_000;
/** How long the printer may work on one chunk beyond its time on the wire: 1 KiB of text at the slowest speed. */
const CHUNK_MS = 5_000;
/** How long the last chunk may take to appear on paper before status is asked instead. */
const CONFIRM_MS = 8_000;

/**
 * Main must know that sending began before the first byte leaves: a host killed in between would otherwise pass for one
 * that sent nothing, and the receipt would come twice.
 */
const REPORT_AHEAD_MS = 20;
/** A printer that ignored GS ( H before gets this long to do better. */
const CONFIRM_AGAIN_MS = 500;

type Trouble = PrinterTrouble | "not-connected";

export interface JobWishes {
  /** The till is going down: the job ends as what it is. */
  readonly isClosed: () => boolean;
  /** A person took it back; heeded until the first byte leaves. */
  readonly isUnwanted: () => boolean;
  /** How long it waits for a printer in trouble; ten minutes where nothing is said. */
  readonly patienceMs?: number | undefined;
}

/** One receipt on its way to one printer. */
export class PrintJob {
  readonly #line: PrinterLine;
  readonly #chunks: readonly Buffer[];
  readonly #report: (progress: PrintProgress) => void;
  readonly #isClosed: () => boolean;
  readonly #isUnwanted: () => boolean;
  readonly #patienceMs: number;
  #lastReported = "";
  /** Set when the first byte may have left; from then on only this connection counts. */
  #connection: number | null = null;
  #byteCount = 0;

  constructor(
    line: PrinterLine,
    chunks: readonly Buffer[],
    report: (progress: PrintProgress) => void,
    wishes: JobWishes,
  ) {
    this.#line = line;
    this.#chunks = chunks;
    this.#report = report;
    this.#isClosed = wishes.isClosed;
    this.#isUnwanted = wishes.isUnwanted;
    this.#patienceMs = wishes.patienceMs ?? PATIENCE_MS;
  }

  /** Waits for the printer, sends, and learns what became of it. Reports `waiting` and `sending` on the way. */
  async run(processId: string | null): Promise<JobEnd> {
    const confirmed = Promise.withResolvers<"confirmed">();
    if (processId !== null) this.#line.awaitProcessId(processId, () => confirmed.resolve("confirmed"));
    const obstacle = await this.#untilFit();
    if (obstacle !== null) return { state: "not-sent", trouble: obstacle };
    for (const [index, chunk] of this.#chunks.entries()) {
      if (index > 0 && !(await this.#fitForMore())) return { state: "unknown" };
      const end = await this.#send(chunk);
      if (end !== null) return end;
    }
    return this.#line.answers ? this.#settle(confirmed.promise, processId !== null) : this.#settleQuietly();
  }

  /** @returns what still stands in the way when patience ran out, null when the printer is ready */
  async #untilFit(): Promise<Trouble | null> {
    const giveUpAt = Date.now() + this.#patienceMs;
    for (;;) {
      const obstacle = await this.#obstacle();
      if (obstacle === null) return null;
      if (this.#isClosed() || this.#isUnwanted() || Date.now() >= giveUpAt) return obstacle;
      this.#say({ state: "waiting", trouble: obstacle });
      await this.#pause();
    }
  }

  async #obstacle(): Promise<Trouble | null> {
    const { state } = this.#line.transport.current();
    if (state === "stalled") return "offline";
    if (state !== "ready") return "not-connected";
    if (!this.#line.answers) return null;
    const condition = await this.#line.inTurn(() => this.#line.ask());
    if (condition.kind === "answered") return condition.trouble;
    return this.#line.transport.current().state === "ready" ? "offline" : "not-connected";
  }

  /**
   * Between two chunks. Without flow control a printer that ran out of paper would lose what comes on top of its
   * buffer, so it is asked. @returns false when this job's connection is gone or patience ran out
   */
  async #fitForMore(): Promise<boolean> {
    if (!this.#line.answers) return this.#isSameConnection();
    const giveUpAt = Date.now() + this.#patienceMs;
    for (;;) {
      const condition = await this.#line.inTurn(() => this.#line.ask());
      if (!this.#isSameConnection()) return false;
      if (condition.kind === "answered" && condition.trouble === null) return true;
      if (this.#isClosed() || Date.now() >= giveUpAt) return false;
      this.#say({
        state: "waiting",
        trouble: condition.kind === "answered" ? (condition.trouble ?? "offline") : "offline",
      });
      await this.#pause();
    }
  }

  /** @returns null when the chunk was taken */
  async #send(chunk: Buffer): Promise<JobEnd | null> {
    const outcome = await this.#line.inTurn(async () => {
      // The device may have gone, or come back as another connection, while this job waited for its turn.
      if (this.#connection !== null && !this.#isSameConnection()) return { kind: "lost" } as const;
      if (this.#connection === null) {
        if (this.#line.transport.current().state !== "ready") return { kind: "refused" } as const;
        this.#connection = this.#line.transport.connection();
      }
      this.#say({ state: "sending" });
      if (this.#byteCount === 0) await sleep(REPORT_AHEAD_MS);
      const written = await this.#line.write(chunk, wireMs(this.#line.config.transport, chunk.length) * 3 + CHUNK_MS);
      return written.kind === "stalled" ? this.#waitOut(written.rest) : written;
    });
    if (outcome.kind === "taken") {
      this.#byteCount += chunk.length;
      return null;
    }
    if (outcome.kind === "refused" && this.#byteCount === 0) return { state: "not-sent", trouble: "not-connected" };
    return { state: "unknown" };
  }

  /** A printer out of paper takes no more bytes until it is mended, and then goes on by itself. */
  async #waitOut(rest: Promise<"taken" | "lost">): Promise<{ readonly kind: "taken" | "lost" }> {
    this.#say({ state: "waiting", trouble: this.#line.trouble() ?? "offline" });
    const patience = Promise.withResolvers<"lost">();
    const timer = setTimeout(() => patience.resolve("lost"), this.#patienceMs);
    const end = await Promise.race([rest, patience.promise]);
    clearTimeout(timer);
    // What still waits must not come out after a person has decided.
    if (end === "lost") this.#line.transport.reconnect("a receipt got stuck in it");
    return { kind: end };
  }

  /** For printers that answer nothing: all bytes taken, and the connection outlived their time on the wire. */
  async #settleQuietly(): Promise<JobEnd> {
    await sleep(wireMs(this.#line.config.transport, this.#byteCount));
    return this.#isSameConnection() ? { state: "printed", confirmed: false } : { state: "unknown" };
  }

  /** Waits for the printer's word that all is on paper; models that never give it are judged by their status. */
  async #settle(confirmed: Promise<"confirmed">, isAsked: boolean): Promise<JobEnd> {
    const giveUpAt = Date.now() + this.#patienceMs;
    const working = this.#line.confirms === false || !isAsked ? CONFIRM_AGAIN_MS : CONFIRM_MS;
    let patienceMs = wireMs(this.#line.config.transport, this.#byteCount) + working;
    while (!this.#isClosed() && Date.now() < giveUpAt) {
      if ((await this.#confirmedWithin(confirmed, patienceMs)) === "confirmed") {
        this.#line.confirms = true;
        return { state: "printed", confirmed: true };
      }
      if (!this.#isSameConnection()) return { state: "unknown" };
      const condition = await this.#line.inTurn(() => this.#line.ask());
      if (condition.kind === "answered" && condition.trouble === null) {
        if (this.#lastReported !== "sending") {
          // It was mended a moment ago and now prints what it held.
          this.#say({ state: "sending" });
          patienceMs = CONFIRM_MS;
          continue;
        }
        if (isAsked) this.#line.confirms = false;
        return { state: "printed", confirmed: false };
      }
      this.#say({
        state: "waiting",
        trouble: condition.kind === "answered" ? (condition.trouble ?? "offline") : "offline",
      });
      patienceMs = POLL_MS;
    }
    return { state: "unknown" };
  }

  async #confirmedWithin(confirmed: Promise<"confirmed">, ms: number): Promise<"confirmed" | "late" | "lost"> {
    const end = Date.now() + ms;
    // A lost connection will not confirm any more: notice it without waiting for the whole deadline.
    while (Date.now() < end) {
      const late = sleep(Math.min(200, end - Date.now())).then(() => "late" as const);
      if ((await Promise.race([confirmed, late])) === "confirmed") return "confirmed";
      if (!this.#isSameConnection() || this.#isClosed()) return "lost";
    }
    return "late";
  }

  #isSameConnection(): boolean {
    return this.#connection !== null && this.#line.transport.connection() === this.#connection;
  }

  #say(progress: Extract<PrintProgress, { state: "waiting" | "sending" }>): void {
    const key = progress.state === "waiting" ? progress.trouble : progress.state;
    if (key === this.#lastReported) return;
    this.#lastReported = key;
    this.#report(progress);
  }

  async #pause(): Promise<void> {
    const end = Date.now() + POLL_MS;
    while (!this.#isClosed() && !this.#isUnwanted() && Date.now() < end) await sleep(Math.min(100, end - Date.now()));
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
