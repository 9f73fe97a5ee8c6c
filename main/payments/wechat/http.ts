import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { fail, ok, type Result } from "#core/result.ts";

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
}

/** A line that is up connects within this; the gateway's own SDKs wait as long. */
const mostConnectMs = 5_000;
/** The largest answer to what we ask is a few KiB; whoever sends more is not the gateway. */
const mostAnswerBytes = 256 * 1024;

/**
 * One request, one answer, no retry, no redirect. Never rejects. A fault says nothing about what the other side did.
 * Each request opens its own connection: a kept one that the other side closes meanwhile loses a payment's answer, and
 * a handshake is cheap beside that.
 */
export function exchange(wire: WireRequest): Promise<Result<WireAnswer, WireFault>> {
  const total = AbortSignal.timeout(wire.timeoutMs);
  const connecting = new AbortController();
  const connectTimer = setTimeout(() => connecting.abort(), Math.min(mostConnectMs, wire.timeoutMs));
  const isSecure = wire.baseUrl.protocol === "https:";

  return new Promise<Result<WireAnswer, WireFault>>((resolve) => {
    const failed = (cause: NodeJS.ErrnoException): void => {
      const isLate = total.aborted || connecting.signal.aborted;
      resolve(fail({ kind: isLate ? "timeout" : "network", detail: isLate ? "deadline" : (cause.code ?? cause.name) }));
    };
    const request = (isSecure ? httpsRequest : httpRequest)(wire.baseUrl, {
      method: wire.method,
      path: wire.target,
      headers: wire.headers,
      agent: false,
      signal: AbortSignal.any([total, connecting.signal]),
    });
    request.on("socket", (socket) => {
      socket.once(isSecure ? "secureConnect" : "connect", () => clearTimeout(connectTimer));
    });
    request.on("error", failed);
    request.on("response", (response) => {
      clearTimeout(connectTimer);
      collect(response).then(resolve, failed);
    });
    request.end(wire.body);
  }).finally(() => clearTimeout(connectTimer));
}

async function collect(response: IncomingMessage): Promise<Result<WireAnswer, WireFault>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A response without an encoding set yields buffers; leaving the loop destroys the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) return fail({ kind: "too-large", detail: `more than ${mostAnswerBytes} bytes` });
    chunks.push(chunk);
  }
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return ok({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) });
}
