import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { type WireFault } from "#contract/wire/fault.ts";
import { type Result } from "#core/result.ts";
import { signAnswer } from "../keys/sign-answer.ts";
import type { Office } from "../office.ts";
import { authenticate, usedBefore } from "../terminals/authenticate.ts";
import { claimNonce, type NonceClaim } from "../terminals/nonces.ts";
import type { RequestFacts } from "../terminals/request-signature.ts";
import type { Terminal } from "../terminals/terminal.ts";
import { faultOf, sendFault } from "./faults.ts";
import { packAnswer } from "./pack-answer.ts";

export interface SignedRequest {
  readonly terminal: Terminal;
  /** The nonce of its signature; remembered already unless the route claims it itself. */
  readonly claim: NonceClaim;
  /** The body's bytes on the wire; `readBody` of service/read-body.ts makes an object of them. */
  readonly body: Buffer;
  readonly contentEncoding: string | undefined;
  readonly params: Readonly<Record<string, string | undefined>>;
  /** The last one where a name stands twice. */
  readonly query: Readonly<Record<string, string | undefined>>;
}

export interface SignedRoute {
  readonly method: HTTPMethods;
  /** A path with `:terminalKey` is for that till alone; without, for whichever till signed. */
  readonly url: string;
  /** Only quarantine takes from revoked tills. */
  readonly mayBeRevoked?: boolean;
  /** Who may ask; a till where it is not said. */
  readonly by?: Terminal["role"];
  /** `handle` claims the nonce, whatever it answers: in the transaction it makes anyway. */
  readonly claimsItself?: boolean;
  /**
   * Large answers are gzipped for whoever says that they take it. For tills alone, whose client checks the digest on the bytes
   * as they came: a relay's has them unpacked by then.
   */
  readonly packs?: boolean;
  /** What is answered with 200, or the fault. */
  readonly handle: (request: SignedRequest) => Promise<Result<object, WireFault>>;
}

/** An answer that is JSON already. */
export class JsonText {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

/**
 * A route for enrolled tills: the signature is checked over the bytes as received, before anything in them is looked at,
 * and the answer, a fault too, is signed by head office with the request's nonce.
 */
export function signedRoute(scope: FastifyInstance, office: Office, route: SignedRoute): void {
  scope.route({
    method: route.method,
    url: route.url,
    async handler(request, reply) {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const params = textsOf(request.params);
      const claims = route.claimsItself === true ? "with-what-it-brings" : "here";
      const who = await authenticate(office, factsOf(request, body), params["terminalKey"] ?? null, claims);
      if (!who.ok) return sendFault(reply, who.fault);
      const { terminal, claim } = who.value;
      signOnSend(reply, office, request.raw.url ?? "", claim.nonce);
      const refusal = refusalOf(route, terminal);
      if (refusal !== null) {
        const isFirst = route.claimsItself !== true || (await claimNonce(office, terminal, claim));
        return sendFault(reply, isFirst ? refusal : usedBefore());
      }
      const contentEncoding = request.headers["content-encoding"];
      const query = textsOf(request.query);
      const answer = await route.handle({ terminal, claim, body, contentEncoding, params, query });
      if (!answer.ok) return sendFault(reply, answer.fault);
      if (route.packs !== true) return reply.send(answer.value);
      const packed = await packAnswer(textOf(answer.value), request.headers["accept-encoding"]);
      const facts = { status: 200, url: request.raw.url ?? "", nonce: claim.nonce, body: packed.bytes };
      void reply.headers({ vary: "accept-encoding", ...signAnswer(office, facts) });
      if (packed.isPacked) void reply.header("content-encoding", "gzip");
      // Bytes leave as they are: the serializer above is for objects.
      return reply.type("application/json; charset=utf-8").send(packed.bytes);
    },
  });
}

function refusalOf({ by = "till", mayBeRevoked = false }: SignedRoute, { role, state }: Terminal): WireFault | null {
  if (role !== by) return faultOf("not-allowed", `a ${role} may not ask this`);
  if (state === "active" || mayBeRevoked) return null;
  return faultOf("revoked", "this terminal was revoked at head office");
}

/** Bodies of this scope arrive as the bytes they are on the wire: a digest is taken of them before they are decoded. */
export function takeRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
}

export function factsOf(request: FastifyRequest, body: Buffer): RequestFacts {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    method: request.method,
    authority: header("host") ?? "",
    url: request.raw.url ?? "",
    contentDigest: header("content-digest"),
    signatureInput: header("signature-input"),
    signature: header("signature"),
    body,
  };
}

/** Serializes as Fastify would, so that the digest is of the very bytes that leave. */
function signOnSend(reply: FastifyReply, office: Office, url: string, nonce: string): void {
  void reply.serializer((payload) => {
    const text = textOf(payload);
    void reply.headers(signAnswer(office, { status: reply.statusCode, url, nonce, body: Buffer.from(text) }));
    return text;
  });
}

function textOf(payload: unknown): string {
  return payload instanceof JsonText ? payload.json : JSON.stringify(payload);
}

function textsOf(source: unknown): Readonly<Record<string, string | undefined>> {
  const texts: Record<string, string> = {};
  if (typeof source !== "object" || source === null) return texts;
  for (const [name, value] of Object.entries(source)) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === "string") texts[name] = last;
  }
  return texts;
}
