import { createInterface } from "node:readline";
import type { HeadOfficeState } from "#contract/bench/head-office.ts";
import type { Cashier } from "#core/access/role.ts";
import type { Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Sync } from "#main/till/ports/sync.ts";
import { openOfficeCable, type OfficeCable } from "./office-cable.ts";
import { readOfficeLine, readOfficeLog } from "./office-lines.ts";
import { answerOf, endWithin, type OfficeProcess } from "./office-process.ts";

/** One that ended by itself is started again, but not for ever: its log has said five times why. */
const restartAfterMs = 3_000;
const mostRestarts = 5;
/** An enrolment that failed is tried again, as often. */
const enrolAgainAfterMs = 3_000;
/** It closes a database; the whole till ends within six seconds. */
const mostEndingMs = 2_000;
/** In the journal's entry about the enrolment: no person did it. */
const byItself: Cashier = { id: "demo-store", name: "demo store", role: "manager" };

export interface DemoOfficeParts {
  /** Head office's own folder. */
  readonly dataDir: string;
  readonly till: {
    readonly storeCode: string;
    readonly terminalId: string;
    readonly nameZh: string;
    readonly nameEn: string;
  };
  /** The folder with the goods and people its shop begins with: the till's own. */
  readonly storeFolder: string;
  /** headoffice/main.ts with these arguments. */
  readonly spawn: (args: readonly string[]) => OfficeProcess;
  /** What its `--merchant` reads, asked at every start; null where it has none. May throw: then it starts without. */
  readonly merchantFile: () => string | null;
  /** The till's side; null until it is open. */
  readonly sync: () => Pick<Sync, "view" | "enrol" | "now"> | null;
  readonly clock: Pick<Clock, "after">;
  /** A line on the console. */
  readonly say: (line: string) => void;
  /** The Device bench reads the state again. */
  readonly onChange: () => void;
  /** Head office answers at this address from now on, until it is told another. */
  readonly onListening: (url: string) => void;
  readonly log: Log;
}

/** The demo store's own head office: a server of its own process, and the cable to it. */
export interface DemoOffice {
  /** The till's end of the cable, known before head office runs. */
  readonly url: string;
  state(): HeadOfficeState;
  /** Starts the server, once the till is there; the till makes itself known to it at the first time. */
  start(): void;
  setPlugged(isPlugged: boolean): void;
  /** The till's side may have changed. */
  noteChange(): void;
  close(): Promise<void>;
}

/** Listens for the till at once; nothing is started before `start`. */
export async function openDemoOffice(parts: DemoOfficeParts): Promise<DemoOffice> {
  const keeper: OfficeKeeper = new OfficeKeeper(parts, await openOfficeCable(() => keeper.port()));
  return keeper;
}

class OfficeKeeper implements DemoOffice {
  private readonly parts: DemoOfficeParts;
  private readonly cable: OfficeCable;
  private server: OfficeProcess | null = null;
  private listening: { readonly url: string; readonly port: number } | null = null;
  private readonly commands = new Set<OfficeProcess>();
  private isMerchantRefused = false;
  private restarts = 0;
  private enrolments = 0;
  private cancelRestart = (): void => {};
  private cancelEnrolment = (): void => {};
  private isClosed = false;
  /** One enrolment after the other. */
  private lastTurn = Promise.resolve();

  constructor(parts: DemoOfficeParts, cable: OfficeCable) {
    this.parts = parts;
    this.cable = cable;
  }

  get url(): string {
    return this.cable.url;
  }

  port(): number | null {
    return this.listening?.port ?? null;
  }

  state(): HeadOfficeState {
    const view = this.parts.sync()?.view();
    return {
      unplugged: !this.cable.isPlugged,
      page: this.listening?.url ?? null,
      ...{ state: view?.state ?? "alone", waiting: view?.waiting ?? 0 },
    };
  }

