import type { HostEvent } from "#contract/devices/messages.ts";
import type { PagesEnd, PrintPages } from "#contract/devices/print-page.ts";

/** The operating system's printing as main has it for this host: what is installed, and a way to print a page. */
export class SystemSpooler {
  readonly #report: (event: HostEvent) => void;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<string, (end: PagesEnd) => void>();
  #names: readonly string[] | null = null;

  constructor(report: (event: HostEvent) => void) {
    this.#report = report;
  }

  /** Names of the printers that are installed; null until main has said. */
  names(): readonly string[] | null {
    return this.#names;
  }

  /** @returns ends the listening */
  onNames(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  told(names: readonly string[]): void {
    this.#names = names;
    for (const listener of this.#listeners) listener();
  }

  /** Main answers each in the end: it has deadlines of its own, and this host dies with it. */
  print(jobId: string, name: string, pages: PrintPages): Promise<PagesEnd> {
    const { promise, resolve } = Promise.withResolvers<PagesEnd>();
    this.#waiting.set(jobId, resolve);
    this.#report({ kind: "print-pages", jobId, name, pages });
    return promise;
  }

  ended(jobId: string, end: PagesEnd): void {
    this.#waiting.get(jobId)?.(end);
    this.#waiting.delete(jobId);
  }
}
