import type { KeyObject } from "node:crypto";
import type { Result } from "#core/result.ts";
import type { UnknownCause } from "#core/tender/gateway-answer.ts";
import { type UnknownAnswer, unknownOf } from "./classify.ts";
import { clockOffset } from "./clock-offset.ts";
import type { Hosts } from "./hosts.ts";
import type { Exchange, WireAnswer, WireFault } from "./http.ts";
import { authorization, type MerchantIdentity } from "./sign.ts";
import { type GatewayKeys, verifyAnswer } from "./verify.ts";

export type GatewayLog = (what: string, facts: Record<string, unknown>) => void;

/** Everything a signed conversation with the gateway needs. */
export interface GatewayLine {
  readonly hosts: Hosts;
  readonly merchant: MerchantIdentity;
  readonly appid: string;
  /** The shop behind a partner; null for a merchant by itself. */
  readonly partner: { readonly subMchid: string; readonly subAppid?: string | undefined } | null;
  /** The key the gateway is asked to sign with; null leaves it to its certificates. */
  readonly publicKeyId: string | null;
  readonly gatewayKeys: GatewayKeys;
  /** The gateway's key that personal data is sealed with, and its serial; null while none is held. */
  readonly sealingKey: () => { readonly serial: string; readonly key: KeyObject } | null;
  readonly exchange: Exchange;
  readonly requestTimeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 1–32 letters and digits, never the same twice. */
  readonly nonce: () => string;
  readonly log: GatewayLog;
  readonly onReachability: (state: "online" | "offline") => void;
  /** How far the till's clock runs ahead of the gateway's, milliseconds; told with every answer that is really its. */
  readonly onClockOffset: (offsetMs: number) => void;
  /** An answer was signed by a key we do not hold. */
  readonly onUnknownSerial: () => void;
}

export interface Question {
  readonly method: "GET" | "POST";
  readonly target: string;
  /** Sent as JSON; no value in it is ever null. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Asked of another address only while not a byte has left; a payment code works once. */
  readonly isOnce?: boolean;
  /** Serial of the gateway's key that something in the body is sealed with; else the key it is asked to sign with. */
  readonly sealedFor?: string;
}

/** An answer the gateway signed; the only kind a decision may rest on. */
export interface SignedReply {
  readonly kind: "signed";
  readonly status: number;
  /** The parsed JSON; undefined for an empty body. */
  readonly body: unknown;
  /** The error code in the body, as spelt. */
  readonly code: string | null;
}

/**
 * Asks once. Never retries: which question may be asked twice is not decided here. Only where the first address could
 * not be reached, or broke off a question that means the same asked twice, the next address is asked the same.
 */
export async function ask(line: GatewayLine, question: Question): Promise<SignedReply | UnknownAnswer> {
  const heard = await askHosts(line, question);
  if (heard.answer.ok) return believe(line, heard.answer.value, heard.facts);
  return { kind: "unknown", cause: wireCauses[heard.answer.fault.kind], code: null };
}

export interface Heard {
  readonly answer: Result<WireAnswer, WireFault>;
  /** For the log. */
  readonly facts: Record<string, unknown>;
}

/** The bytes of the answer, believed by nobody yet. */
export async function askHosts(line: GatewayLine, question: Question): Promise<Heard> {
  const body = Buffer.from(question.body === undefined ? "" : JSON.stringify(question.body));
  const { method, target, sealedFor } = question;
  return tryHosts(line, { method, target, isOnce: question.isOnce === true }, (baseUrl, timeoutMs) =>
    line.exchange({
      ...{ baseUrl, method, target, body, timeoutMs },
      headers: headersOf(line, method, target, body, sealedFor),
    }),
  );
}

/** A backup address gets at least this long, however little the first left of the time. */
const leastTryMs = 1_000;

