import type { HostEvent, HostRequest } from "#contract/devices/messages.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { HostProcess, SpawnHost } from "./host-process.ts";

/** A host that is busy opening ports still answers within milliseconds; its event loop does nothing else. */
const ANSWER_MS = 2_000;
/** First start: loads its modules, on a slow disk too. */
const START_MS = 15_000;
const PING_EVERY_MS = 3_000;
/** After our own busy moment the late answer may already wait behind the timer that misses it. */
const GRACE_MS = 250;
const FIRST_RESTART_MS = 250;
const LONGEST_RESTART_MS = 5_000;
/** A host that lived this long did not die of its start. */
const PROVEN_MS = 10_000;

export interface HostKeeperOptions {
  readonly spawn: SpawnHost;
  readonly clock: Clock;
  /** The configuration in force; sent at every start and, as the question whether it lives, every 3 s. */
  readonly configuration: () => Extract<HostRequest, { kind: "configure" }>;
  readonly onEvent: (event: Exclude<HostEvent, { kind: "host-ready" }>) => void;
  readonly onDown: (reason: string) => void;
}

/** Keeps one device host alive: starts it, asks whether it answers, kills and replaces it when it does not. */
export class HostKeeper {
  readonly #options: HostKeeperOptions;
  #host: HostProcess | null = null;
  #isUp = false;
  #startedAt = 0;
  #failures = 0;
  #isStopping = false;
  #stopped: (() => void) | null = null;
  #cancelTimer: () => void = () => {};

  constructor(options: HostKeeperOptions) {
    this.#options = options;
    this.#start();
  }

  /** @returns false when no host is up to take it */
  send(request: HostRequest): boolean {
    if (!this.#isUp || this.#host === null) return false;
    this.#host.postMessage(request);
    return true;
  }

  /** Sends the changed configuration at once. */
  reconfigure(): void {
    if (this.#isUp) this.#ask();
  }

  /** Replaces a host that is up; one that is on its way opens everything anyway. */
  renew(): void {
    if (!this.#isUp) return;
    this.#failures = 0;
    this.#host?.kill();
  }

  /** Asks the host to close its devices and waits for its end, at most 2 s. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#cancelTimer();
    const host = this.#host;
    if (host === null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stopped = resolve;
    host.postMessage({ kind: "close" });
    this.#cancelTimer = this.#options.clock.after(ANSWER_MS, () => host.kill());
    await promise;
  }

  #start(): void {
    const { clock, spawn } = this.#options;
    this.#startedAt = clock.now();
    const host = spawn();
    this.#host = host;
    host.onMessage((event) => {
      if (host !== this.#host) return;
      if (event.kind === "host-ready") this.#answered();
      else this.#options.onEvent(event);
    });
    host.onExit((reason) => {
      if (host === this.#host) this.#exited(reason);
    });
    // Waits at the host's door: it opens its devices as soon as it is up, however busy this process is by then.
    host.postMessage(this.#options.configuration());
    this.#expectAnswer(host, START_MS);
  }

  #answered(): void {
    this.#cancelTimer();
    if (this.#isStopping) return;
    if (!this.#isUp) {
      this.#isUp = true;
      return this.#ask();
    }
    this.#cancelTimer = this.#options.clock.after(PING_EVERY_MS, () => this.#ask());
  }

  #ask(): void {
    if (this.#host === null) return;
    this.#host.postMessage(this.#options.configuration());
    this.#expectAnswer(this.#host, ANSWER_MS);
  }

  #expectAnswer(host: HostProcess, withinMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(withinMs, () => {
      this.#cancelTimer = this.#options.clock.after(GRACE_MS, () => host.kill());
    });
  }

  #exited(reason: string): void {
    this.#cancelTimer();
    this.#host = null;
    this.#isUp = false;
    this.#options.onDown(reason);
    if (this.#isStopping) return this.#stopped?.();
    if (this.#options.clock.now() - this.#startedAt >= PROVEN_MS) this.#failures = 0;
    const delayMs = Math.min(LONGEST_RESTART_MS, FIRST_RESTART_MS * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 8);
    this.#cancelTimer = this.#options.clock.after(delayMs, () => this.#start());
  }
}
