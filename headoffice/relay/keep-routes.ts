import { uploadSchema } from "#contract/wire/journal.ts";
import type { OfficeRoutes } from "../office.ts";
import { faultOf, sendFault } from "../service/faults.ts";
import { readBody } from "../service/read-body.ts";
import { signedRoute, takeRawBodies } from "../service/signed-route.ts";
import { keepUpload } from "./keep-upload.ts";
import { readCertificate } from "./relay-state.ts";

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
      return keepUpload(relay, terminal, upload.value.entries);
    },
  });
};
