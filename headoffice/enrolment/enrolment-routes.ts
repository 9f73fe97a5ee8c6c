import { enrolSchema } from "#contract/wire/enrolment.ts";
import { publicKeyOf } from "../keys/ed25519.ts";
import type { OfficeRoutes } from "../office.ts";
import { faultOf, sendFault } from "../service/faults.ts";
import { readBody } from "../service/read-body.ts";
import { factsOf, takeRawBodies } from "../service/signed-route.ts";
import { judgeClock } from "../terminals/authenticate.ts";
import { readRequestSignature } from "../terminals/request-signature.ts";
import { terminalKeyOf } from "../terminals/terminal.ts";
import { enrol } from "./enrol.ts";
import { wrongTries } from "./wrong-tries.ts";

/** A till that is not known yet, signing with the key it brings: proof that it holds it. */
export const enrolmentRoutes: OfficeRoutes = (scope, office) => {
  takeRawBodies(scope);
  const tries = wrongTries();
  scope.post("/v1/enrolments", async (request, reply) => {
    const nowMs = office.clock.now();
    if (tries.isBlocked(request.ip, nowMs)) {
      return sendFault(reply, faultOf("busy", "too many wrong codes from this address: wait ten minutes"), 429);
    }
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const asked = await readBody(enrolSchema, body, request.headers["content-encoding"]);
    if (!asked.ok) return sendFault(reply, asked.fault);
    const signature = readRequestSignature(factsOf(request, body));
    if (!signature.ok) return sendFault(reply, signature.fault);
    const key = publicKeyOf(asked.value.publicKey);
    const isProven = key !== null && signature.value.isBy(key) && signature.value.keyid === terminalKeyOf(asked.value);
    if (!isProven) return sendFault(reply, faultOf("bad-signature", "not signed with the key it brings"));
    // No nonce is kept: the code is good once, and the same request again is answered the same.
    const clock = judgeClock(nowMs, signature.value.created);
    if (clock !== null) return sendFault(reply, clock);
    const enrolled = await enrol(office, asked.value);
    if (enrolled.ok) return reply.code(201).send(enrolled.value);
    const isGuess = enrolled.fault.kind === "code-unknown" || enrolled.fault.kind === "code-expired";
    if (isGuess) tries.note(request.ip, nowMs);
    return sendFault(reply, enrolled.fault);
  });
};
