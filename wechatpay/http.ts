import type { IncomingMessage } from "node:http";
import { fail, ok, type Result } from "#core/result.ts";

/**
 * Loaded with the first question, and not at a till's start. Not imported even then: an import reads every name the module
 * has, and one of them loads all of `fetch`.
 */
function requestBy(isSecure: boolean): typeof import("node:http").request {
  return isSecure ? process.getBuiltinModule("node:https").request : process.getBuiltinModule("node:http").request;
}

export interface WireRequest {
  readonly baseUrl: URL;
  readonly method: "GET" | "POST";
  /** Path and query, sent exactly as it stands. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as these bytes; empty for none. */
  readonly body: Uint8Array;
  /** Longest wait for the whole answer, milliseconds. */
  readonly timeoutMs: number;
  readonly clientCertificate?: ClientCertificate;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in small letters; a header that came twice is joined by a comma, which no signature survives. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it arrived, nothing decoded. */
  readonly body: Buffer;
}

export interface WireFault {
  readonly kind: "timeout" | "network" | "too-large";
  /** The system's code for it, such as ECONNREFUSED. */
  readonly detail: string;
  /** False when no connection ever came about: not a byte of the request left this machine. */
  readonly hasLeft: boolean;
}

/** How one request travels: `exchange` over the network, or a wire of a test's own. */
export type Exchange = (wire: WireRequest) => Promise<Result<WireAnswer, WireFault>>;

/** The merchant proves itself by its API certificate; only what moves money back over v2 asks for that. */
export interface ClientCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** A line that is up connects within this; the gateway's own SDKs wait as long. */
const mostConnectMs = 5_000;
/** The largest answer to what we ask is a few KiB; whoever sends more is not the gateway. */
const mostAnswerBytes = 256 * 1024;

/** An answer whose body is still on its way. Whoever stops reading destroys `body`. */
export interface OpenAnswer extends Omit<WireAnswer, "body"> {
  readonly body: IncomingMessage;
  /** True once the time limit has passed: a body that breaks off then is late, whatever the socket calls it. */
  readonly isLate: () => boolean;
}

/**
 * One request, one answer, no retry, no redirect. Never rejects. A fault says nothing about what the other side did
 * unless the request never left. Each request opens its own connection: a kept one that the other side closes meanwhile
 * loses a payment's answer, and a handshake is cheap beside that.
 */
export async function exchange(wire: WireRequest): Promise<Result<WireAnswer, WireFault>> {
  const opened = await openExchange(wire);
  if (!opened.ok) return opened;
  const { body, status, headers } = opened.value;
  try {
    const bytes = await collect(body);
    return bytes === null
      ? fail({ kind: "too-large", detail: `more than ${mostAnswerBytes} bytes`, hasLeft: true })
      : ok({ status, headers, body: bytes });
  } catch (cause) {
    return fail(brokenAnswer(cause, opened.value.isLate()));
  }
}

/** The same up to the head of the answer; the time limit goes on to hold while its body is read. */
export function openExchange(wire: WireRequest): Promise<Result<OpenAnswer, WireFault>> {
  const total = AbortSignal.timeout(wire.timeoutMs);
  const connecting = new AbortController();
  const connectTimer = setTimeout(() => connecting.abort(), Math.min(mostConnectMs, wire.timeoutMs));
  const isSecure = wire.baseUrl.protocol === "https:";
  let hasLeft = false;

  return new Promise<Result<OpenAnswer, WireFault>>((resolve) => {
    const request = requestBy(isSecure)(wire.baseUrl, {
      method: wire.method,
      path: wire.target,
      headers: wire.headers,
      agent: false,
      signal: AbortSignal.any([total, connecting.signal]),
      ...(isSecure && wire.clientCertificate !== undefined
        ? { cert: wire.clientCertificate.certificatePem, key: wire.clientCertificate.privateKeyPem }
        : {}),
    });
    request.on("socket", (socket) => {
      socket.once(isSecure ? "secureConnect" : "connect", () => {
        hasLeft = true;
        clearTimeout(connectTimer);
      });
    });
    request.on("error", (cause: NodeJS.ErrnoException) => {
      resolve(fail({ ...brokenAnswer(cause, total.aborted || connecting.signal.aborted), hasLeft }));
    });
    request.on("response", (response) => {
      clearTimeout(connectTimer);
      resolve(
        ok({
          status: response.statusCode ?? 0,
          headers: joined(response),
          body: response,
          isLate: () => total.aborted,
        }),
      );
    });
    request.end(wire.body);
  }).finally(() => clearTimeout(connectTimer));
}

/** What a connection died of, in the words of the log. */
export function brokenAnswer(cause: unknown, isLate: boolean): WireFault {
  const name = cause instanceof Error ? cause.name : typeof cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : name;
  return { kind: isLate ? "timeout" : "network", detail: isLate ? "deadline" : code, hasLeft: true };
}

/** The whole body, or null when it is larger than any answer of the gateway. */
export async function collect(response: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A response without an encoding set yields buffers; leaving the loop destroys the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function joined(response: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return headers;
}
