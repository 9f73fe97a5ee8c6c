import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LinuxAddon, StreamEvent, StreamHandle } from "#native/addon/addon.ts";
import { until } from "#tests/support/poll.ts";

/** The other end of a pty, as a device that can stand still or go. */
export class FarEnd {
  readonly path: string;
  readonly #socat: ChildProcess;
  readonly #folder: string;
  readonly #heard: Buffer[] = [];

  static async open(): Promise<FarEnd> {
    const folder = mkdtempSync(join(tmpdir(), "tillway-far-end-"));
    const path = join(folder, "device");
    // The sanitizers' library is for the addon, not for socat.
    const { LD_PRELOAD: _, ...env } = process.env;
    const socat = spawn("socat", [`pty,rawer,link=${path}`, "-"], { stdio: ["pipe", "pipe", "ignore"], env });
    await until("the pty is there", () => existsSync(path));
    return new FarEnd(socat, folder, path);
  }

  private constructor(socat: ChildProcess, folder: string, path: string) {
    this.#socat = socat;
    this.#folder = folder;
    this.path = path;
    socat.stdout?.on("data", (bytes: Buffer) => this.#heard.push(bytes));
    // Bytes sent to a device that is gone.
    socat.stdin?.on("error", () => {});
  }

  send(bytes: Buffer): void {
    this.#socat.stdin?.write(bytes);
  }

  heard(): Buffer {
    return Buffer.concat(this.#heard);
  }

  stall(): void {
    this.#socat.kill("SIGSTOP");
  }

  goOn(): void {
    this.#socat.kill("SIGCONT");
  }

  async gone(): Promise<void> {
    const exited = new Promise((resolve) => this.#socat.once("exit", resolve));
    this.#socat.kill("SIGKILL");
    if (this.#socat.exitCode === null && this.#socat.signalCode === null) await exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A stream of the addon and all it said. */
export class HeardStream {
  readonly handle: StreamHandle;
  readonly events: StreamEvent[];
  readonly #addon: LinuxAddon;
  readonly #closed: Promise<void>;

  static open(addon: LinuxAddon, path: string): HeardStream {
    const events: StreamEvent[] = [];
    const closed = Promise.withResolvers<void>();
    const opened = addon.openStream(path, "printer", (event) => {
      events.push(event);
      if (event.isClosed) closed.resolve();
    });
    if (!opened.ok) throw new Error(opened.message);
    return new HeardStream(addon, opened.stream, events, closed.promise);
  }

  private constructor(addon: LinuxAddon, handle: StreamHandle, events: StreamEvent[], closed: Promise<void>) {
    this.#closed = closed;
    this.#addon = addon;
    this.handle = handle;
    this.events = events;
  }

  bytes(): Buffer {
    return Buffer.concat(this.events.flatMap((event) => event.chunks));
  }

  write(bytes: Buffer, withinMs: number): boolean {
    return this.#addon.writeStream(this.handle, bytes, withinMs);
  }

  /** The ends of the writes so far. */
  written(): readonly NonNullable<StreamEvent["written"]>[] {
    return this.events.flatMap((event) => event.written ?? []);
  }

  close(): Promise<void> {
    this.#addon.closeStream(this.handle);
    return this.#closed;
  }
}

/** Bytes that repeat nowhere, so that a piece lost, doubled or moved shows. */
export function pattern(length: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at * 32 < length; at += 1) parts.push(createHash("sha256").update(String(at)).digest());
  return Buffer.concat(parts).subarray(0, length);
}

export interface Holdings {
  readonly descriptors: number;
  readonly threads: number;
}

export function holdings(): Holdings {
  return { descriptors: readdirSync("/proc/self/fd").length, threads: readdirSync("/proc/self/task").length };
}