/** One try per address, until one answers or the question may not be asked again. */
export async function tryHosts<A>(
  line: Pick<GatewayLine, "hosts" | "now" | "log" | "onReachability" | "requestTimeoutMs">,
  question: { readonly method: string; readonly target: string; readonly isOnce: boolean },
  send: (baseUrl: URL, timeoutMs: number) => Promise<Result<A, WireFault>>,
): Promise<{ readonly answer: Result<A, WireFault>; readonly facts: Record<string, unknown> }> {
  const startedAtMs = line.now();
  const began = performance.now();
  const hosts = line.hosts.inOrder();
  for (const [index, host] of hosts.entries()) {
    const leftMs = line.requestTimeoutMs - Math.trunc(performance.now() - began);
    const answer = await send(host, index === 0 ? line.requestTimeoutMs : Math.max(leftMs, leastTryMs));
    const { method, target } = question;
    // The query may hold a token that fetches a bill.
    const facts = { method, path: target.split("?", 1)[0], durationMs: line.now() - startedAtMs };
    if (answer.ok) return { answer, facts };
    const { kind, detail, hasLeft } = answer.fault;
    line.log("gateway did not answer", { ...facts, host: host.host, fault: kind, detail });
    if (kind !== "too-large") line.hosts.failed(host);
    const mayAskAgain = !hasLeft || (kind === "network" && !question.isOnce);
    if (index === hosts.length - 1 || !mayAskAgain) {
      if (kind !== "too-large") line.onReachability("offline");
      return { answer, facts };
    }
  }
  throw new Error("broken promise: a gateway has at least one address");
}

/** The signed headers of one request, with a time and a nonce of its own. */
export function headersOf(
  line: GatewayLine,
  method: "GET" | "POST",
  target: string,
  body: Buffer,
  serial: string | null = line.publicKeyId,
): Record<string, string> {
  const seconds = Math.floor(line.now() / 1_000);
  const headers = {
    Authorization: authorization(line.merchant, { method, target, body }, seconds, line.nonce()),
    Accept: "application/json",
    "User-Agent": "Tillway",
    ...(serial === null ? {} : { "Wechatpay-Serial": serial }),
  };
  if (body.length === 0) return headers;
  return { ...headers, "Content-Type": "application/json", "Content-Length": String(body.length) };
}

const wireCauses = {
  timeout: "timeout",
  network: "network",
  "too-large": "unreadable",
} as const satisfies Record<WireFault["kind"], UnknownCause>;

/** Verifies the bytes, then reads them. Of an answer that is not verified only the code is read, as a hint. */
export function believe(
  line: GatewayLine,
  answer: WireAnswer,
  facts: Record<string, unknown>,
): SignedReply | UnknownAnswer {
  const { status } = answer;
  const trust = verifyAnswer(answer, line.gatewayKeys, line.now());
  const body = parseJson(answer.body);
  const code = body.ok ? codeOf(body.value) : null;
  line.log("gateway answered", {
    ...facts,
    status,
    requestId: brief(answer.headers["request-id"]),
    code,
    // A wrong clock is the commonest reason for distrust, and only this pair of times shows it.
    ...(trust.ok ? {} : { distrust: trust.fault, signedAt: brief(answer.headers["wechatpay-timestamp"]) }),
  });
  if (trust.ok || trust.fault === "stale") reportClock(line, answer);
  if (!trust.ok) {
    if (trust.fault === "unknown-serial") line.onUnknownSerial();
    const cause = status >= 500 || status === 429 ? unknownOf(status, code).cause : "bad-signature";
    return { kind: "unknown", cause, code };
  }
  line.onReachability("online");
  if (!body.ok) return { kind: "unknown", cause: status >= 500 ? "server-error" : "unreadable", code: null };
  return { kind: "signed", status, body: body.value, code };
}

/** Whoever replays an old answer can at most make us show a wrong clock; no money hangs on it. */
function reportClock(line: GatewayLine, answer: WireAnswer): void {
  const offsetMs = clockOffset(answer, line.now());
  if (offsetMs !== null) line.onClockOffset(offsetMs);
}

export function parseJson(bytes: Buffer): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  if (bytes.length === 0) return { ok: true, value: undefined };
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return { ok: true, value };
  } catch {
    return { ok: false }; // not UTF-8 or not JSON: the caller calls it unreadable
  }
}

/** A header for the log: whoever answered may have written anything there. */
function brief(header: string | undefined): string | null {
  return header?.slice(0, 64) ?? null;
}

/** A code goes to the log and the screen, so only what looks like one is taken. */
export function codeOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("code" in body)) return null;
  return typeof body.code === "string" && /^[A-Za-z][A-Za-z0-9_]{0,63}$/u.test(body.code) ? body.code : null;
}
