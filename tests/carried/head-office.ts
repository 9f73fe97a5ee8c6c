import { carriedRoutes } from "#headoffice/carried/carried-routes.ts";
import type { Keeper } from "#headoffice/carried/carried.ts";
import { createKeeper } from "#headoffice/carried/keeper.ts";
import { payRoutes } from "#headoffice/carried/pay-routes.ts";
import { enrolmentRoutes } from "#headoffice/enrolment/enrolment-routes.ts";
import { journalRoutes } from "#headoffice/journal/journal-routes.ts";
import { readersHere } from "#headoffice/journal/upload-readers.ts";
import { openOfficeKey } from "#headoffice/keys/office-key.ts";
import type { Office } from "#headoffice/office.ts";
import { officeMetrics } from "#headoffice/service/metrics.ts";
import { openApp } from "#headoffice/service/open-app.ts";
import { openStore } from "#headoffice/store/open-store.ts";
import type { SqlRow } from "#headoffice/store/sql.ts";
import { assert } from "#core/result.ts";
import type { ModelGateway } from "./model-gateway.ts";

/** A request as it comes over the wire. */
export interface Asked {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
}

/** One for the whole process, as each begins to watch it anew. */
const metrics = officeMetrics();
/** What these days ask for. */
const routes = [enrolmentRoutes, journalRoutes, carriedRoutes, payRoutes];

export interface OfficeChoices {
  readonly path: string;
  readonly gateway: ModelGateway;
  readonly now: () => number;
}

/** Head office as the product has it, with its database on a file and its routes without a socket. */
export class HeadOffice {
  /** What went wrong that is nobody's line and nobody's death. */
  readonly faults: string[] = [];
  readonly #choices: OfficeChoices;
  #process: Process | null = null;

  static async open(choices: OfficeChoices): Promise<HeadOffice> {
    const office = new HeadOffice(choices);
    await office.restart();
    return office;
  }

  private constructor(choices: OfficeChoices) {
    this.#choices = choices;
  }

  get office(): Office {
    return this.#running().office;
  }

  /** Its process is another one, which has the file and nothing else. */
  async restart(): Promise<void> {
    await this.close();
    const { path, gateway, now } = this.#choices;
    const store = await openStore({ kind: "sqlite", path });
    assert(store.ok, "head office's database opens");
    const [sql, clock] = [store.value, { now }];
    const log: Office["log"] = (line) => this.#note(line);
    const keeper = createKeeper({ sql, clock, log }, gateway);
    const carried = { gateway, keeper };
    const known = { ...(await openOfficeKey(sql, "总部")), readers: readersHere };
    const office: Office = { sql, clock, log, metrics, carried, ...known };
    this.#process = { office, app: await openApp(office, routes), keeper };
  }

  async ask({ method, url, headers = {}, body }: Asked): Promise<Answered> {
    const payload = body === undefined ? {} : { payload: body };
    const answer = await this.#running().app.inject({ method, url, headers, ...payload });
    const said: Record<string, string | undefined> = {};
    for (const [name, value] of Object.entries(answer.headers)) if (typeof value === "string") said[name] = value;
    return { status: answer.statusCode, headers: said, bytes: answer.rawPayload };
  }

  /** The keeper's look, which its timer begins every second. */
  look(): Promise<void> {
    return this.#running().keeper.look();
  }

  /** Committed rows. */
  rows<Row extends object>(text: string, values: SqlRow = []): Promise<readonly Row[]> {
    return this.#running().office.sql.rows<Row>(text, values);
  }

  async close(): Promise<void> {
    if (this.#process === null) return;
    const { app, keeper, office } = this.#process;
    this.#process = null;
    await keeper.stop();
    await app.close();
    // It never listened, so that closing it closes no server; what waits for that would wait for ever.
    app.server.close();
    await office.sql.close();
  }

  #running(): Process {
    assert(this.#process !== null, "head office is open");
    return this.#process;
  }

  #note(line: Parameters<Office["log"]>[0]): void {
    const isFault = line.event === "internal-error" || line.event === "keeper-failed";
    const isDeath = line["name"] === "Died" || line["why"] === "Died";
    if (isFault && !isDeath) this.faults.push(JSON.stringify(line));
  }
}

interface Process {
  readonly office: Office;
  readonly app: Awaited<ReturnType<typeof openApp>>;
  readonly keeper: Keeper;
}
