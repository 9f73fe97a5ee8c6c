import type { PagesEnd, PrintPages } from "#contract/devices/print-page.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { InstalledPrinter, PagePrinter } from "./page-printer.ts";

/** How often the system is asked while the till prints on one of its printers: one that was removed says nothing. */
const LOOK_EVERY_MS = 10_000;
/** While somebody looks at the page of devices. */
const FRESH_MS = 3_000;
/** A system that says nothing for so long has no printer to offer now. */
const ANSWER_MS = 10_000;
/** More than any shop has; a server of prints that offers every printer of the town is cut here. */
const MOST_PRINTERS = 64;
/** As terminal.json takes a name. */
const LONGEST_NAME = 220;
const LONGEST_TITLE = 64;

type Log = (message: string, facts: Readonly<Record<string, string>>) => void;

/** Which printers are installed in the operating system, as far as somebody wants to know, and a way to print on one. */
export class SystemPrinters {
  readonly #printer: PagePrinter;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #listeners: (() => void)[] = [];
  #known: readonly InstalledPrinter[] | null = null;
  #isLooking = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #lastTrouble = "";
  #stop: (() => void) | null = null;

  constructor(printer: PagePrinter, clock: Clock, log: Log) {
    this.#printer = printer;
    this.#clock = clock;
    this.#log = log;
  }

  /** null until the system has answered for the first time. */
  known(): readonly InstalledPrinter[] | null {
    return this.#known;
  }

  /** Told whenever the list has changed, and the first time. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** From now on the list is kept up to date by itself, or is not any more. */
  follow(isWanted: boolean): void {
    if (isWanted === (this.#stop !== null)) return;
    this.#stop?.();
    this.#stop = null;
    if (isWanted) this.#lookAgainAndAgain();
  }

  /** Somebody looks at the list: it is asked for again where it is older than three seconds. */
  glance(): void {
    if (this.#clock.now() - this.#lookedAt >= FRESH_MS) void this.#look();
  }

  /**
   * Looked at first, because not every system tells afterwards: on Linux a document goes to GTK, which says yes before
   * the print server has said no.
   */
  async print(pages: PrintPages, name: string): Promise<PagesEnd> {
    const end = refusalBefore(await this.#installed(), name) ?? (await this.#printer.print(pages, name));
    if (end.kind !== "spooled")
      this.#log("the operating system did not print a receipt", { kind: end.kind, why: end.why });
    // What has just gone is said at once, not at the next turn.
    if (end.kind === "no-such-printer") void this.#look();
    return end;
  }

  #lookAgainAndAgain(): void {
    this.#stop = this.#clock.after(LOOK_EVERY_MS, () => this.#lookAgainAndAgain());
    void this.#look();
  }

  /** One question at a time: on a system whose print server is away it may take a while. */
  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#lookedAt = this.#clock.now();
    const found = await this.#installed();
    this.#isLooking = false;
    const known = found
      .filter(({ name }) => name !== "" && name.length <= LONGEST_NAME)
      .slice(0, MOST_PRINTERS)
      .map((one) => ({ ...one, title: one.title.slice(0, LONGEST_TITLE) }));
    const isSame = JSON.stringify(known) === JSON.stringify(this.#known);
    this.#known = known;
    if (!isSame) for (const listener of this.#listeners) listener();
  }

  /** A system that does not answer offers no printer: whoever waits for one is told so, and it is asked again. */
  async #installed(): Promise<readonly InstalledPrinter[]> {
    const late = Promise.withResolvers<never>();
    const cancel = this.#clock.after(ANSWER_MS, () => late.reject(new Error(`no answer within ${ANSWER_MS} ms`)));
    try {
      const found = await Promise.race([this.#printer.installed(), late.promise]);
      this.#lastTrouble = "";
      return found;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      if (why !== this.#lastTrouble) this.#log("the operating system does not say which printers it has", { why });
      this.#lastTrouble = why;
      return [];
    } finally {
      cancel();
    }
  }
}

/** Why nothing is to be handed over; null where nothing is known against it. */
function refusalBefore(installed: readonly InstalledPrinter[], name: string): PagesEnd | null {
  const meant = installed.find((one) => (name === "" ? one.isDefault === true : one.name === name));
  if (meant?.takesDocuments === false) return { kind: "refused", why: "its queue takes no documents" };
  if (meant !== undefined) return null;
  if (installed.length === 0) return { kind: "no-such-printer", why: "no printer is installed" };
  // Which is the default one not every system says.
  if (name === "") return null;
  return { kind: "no-such-printer", why: "no printer of this name is installed" };
}
