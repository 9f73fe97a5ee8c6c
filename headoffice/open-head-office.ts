import type { FastifyInstance } from "fastify";
import { ok, type Result } from "#core/result.ts";
import type { Carried } from "./carried/carried.ts";
import { createCarriedGateway } from "./carried/gateway.ts";
import { createKeeper } from "./carried/keeper.ts";
import type { Merchant } from "./carried/merchant.ts";
import { openReaders } from "./journal/upload-readers.ts";
import { openOfficeKey } from "./keys/office-key.ts";
import type { Office, OfficeClock, OfficeLog, OfficeRoutes } from "./office.ts";
import { officeMetrics } from "./service/metrics.ts";
import { openApp } from "./service/open-app.ts";
import { officeRoutes } from "./service/routes.ts";
import type { OpenFault } from "./store/fault.ts";
import { type DatabaseChoice, openStore } from "./store/open-store.ts";
import { alone, turnOver } from "./store/turn.ts";

/**
 * Pieces of work that the serving thread commits together where other threads take the large uploads: what is left is
 * small, a millisecond or less each, and waits for the same flush of the disk.
 */
const mostSmallTogether = 64;

export interface HeadOfficeChoices {
  readonly database: DatabaseChoice;
  readonly clock?: OfficeClock;
  readonly log?: OfficeLog;
  /** Given to the office at its first start; kept ever after. At most 80 characters. */
  readonly name?: string;
  readonly routes?: readonly OfficeRoutes[];
  /** Threads that read uploads and take them in beside this one; none where it is not said: then this one does. */
  readonly readingThreads?: number;
  /** Whom customers pay by their phones where a till has no line (docs/CARRIED.md); nobody where it is not said. */
  readonly merchant?: Merchant;
}

export interface HeadOffice {
  /** Not listening yet: `await app.listen({ host: "127.0.0.1", port: 0 })`. */
  readonly app: FastifyInstance;
  readonly office: Office;
  /** Finishes the answers under way, then closes the database. */
  close(): Promise<void>;
}

/** The whole service over its database, in this process. */
export async function openHeadOffice(choices: HeadOfficeChoices): Promise<Result<HeadOffice, OpenFault>> {
  const { clock = { now: Date.now }, log = () => {}, name = "Tillway", routes = officeRoutes } = choices;
  const { database, readingThreads = 0 } = choices;
  const turn = new SharedArrayBuffer(4);
  const turns = readingThreads > 0 ? turnOver(turn) : alone;
  const store = await openStore(database, {
    turn: turns,
    ...(readingThreads > 0 ? { together: mostSmallTogether } : {}),
  });
  if (!store.ok) return store;
  const readers = openReaders({ database, turn, turns }, readingThreads);
  const sql = store.value;
  const carried = choices.merchant === undefined ? null : carriedOver(choices.merchant, { sql, clock, log });
  const keyAndName = await openOfficeKey(sql, name);
  const office: Office = { sql, clock, log, metrics: officeMetrics(), readers, carried, ...keyAndName };
  const app = await openApp(office, routes);
  if (carried !== null) app.addHook("onListen", async () => carried.keeper.start());
  return ok({
    app,
    office,
    async close() {
      await app.close();
      await carried?.keeper.stop();
      await readers.close();
      await sql.close();
    },
  });
}

function carriedOver(merchant: Merchant, deps: Pick<Office, "sql" | "clock" | "log">): Carried {
  const gateway = createCarriedGateway(merchant, deps);
  return { gateway, keeper: createKeeper(deps, gateway) };
}
