import type { DeviceState, PrinterTrouble } from "#contract/devices/messages.ts";
import type { Link, LinkEvents, OpenedLink, OpenLink, Transport, TransportState, WriteOutcome } from "./transport.ts";

const FIRST_DELAY_MS = 500;
/** A shop that plugs its printer back in waits this long at worst. */
const LONGEST_DELAY_MS = 5_000;
/** A link that lived this long was a real one: the next failure starts again at the shortest delay. */
const PROVEN_AFTER_MS = 5_000;
/** A close that takes longer is blocked in the kernel (a tty's closing_wait is 30 s) and only a new process cures it. */
const CLOSE_DEADLINE_MS = 2_000;

const OPENING_PATIENCE_MS = 500;

export interface ReconnectingOptions {
  readonly open: OpenLink;
  /** Reports that the device may have come back; returns what stops it. See `watchPath`. */
  readonly watch: (onChange: () => void) => () => void;
  /** A close did not come back within 2 s: this process should be replaced. */
  readonly onStuck: () => void;
  /** Hears what was handed to the device, for the self-test. */
  readonly onSent?: (bytes: Buffer) => void;
  /** 0 ≤ x < 1. Spreads retries, so that a shop's devices do not all knock at once. */
  readonly random: () => number;
}

/** Holds one link at a time and opens the next when it ends. */
export class ReconnectingTransport implements Transport {
  readonly #options: ReconnectingOptions;
  readonly #byteListeners: ((bytes: Buffer) => void)[] = [];
  readonly #stateListeners: ((state: TransportState) => void)[] = [];
  #state: TransportState = { state: "opening", reason: null };
  #link: Link | null = null;
  /** Counts connection attempts; events of an earlier one are ignored. */
  #attempt = 0;
  #failures = 0;
  #readySince = 0;
  #pending: PromiseWithResolvers<"taken" | "lost"> | null = null;
  #cutWait: (() => void) | null = null;
  #closed = false;
  #connecting: Promise<void> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();

