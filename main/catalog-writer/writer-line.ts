import { type WriterEvent, writerEvent, type WriterRequest } from "#contract/catalog-writer/messages.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { WriterProcess } from "./writer-process.ts";

/** Milliseconds. */
export interface WriterLimits {
  /** Without a sign of life while something is asked of it: merging the index of a million names takes seconds. */
  readonly silentMs: number;
  /** Without work; then it is ended and its memory is the till's again. */
  readonly idleMs: number;
}

export const writerLimits: WriterLimits = { silentMs: 60_000, idleMs: 30_000 };

export type Read = Extract<WriterEvent, { kind: "read" | "misfit" | "failed" }>;
export type Done = Extract<WriterEvent, { kind: "done" | "failed" }>;
type WithoutId<R> = R extends { readonly kind: "close" } ? never : R extends unknown ? Omit<R, "id"> : never;

/** What was asked: first read, then done. Neither rejects; a writer that ends has failed. */
export interface Asked {
  readonly read: Promise<Read>;
  readonly done: Promise<Done>;
}

export interface WriterLine {
  /** Starts a writer where none runs. */
  ask(what: WithoutId<WriterRequest>): Asked;
  /** For good: what is under way has failed. */
  stop(): void;
}

export interface LineParts {
  readonly spawn: () => WriterProcess;
  readonly clock: Pick<Clock, "after">;
  readonly limits: WriterLimits;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

/** The line to a writer that is there only while there is work, and is ended when it says nothing for too long. */
export class OpenWriterLine implements WriterLine {
  private readonly parts: LineParts;
  private readonly asked = new Map<
    number,
    { readonly read: PromiseWithResolvers<Read>; readonly done: PromiseWithResolvers<Done> }
  >();
  private child: WriterProcess | null = null;
  private ids = 0;
  private cancelWatch = (): void => {};
  private isStopped = false;

  constructor(parts: LineParts) {
    this.parts = parts;
  }

  ask(what: WithoutId<WriterRequest>): Asked {
    const id = (this.ids += 1);
    const [read, done] = [Promise.withResolvers<Read>(), Promise.withResolvers<Done>()];
    this.asked.set(id, { read, done });
    if (this.isStopped) this.failAll("the till is closing");
    else {
      this.child ??= this.start();
      this.child.postMessage({ ...what, id });
      this.watch();
    }
    return { read: read.promise, done: done.promise };
  }

  stop(): void {
    this.isStopped = true;
    this.cancelWatch();
    this.child?.kill();
    this.child = null;
    this.failAll("the till is closing");
  }

  private start(): WriterProcess {
    const started = this.parts.spawn();
    started.onMessage((message) => {
      const parsed = writerEvent.safeParse(message);
      if (!parsed.success) return this.parts.log("the catalogue's writer said something else", {});
      if (parsed.data.kind !== "ready") this.hear(parsed.data);
      this.watch();
    });
    started.onExit((reason) => {
      if (this.child !== started) return;
      this.child = null;
      if (this.asked.size > 0) this.parts.log("the catalogue's writer ended", { reason });
      this.failAll(reason);
    });
    return started;
  }

  private hear(event: Exclude<WriterEvent, { kind: "ready" }>): void {
    const mine = this.asked.get(event.id);
    if (mine === undefined || event.kind === "busy") return;
    if (event.kind !== "done") mine.read.resolve(event);
    if (event.kind === "read") return;
    this.asked.delete(event.id);
    mine.done.resolve(event.kind === "misfit" ? { ...event, kind: "failed" } : event);
  }

  private watch(): void {
    this.cancelWatch();
    const running = this.child;
    if (running === null) return;
    const { clock, limits } = this.parts;
    if (this.asked.size > 0) this.cancelWatch = clock.after(limits.silentMs, () => running.kill());
    else this.cancelWatch = clock.after(limits.idleMs, () => this.end(running));
  }

  private end(running: WriterProcess): void {
    this.child = null;
    running.postMessage({ kind: "close" });
  }

  private failAll(detail: string): void {
    const all = [...this.asked];
    this.asked.clear();
    for (const [id, { read, done }] of all) {
      read.resolve({ kind: "failed", id, detail });
      done.resolve({ kind: "failed", id, detail });
    }
  }
}
