import { uploadSchema } from "#contract/wire/journal.ts";
import type { Kept } from "#contract/wire/relay.ts";
import { fail, ok } from "#core/result.ts";
import { checkBatch } from "../journal/check-batch.ts";
import type { OfficeRoutes } from "../office.ts";
import { faultOf, sendFault } from "../service/faults.ts";
import { readBody } from "../service/read-body.ts";
import { signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { readCertificate } from "./relay-state.ts";
import { keepBatch } from "./shelf.ts";
import { judgeVouched } from "./vouched-batch.ts";

/**
 * The relay's side of its tills. It judges no past, so nothing is a fork here: whatever a till signs is kept beside what
 * is there, and head office says what it is. A revoked till's entries are kept like any other and go to quarantine there.
 */
export const keepRoutes: OfficeRoutes = (scope, relay) => {
  takeRawBodies(scope);
  scope.get("/v1/relay", async (_request, reply) => {
    const certificate = await readCertificate(relay.sql);
    return certificate ?? sendFault(reply, faultOf("busy", "head office has not been reached yet"));
  });
  signedRoute(scope, relay, {
    ...{ method: "POST", url: "/v1/relay/terminals/:terminalKey/journal", mayBeRevoked: true },
    async handle({ terminal, body, contentEncoding }) {
      const upload = await readBody(uploadSchema, body, contentEncoding);
      if (!upload.ok) return upload;
      const { entries } = upload.value;
      const vouched = judgeVouched([terminal.publicKey], checkBatch(terminal.terminalId, entries), entries.length);
      const last = entries.at(-1);
      if (!vouched.ok || last === undefined) return vouched.ok ? fail(faultOf("bad-request", "no entries")) : vouched;
      const nowMs = relay.clock.now();
      const kept = await keepBatch(relay.sql, terminal, entries, nowMs);
      if (!kept.ok) return fail(faultOf("busy", "this relay keeps as much of this till as it can"));
      relay.metrics.entries.inc({ outcome: "stored" }, entries.length);
      const { epoch, seq, hash } = last;
      return ok({ kept: { epoch, seq, hash }, serverTime: new Date(nowMs).toISOString() } satisfies Kept);
    },
  });
};
