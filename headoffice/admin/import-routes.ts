import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { listLimits } from "../import/list-limits.ts";
import { runImport } from "../import/run-import.ts";
import { shopOf } from "../shops/shops.ts";
import { personAsking, type Api } from "./api-scope.ts";
import { notFound, parsed, Refusal } from "./refusal.ts";
import { importQuery, storeParams, type ImportState } from "./shapes.ts";

const secondsUntilRetry = 5;

/** A price list in, and line by line how far it has come: the answer is the progress, so any instance can take it. */
export function importRoutes(app: FastifyInstance, { office }: Api): void {
  const { sql, clock, log } = office;
  // A file and what is read of it are in memory together: one at a time in an instance.
  let isRunning = false;
  app.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (_, body, done) => done(null, body));

  app.post("/shops/:store/imports", { bodyLimit: listLimits.bytes }, async (request, reply) => {
    const { store } = parsed(storeParams, request.params);
    const { mode, name } = parsed(importQuery, request.query);
    if (!Buffer.isBuffer(request.body)) throw new Refusal(400, "bad-request", "the file is the body, as octets");
    if ((await shopOf(sql, store)) === undefined) throw notFound("shop");
    if (isRunning) throw new Refusal(503, "busy", "another file is being imported", secondsUntilRetry);
    isRunning = true;
    const lines = new PassThrough();
    const tell = (state: ImportState) => void lines.write(`${JSON.stringify(state)}\n`);
    const ask = { storeCode: store, by: personAsking(request).name, mode, fileName: name, bytes: request.body };
    void runImport(sql, ask, clock.now(), tell)
      .catch((cause: unknown) => {
        log({ event: "import-failed", why: cause instanceof Error ? cause.name : "unknown" });
        tell({ ...nothing, state: "refused", refusal: { kind: "failed" } });
      })
      .finally(() => {
        isRunning = false;
        lines.end();
      });
    return reply.type("application/x-ndjson").send(lines);
  });
}

const nothing: ImportState = {
  ...{ state: "refused", total: 0, handled: 0, written: 0, unchanged: 0, badRows: 0, faults: [], format: null },
  ...{ encoding: null, columns: [], sample: [], refusal: null },
};