  constructor(options: ReconnectingOptions) {
    this.#options = options;
    // Not in this turn, so that listeners added by the caller hear the first state.
    queueMicrotask(() => this.#startConnecting());
  }

  current(): TransportState {
    return this.#state;
  }

  connection(): number | null {
    return this.#link === null ? null : this.#attempt;
  }

  trouble(): Promise<PrinterTrouble | null> {
    return this.#link?.trouble?.() ?? Promise.resolve(null);
  }

  onBytes(listener: (bytes: Buffer) => void): void {
    this.#byteListeners.push(listener);
  }

  onState(listener: (state: TransportState) => void): void {
    this.#stateListeners.push(listener);
  }

  async write(bytes: Buffer, deadlineMs: number): Promise<WriteOutcome> {
    const link = this.#link;
    if (link === null || this.#state.state !== "ready")
      return { kind: "refused", reason: this.#state.reason ?? this.#state.state };
    if (this.#pending !== null) return { kind: "refused", reason: "another write is under way" };
    const pending = Promise.withResolvers<"taken" | "lost">();
    this.#pending = pending;
    this.#options.onSent?.(bytes);
    link.send(bytes).then(
      () => pending.resolve("taken"),
      (error: unknown) => {
        this.#ended(this.#attempt, link, `write failed: ${messageOf(error)}`);
        pending.resolve("lost");
      },
    );
    void pending.promise.then(() => {
      if (this.#pending === pending) this.#pending = null;
    });
    return this.#withDeadline(pending.promise, link, deadlineMs);
  }

  reconnect(reason: string): void {
    const link = this.#link;
    if (link !== null) this.#ended(this.#attempt, link, reason);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cutWait?.();
    this.#setState("closing", "the till no longer uses it");
    const link = this.#link;
    if (link !== null) this.#dropLink(link);
    // An opening under way would take the device just after it was handed on; one that hangs is not waited for.
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, OPENING_PATIENCE_MS);
    await Promise.race([this.#connecting, patience.promise]);
    clearTimeout(timer);
    await this.#closing;
  }

  async #withDeadline(sent: Promise<"taken" | "lost">, link: Link, deadlineMs: number): Promise<WriteOutcome> {
    const timeout = Promise.withResolvers<"late">();
    const timer = setTimeout(() => timeout.resolve("late"), deadlineMs);
    const first = await Promise.race([sent, timeout.promise]);
    clearTimeout(timer);
    if (first === "taken") return { kind: "taken" };
    if (first === "lost") return { kind: "lost", reason: this.#state.reason ?? "connection lost" };
    this.#setState("stalled", `takes no bytes for ${deadlineMs} ms`);
    void sent.then((end) => {
      if (end === "taken" && this.#link === link) this.#setState("ready", null);
    });
    return { kind: "stalled", rest: sent };
  }

  #startConnecting(): void {
    this.#connecting = this.#connect();
  }

  async #connect(): Promise<void> {
    // The same device cannot be opened while its last link still holds the lock.
    await this.#closing;
    if (this.#closed) return;
    const attempt = ++this.#attempt;
    if (this.#failures === 0) this.#setState("opening", null);
    let link: Link | null = null;
    let endedEarly: string | null = null;
    const opened = await this.#open({
      onBytes: (bytes) => {
        if (attempt === this.#attempt && !this.#closed) for (const listener of this.#byteListeners) listener(bytes);
      },
      onEnd: (reason) => {
        if (link === null) endedEarly = reason;
        else this.#ended(attempt, link, reason);
      },
    });
    if (!opened.ok) return this.#retry(opened.absent ? "absent" : "back-off", opened.reason, opened.settled);
    if (this.#closed) return this.#dropLink(opened.link);
    link = opened.link;
    this.#link = link;
    this.#readySince = Date.now();
    if (endedEarly !== null) return this.#ended(attempt, link, endedEarly);
    this.#setState("ready", null);
  }

  /** An opening that throws is one that failed: nothing may end the host, which holds the other devices too. */
  async #open(events: LinkEvents): Promise<OpenedLink> {
    try {
      return await this.#options.open(events);
    } catch (cause) {
      return { ok: false, absent: false, reason: messageOf(cause) };
    }
  }

  #ended(attempt: number, link: Link, reason: string): void {
    if (attempt !== this.#attempt || this.#link !== link) return;
    if (Date.now() - this.#readySince >= PROVEN_AFTER_MS) this.#failures = 0;
    this.#dropLink(link);
    if (!this.#closed) this.#retry("back-off", reason);
  }

  #dropLink(link: Link): void {
    if (this.#link === link) this.#link = null;
    this.#pending?.resolve("lost");
    this.#pending = null;
    const stuck = setTimeout(this.#options.onStuck, CLOSE_DEADLINE_MS);
    // A device that fails to close is gone all the same; only one that never answers matters.
    this.#closing = link
      .close()
      .catch(() => {})
      .finally(() => clearTimeout(stuck));
  }

  #retry(state: DeviceState, reason: string, settled: Promise<unknown> = Promise.resolve()): void {
    this.#setState(state, reason);
    const delay =
      Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures) * (0.8 + 0.4 * this.#options.random());
    this.#failures = Math.min(this.#failures + 1, 8);
    const waited = Promise.withResolvers<void>();
    const timer = setTimeout(waited.resolve, delay);
    const unwatch = this.#options.watch(() => {
      this.#failures = 0;
      waited.resolve();
    });
    this.#cutWait = waited.resolve;
    void waited.promise.then(async () => {
      clearTimeout(timer);
      unwatch();
      this.#cutWait = null;
      await settled;
      this.#startConnecting();
    });
  }

  #setState(state: DeviceState, reason: string | null): void {
    if (this.#closed && state !== "closing") return;
    if (this.#state.state === state && this.#state.reason === reason && state !== "opening") return;
    this.#state = { state, reason };
    for (const listener of this.#stateListeners) listener(this.#state);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
