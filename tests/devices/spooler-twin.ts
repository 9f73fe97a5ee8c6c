import type { AddonFailure, Queue, WindowsAddon } from "#native/addon/addon.ts";

/** Status bits as Microsoft's winspool.h has them, written here by hand. */
export const JOB = { error: 0x2, deleting: 0x4, printing: 0x10, paperOut: 0x40, printed: 0x80 } as const;
export const QUEUE = { paperOut: 0x10, offline: 0x80, doorOpen: 0x40_0000 } as const;

interface Document {
  readonly id: number;
  readonly name: string;
  readonly bytes: Buffer;
  status: number;
}

/** The spooler of a Windows machine with one queue, as the addon shows it; a test is its printer. */
export class SpoolerTwin implements WindowsAddon {
  readonly platform = "win32";
  readonly sources = "";
  readonly #name: string;
  status = 0;
  attributes = 0;
  isThere = true;
  /** In the queue now, the oldest first. */
  documents: Document[] = [];
  #lastId = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** The printer took the oldest document whole. */
  takeOne(): Buffer {
    const document = this.documents.shift();
    if (document === undefined) throw new Error("the queue is empty");
    return document.bytes;
  }

  listQueues(done: (result: { readonly ok: true; readonly queues: readonly Queue[] }) => void): void {
    queueMicrotask(() => done({ ok: true, queues: this.isThere ? [this.#facts()] : [] }));
  }

  queueStatus(name: string, done: (result: { readonly ok: true; readonly queue: Queue } | AddonFailure) => void): void {
    queueMicrotask(() => done(this.#fault(name) ?? { ok: true, queue: this.#facts() }));
  }

  printRaw(
    name: string,
    document: string,
    bytes: Uint8Array,
    done: (result: { readonly ok: true; readonly jobId: number } | AddonFailure) => void,
  ): void {
    queueMicrotask(() => {
      const fault = this.#fault(name);
      if (fault !== null) return done(fault);
      const id = ++this.#lastId;
      this.documents.push({ id, name: document, bytes: Buffer.from(bytes), status: JOB.printing });
      done({ ok: true, jobId: id });
    });
  }

  jobStatus(
    name: string,
    jobId: number,
    done: (result: { readonly ok: true; readonly status: number; readonly message: string } | AddonFailure) => void,
  ): void {
    queueMicrotask(() => {
      const document = this.documents.find(({ id }) => id === jobId);
      const gone = document === undefined ? failure("87", "The parameter is incorrect") : null;
      done(this.#fault(name) ?? gone ?? { ok: true, status: document?.status ?? 0, message: "" });
    });
  }

  deleteJob(name: string, jobId: number, done: (result: { readonly ok: true } | AddonFailure) => void): void {
    queueMicrotask(() => {
      this.documents = this.documents.filter(({ id }) => id !== jobId);
      done(this.#fault(name) ?? { ok: true });
    });
  }

  listKeyboards(): readonly string[] {
    return [];
  }

  watchKeyboards(): boolean {
    return true;
  }

  unwatchKeyboards(): void {}

  #fault(name: string): AddonFailure | null {
    return this.isThere && name === this.#name ? null : failure("1801", "The printer name is invalid");
  }

  #facts(): Queue {
    const { status, attributes } = this;
    return { name: this.#name, port: "USB001", driver: "Generic / Text Only", attributes, status, jobs: 0 };
  }
}

function failure(code: string, message: string): AddonFailure {
  return { ok: false, code, message: `error ${code}: ${message}` };
}
