import cookie from "@fastify/cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Office } from "../office.ts";
import type { Passwords } from "./passwords.ts";
import { answerFault, Refusal } from "./refusal.ts";
import { longestMs, personOf, type Person } from "./sessions.ts";

export const cookieName = "tillway-office";
/** A page of ours sends it; a form of another site cannot, and a script of one may not. */
const ownHeader = "x-tillway-office";
const msPerSecond = 1_000;

/** What every part of the API is given. */
export interface Api {
  readonly office: Office;
  readonly passwords: Passwords;
}

/** Who may ask: `anyone`, whoever is signed in, or admins. Every route says which. */
export type Access = "anyone" | "viewer" | "admin";

/** Whoever is signed in, and by which session. */
export type SignedIn = Person & { readonly token: string };

declare module "fastify" {
  interface FastifyContextConfig {
    readonly access?: Access;
    /** Also for who still has to change a one-time password. */
    readonly beforeChange?: boolean;
  }
  interface FastifyRequest {
    signedIn: SignedIn | null;
  }
}

/** Checks every request of the scope before its handler: our own page, signed in, allowed. */
export async function guardApi(app: FastifyInstance, { office }: Api): Promise<void> {
  await app.register(cookie);
  app.decorateRequest("signedIn", null);
  app.setErrorHandler((error: Error, _, reply) =>
    answerFault(error, reply, (what) => office.log({ event: "api-fault", what })),
  );
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ kind: "not-found", detail: "there is no such route" }));
  app.addHook("onRequest", async (request, reply) => {
    void reply.header("cache-control", "no-store");
    const { access = "admin", beforeChange = false } = request.routeOptions.config;
    if (request.method !== "GET" && request.headers[ownHeader] !== "1")
      throw new Refusal(403, "not-allowed", `the header ${ownHeader}: 1 is missing`);
    if (access === "anyone") return;
    const token = request.cookies[cookieName] ?? "";
    const person = await personOf(office.sql, token, office.clock.now());
    if (person === null) throw new Refusal(401, "not-allowed", "nobody is signed in");
    if (person.mustChange && !beforeChange)
      throw new Refusal(403, "not-allowed", "the one-time password is to be changed first");
    if (access === "admin" && person.role !== "admin") throw new Refusal(403, "not-allowed", "for admins only");
    request.signedIn = { ...person, token };
  });
}

/** The person of a guarded request. */
export function personAsking(request: FastifyRequest): SignedIn {
  if (request.signedIn === null) throw new Refusal(401, "not-allowed", "nobody is signed in");
  return request.signedIn;
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const isHttps = request.protocol === "https";
  void reply.setCookie(cookieName, token, { ...cookieShape(isHttps), maxAge: Math.floor(longestMs / msPerSecond) });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(cookieName, cookieShape(request.protocol === "https"));
}

const cookieShape = (secure: boolean) => ({ path: "/", httpOnly: true, sameSite: "strict", secure }) as const;
