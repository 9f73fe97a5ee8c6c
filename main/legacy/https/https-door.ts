import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "node:https";
import { mostNexoBytes } from "#contract/nexo/header.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import { countedLimit } from "./counted-limit.ts";
import type { Pairings } from "./pairings.ts";
import type { TlsIdentity } from "./self-signed.ts";

/** Sixteen old tills, each with a payment and a question about it; more is nobody of the shop's. */
const mostConnections = 64;
/** A message is small and the network is the shop's. */
const arriveWithinMs = 10_000;
/** Of one old till: faster than a person sells and a program asks for a status. */
const perTill = { most: 60, everyMs: 10_000 };
/** Wrong tokens from one address: 256 bits are not guessed, but nobody needs more tries. */
const perStranger = { most: 10, everyMs: 60_000 };

export interface HttpsDoorParts {
  readonly host: string;
  /** 0: any that is free, for a test. */
  readonly port: number;
  readonly identity: TlsIdentity;
  readonly pairings: Pick<Pairings, "nameOf">;
  readonly desk: LegacyDesk;
  readonly now: () => number;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

export interface HttpsDoor {
  readonly port: number;
  /** Every connection ends; payments do not. */
  close(): Promise<void>;
}

/**
 * `POST /nexo` with a pairing's token, TLS 1.2 or newer under this till's own certificate. A connection that goes away takes
 * nothing with it: the payment is the desk's, and the same request over another connection finds it. Rejects where the
 * address cannot be listened on.
 */
export function openHttpsDoor(parts: HttpsDoorParts): Promise<HttpsDoor> {
  const { identity, host, port, log } = parts;
  const tills = countedLimit(perTill, parts.now);
  const strangers = countedLimit(perStranger, parts.now);
  // Not imported: only a shop with such tills needs it, and every start would load it.
  const server = process.getBuiltinModule("node:https").createServer(
    {
      ...{ key: identity.keyPem, cert: identity.certificatePem, minVersion: "TLSv1.2" },
      ...{ requestTimeout: arriveWithinMs, headersTimeout: arriveWithinMs, maxHeaderSize: 8_192 },
    },
    (request, response) => {
      answer(request, response).catch((cause: unknown) => {
        log("an old till's request could not be answered", { cause });
        end(response, 500);
      });
    },
  );
  server.maxConnections = mostConnections;
  // A handshake that fails is somebody who does not know the certificate, or is no client at all.
  server.on("tlsClientError", (_error, socket) => socket.destroy());

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== "/nexo") return end(response, 404);
    if (request.method !== "POST") return end(response, 405);
    const from = request.socket.remoteAddress ?? "";
    const name = nameOf(request.headers.authorization);
    if (name === null) {
      strangers.count(from);
      // An old till behind the same address has its own token, and is let in all the same.
      return end(response, strangers.isOver(from) ? 429 : 401);
    }
    tills.count(name);
    if (tills.isOver(name)) return end(response, 429);
    const text = await bodyOf(request);
    if (text === null) return end(response, 413);
    const told = await parts.desk.answer(text, { door: "https", name });
    if (response.destroyed) return;
    response.writeHead(200, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
    response.end(told);
  }

  function nameOf(authorization: string | undefined): string | null {
    const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(authorization ?? "")?.[1];
    return token === undefined ? null : parts.pairings.nameOf(token);
  }

  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      server.on("error", (cause) => log("the door of old tills has a fault", { cause }));
      const address = server.address();
      const listening = address !== null && typeof address === "object" ? address.port : port;
      resolve({ port: listening, close: () => closeAll(server) });
    });
  });
}

function closeAll(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** What is refused is not read on: the connection ends with its answer. */
function end(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { connection: "close" });
  response.end();
}

/**
 * Null where it is larger than a message can be; throws where the connection went away. What is no UTF-8 becomes a text that is
 * no JSON, and the desk says so: a name with a letter replaced would be a guess.
 */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part as Uint8Array); // a stream without an encoding gives bytes
    length += bytes.length;
    if (length > mostNexoBytes) return null;
    parts.push(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    return "";
  }
}