  start(): void {
    if (this.isClosed || this.server !== null) return;
    const { log } = this.parts;
    const merchant = this.merchantFile();
    const server = this.run("serve", "--port", "0", ...(merchant === null ? [] : ["--merchant", merchant]));
    this.server = server;
    createInterface({ input: server.stdout }).on("line", (line) => this.heard(line));
    createInterface({ input: server.stderr }).on("line", (line) => {
      const facts = readOfficeLog(line);
      if (facts !== null) log.info("head office", facts);
    });
    server.onExit((code) => {
      // It may be the merchant that it does not take, and a head office without one is better than none.
      if (this.listening === null) this.isMerchantRefused = true;
      this.ended(code);
    });
  }

  setPlugged(isPlugged: boolean): void {
    this.cable.setPlugged(isPlugged);
    this.parts.onChange();
    if (isPlugged) this.meet();
  }

  noteChange(): void {
    this.parts.onChange();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.cancelRestart();
    this.cancelEnrolment();
    this.cable.close();
    for (const command of this.commands) command.kill();
    if (this.server !== null) await endWithin(mostEndingMs, this.server);
    await this.lastTurn;
  }

  /** Payments by customers' phones are all that is missing where there is none. */
  private merchantFile(): string | null {
    if (this.isMerchantRefused) return null;
    try {
      return this.parts.merchantFile();
    } catch (cause) {
      this.parts.log.error("the demo's head office has no merchant", { cause });
      return null;
    }
  }

  private heard(line: string): void {
    const said = readOfficeLine(line);
    if (said === null) return;
    if (said.kind === "ready") {
      this.listening = { url: said.url, port: said.port };
      this.parts.say(`head office ${said.url}/`);
      this.parts.onChange();
      this.parts.onListening(said.url);
      this.meet();
      return;
    }
    const { name, password } = said;
    this.parts.say(
      `head office ${this.listening?.url ?? ""}/ first sign-in, shown once: ${name}, password ${password}`,
    );
  }

  private ended(code: number | null): void {
    [this.server, this.listening] = [null, null];
    if (this.isClosed) return;
    const { log, clock, say, onChange } = this.parts;
    log.warn("head office ended by itself", { code });
    say(`head office ended with code ${code}: the till goes on without it, its log says more`);
    onChange();
    if (this.restarts >= mostRestarts) return;
    this.restarts += 1;
    this.cancelRestart = clock.after(restartAfterMs, () => this.start());
  }

  /** There is a way to head office again: the till is told, as a system tells of a network. */
  private meet(): void {
    this.lastTurn = this.lastTurn
      .then(() => this.tellTill())
      .catch((cause: unknown) => this.parts.log.error("the demo till could not be enrolled", { cause }));
  }

  private async tellTill(): Promise<void> {
    const sync = this.parts.sync();
    if (sync === null || this.isClosed || this.listening === null || !this.cable.isPlugged) return;
    if (sync.view().state !== "not-enrolled") return sync.now();
    const code = await this.newCode();
    if (this.isClosed) return;
    const enrolled = code.ok ? await sync.enrol(code.value, byItself) : code;
    this.parts.onChange();
    if (enrolled.ok) return;
    this.parts.log.warn("the demo till is not enrolled", { why: enrolled.fault });
    if (this.enrolments >= mostRestarts) return;
    this.enrolments += 1;
    this.cancelEnrolment = this.parts.clock.after(enrolAgainAfterMs, () => this.meet());
  }

  /** By the commands a company uses itself. A till whose key is gone takes its own place again. */
  private async newCode(): Promise<Result<string, string>> {
    const { storeCode, terminalId, nameZh, nameEn } = this.parts.till;
    const shop = ["--store", storeCode];
    const added = await this.answer("shop", ...shop, "--name-zh", nameZh, "--name-en", nameEn);
    // What head office does not have would go from the till with the first item that is published there.
    const filled = added.ok ? await this.answer("fill", ...shop, "--from", this.parts.storeFolder) : added;
    return filled.ok ? this.answer("enrol-code", ...shop, "--terminal", terminalId, "--replace") : filled;
  }

  private async answer(...args: readonly string[]): Promise<Result<string, string>> {
    const command = this.run(...args);
    this.commands.add(command);
    command.onExit(() => this.commands.delete(command));
    return answerOf(command);
  }

  private run(...args: readonly string[]): OfficeProcess {
    return this.parts.spawn([...args, "--data-dir", this.parts.dataDir]);
  }
}
