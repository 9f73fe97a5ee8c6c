import { z } from "zod";
import {
  type Ack,
  epochSchema,
  mostBatchEntries,
  type Position,
  positionsSchema,
  storedEntriesSchema,
} from "#contract/wire/journal.ts";
import { fail, ok } from "#core/result.ts";
import type { OfficeRoutes } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { feedHeads } from "../store/feed-heads.ts";
import type { Sql } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { noteOutcome } from "./ingest.ts";
import { quarantine } from "./quarantine.ts";
import { entriesAfter, wireEntryOf } from "./stored-entries.ts";

/** Characters of bodies in one answer: the till's buffer for an answer is as large as for a batch. */
const mostAnsweredCharacters = 1_000_000;
/** A till begins an epoch at install, restore or clone: a thousand are more than any has; the newest are told. */
const mostEpochs = 1_000;

const afterQuery = z.object({
  epoch: epochSchema,
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(mostBatchEntries).default(mostBatchEntries),
});

/** Journals up: entries in, positions and entries back. */
export const journalRoutes: OfficeRoutes = (scope, office) => {
  takeRawBodies(scope);
  const of = "/v1/terminals/:terminalKey";
  const ack = async (acked: Position, storeCode: string): Promise<Ack> => ({
    acked,
    serverTime: new Date(office.clock.now()).toISOString(),
    maxBatch: mostBatchEntries,
    feedHead: await feedHeads(office.sql, storeCode),
  });

  signedRoute(scope, office, {
    ...{ method: "POST", url: `${of}/journal`, claimsItself: true },
    async handle({ terminal, claim, body, contentEncoding }) {
      const nowMs = office.clock.now();
      const upload = { terminal, claim, nowMs, body, contentEncoding };
      const taken = noteOutcome(office, terminal, await office.readers.take(office.sql, upload));
      return taken.ok ? ok(await ack(taken.value, terminal.storeCode)) : taken;
    },
  });

  signedRoute(scope, office, {
    ...{ method: "POST", url: `${of}/quarantine`, mayBeRevoked: true },
    async handle({ terminal, body, contentEncoding }) {
      const upload = await office.readers.read({ terminalId: terminal.terminalId, body, contentEncoding });
      if (!upload.ok) return upload;
      const taken = await quarantine(office, terminal, upload.value);
      return taken.ok ? ok(await ack(taken.value, terminal.storeCode)) : taken;
    },
  });

  signedRoute(scope, office, {
    ...{ method: "GET", url: `${of}/positions` },
    async handle({ terminal }) {
      return ok(positionsSchema.parse({ positions: await positionsOf(office.sql, terminal) }));
    },
  });

  signedRoute(scope, office, {
    ...{ method: "GET", url: `${of}/journal` },
    async handle({ terminal, query }) {
      const asked = afterQuery.safeParse(query);
      if (!asked.success) return fail(faultOf("bad-request", "epoch, after from 0, limit from 1 to 100"));
      const { epoch, after, limit } = asked.data;
      const stored = await entriesAfter(office.sql, terminal, epoch, after, limit);
      let characters = 0;
      const fitting = stored.filter(({ body }, index) => {
        characters += body.length;
        return index === 0 || characters <= mostAnsweredCharacters;
      });
      return ok(storedEntriesSchema.parse({ entries: fitting.map(wireEntryOf) }));
    },
  });
};

/** Every epoch of a till, oldest first. */
async function positionsOf(sql: Sql, { storeCode, terminalId }: TerminalPlace): Promise<readonly Position[]> {
  const newest = await sql.rows<Position>(
    `SELECT epoch, seq, hash FROM epochs WHERE store_code = ? AND terminal_id = ? ORDER BY ordinal DESC LIMIT ?`,
    [storeCode, terminalId, mostEpochs],
  );
  return newest.toReversed();
}
