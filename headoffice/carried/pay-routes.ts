import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OfficeRoutes } from "../office.ts";
import { takeRawBodies } from "../service/signed-route.ts";
import type { Carried } from "./carried.ts";
import { payPage } from "./pay-page.ts";
import { payFor } from "./pay-for.ts";
import { type PayLanguage, payLanguage, type PayState } from "./pay-words.ts";
import { rateLimit } from "./rate-limit.ts";
import { type Requested, showRequest } from "./show-request.ts";
import { takeNotice } from "./take-notice.ts";

/** Beside the sources and beside what is built of them alike. */
const files = fileURLToPath(new URL("../../resources/pay-page/", import.meta.url));

/** A phone asks every two seconds, and many phones stand behind one address of a mobile network. */
const limits = { windowMs: 60_000, ofAddress: 1_200, ofOrder: 120, payments: 20 } as const;
/** What WeChat's browser brings back: from our redirect, in the same browser, within ten minutes. */
const cookieName = "tillway-pay";
const cookieSeconds = 600;
const stateBytes = 16;
/** A notification is two KiB. */
const mostNoticeBytes = 65_536;

const paramsSchema = z.object({ payload: z.string().max(240) });
const querySchema = z.object({
  lang: z.string().max(16).optional().catch(undefined),
  code: z.string().min(1).max(128).optional().catch(undefined),
  state: z.string().max(128).optional().catch(undefined),
});
const paySchema = z.object({ code: z.string().min(1).max(128), state: z.string().max(128) });

/** The customer's page, and what WeChat Pay tells by itself. Nobody signs in here: a till's signature is the way in. */
export const payRoutes: OfficeRoutes = async (scope, office) => {
  const { carried, clock } = office;
  const ofAddress = rateLimit(limits.ofAddress, limits.windowMs);
  const ofOrder = rateLimit(limits.ofOrder, limits.windowMs);
  const payments = rateLimit(limits.payments, limits.windowMs);
  const isCalm = (request: FastifyRequest, payload: string): boolean =>
    ofAddress.allows(request.ip, clock.now()) && ofOrder.allows(payload, clock.now());

  await scope.register(async (page) => {
    page.addHook("onRequest", async (_, reply) => void reply.headers(guards));
    for (const [name, type] of assets) {
      const text = readFileSync(`${files}${name}`);
      page.get(`/P/${name}`, (_, reply) => reply.type(type).send(text));
    }
    page.get("/P/:payload", async (request, reply) => {
      const asked = askedOf(request);
      const show = (requested: Requested): FastifyReply => sendPage(reply, requested, asked.language);
      if (carried === null) return show({ state: "not-offered", order: null, confirmation: null });
      if (!isCalm(request, asked.payload)) {
        return show({ state: "busy", order: null, confirmation: null });
      }
      const requested = await showRequest(office, asked.payload, isInWechat(request));
      const isBack = asked.code !== undefined && asked.state === cookieOf(request);
      if (requested.state !== "ready" || isBack) return show(requested);
      // Its state was another browser's, or of long ago: shown once, else it would go round for ever.
      if (asked.code !== undefined && cookieOf(request) === null) return show({ ...requested, state: "refused" });
      return sendToWechat(reply, carried, asked.payload, asked.lang);
    });
    page.get("/P/:payload/state", async (request, reply) => {
      const { payload } = askedOf(request);
      if (carried === null || !isCalm(request, payload)) return reply.code(429).send({ state: "busy" });
      const { state, order } = await showRequest(office, payload, true);
      // The page waits for what the gateway may have told nobody yet.
      if (state === "ready" && order !== null && order.isOpened)
        await carried.keeper.hasten(order.storeCode, order.outTradeNo);
      return reply.send({ state });
    });
    page.post("/P/:payload/pay", async (request, reply) => {
      const { payload } = askedOf(request);
      const body = paySchema.safeParse(request.body);
      if (carried === null || !body.success) return reply.code(400).send({ kind: "again" });
      if (!isCalm(request, payload) || !payments.allows(payload, clock.now())) {
        return reply.code(429).send({ kind: "later" });
      }
      if (body.data.state !== cookieOf(request)) return reply.send({ kind: "again" });
      return reply.send(await payFor(office, carried, payload, body.data.code));
    });
  });
  await scope.register(async (notices) => {
    takeRawBodies(notices);
    notices.post("/carried/notice", { bodyLimit: mostNoticeBytes }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const outcome =
        carried === null ? "refused" : await takeNotice(office, carried.gateway, headersOf(request), body);
      // Of a forger as of a fault of ours: the gateway sends it again, and nobody learns why.
      return outcome === "refused" ? reply.code(401).send({ code: "FAIL", message: "失败" }) : reply.code(204).send();
    });
  });
};

const assets = [
  ["pay.css", "text/css; charset=utf-8"],
  ["pay.js", "text/javascript; charset=utf-8"],
] as const;

const policy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

const guards = {
  "content-security-policy": policy,
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)",
  "cross-origin-opener-policy": "same-origin",
} as const;

function sendPage(reply: FastifyReply, requested: Requested, language: PayLanguage): FastifyReply {
  const { state, order, confirmation } = requested;
  const shown = order === null ? null : { ...order, shop: order.shopNames[language] };
  const status = statuses[state] ?? 200;
  return reply
    .code(status)
    .type("text/html; charset=utf-8")
    .send(payPage({ state, language, order: shown, confirmation }));
}

const statuses: Partial<Readonly<Record<PayState, number>>> = {
  refused: 403,
  revoked: 403,
  busy: 429,
  "not-offered": 404,
};

/** Who pays is learnt by going to WeChat and back; the state shows that it was this browser that went. */
function sendToWechat(reply: FastifyReply, { gateway }: Carried, payload: string, lang: string): FastifyReply {
  const state = randomBytes(stateBytes).toString("hex");
  const isHttps = gateway.payUrl.startsWith("https:");
  const cookie = `${cookieName}=${state}; Path=/; Max-Age=${cookieSeconds}; HttpOnly; SameSite=Lax${isHttps ? "; Secure" : ""}`;
  const backTo = `${gateway.payUrl}/P/${payload}${lang}`;
  return reply.header("set-cookie", cookie).redirect(gateway.authorizeUrl(backTo, state), 302);
}

function askedOf(request: FastifyRequest) {
  const params = paramsSchema.safeParse(request.params);
  const query = querySchema.safeParse(request.query);
  const { lang, code, state } = query.success ? query.data : {};
  const language = payLanguage(lang, request.headers["accept-language"]);
  const payload = params.success ? params.data.payload : "";
  return { payload, code, state, language, lang: lang === language ? `?lang=${lang}` : "" };
}

function cookieOf(request: FastifyRequest): string | null {
  return /(?:^|;\s*)tillway-pay=([0-9a-f]{32})(?:;|$)/.exec(request.headers.cookie ?? "")?.[1] ?? null;
}

function isInWechat(request: FastifyRequest): boolean {
  return /MicroMessenger\//i.test(request.headers["user-agent"] ?? "");
}

function headersOf(request: FastifyRequest): Readonly<Record<string, string | undefined>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === "string") headers[name] = value;
  return headers;
}
