import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ControlRefusal } from "#contract/bench/devices.ts";
import { listenOn } from "./listen-on.ts";
import { ControlError, type ControlRoute } from "./route.ts";
import type { Watchers } from "./watchers.ts";

/** The longest request is a scan of a full QR code, 4,296 characters; the rest is room for escapes. */
const MAX_BODY_BYTES = 65_536;
const HOST = "127.0.0.1";

export interface ControlServerOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** Must come with every request as `Authorization: Bearer …`. */
  readonly token: string;
  readonly routes: readonly ControlRoute[];
  readonly watchers: Watchers;
}

export interface ControlServer {
  /** `http://127.0.0.1:…`, without a slash at the end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * The simulators' control interface: JSON over HTTP on the loopback, and `GET /events` as server-sent events.
 * Everything here moves make-believe money, yet web pages in a browser on the same machine are kept out: by the token,
 * by the Host header (DNS rebinding), and because a request with an Origin is refused. Rejects when the port is taken.
 */
export async function startControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const routes = new Map(options.routes.map((route) => [`${route.method} ${route.path}`, route]));
  const paths = new Set([...options.routes.map((route) => route.path), "/events"]);
  if (routes.size !== options.routes.length) throw new Error("two control routes share one path and method");
  let host = "";

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const refusal =
        error instanceof Refusal ? error : new Refusal(500, "The simulator failed; see its standard error.");
      if (!(error instanceof Refusal)) console.error(error);
      if (response.headersSent) response.destroy();
      else send(response, refusal.status, { error: refusal.message } satisfies ControlRefusal);
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    checkSender(request, host, options.token);
    const path = request.url ?? "/";
    const method = request.method ?? "";
    const route = routes.get(`${method} ${path}`);
    if (method === "GET" && path === "/events") {
      if (!options.watchers.add(response)) throw new Refusal(429, "Too many watchers.");
      return;
    }
    if (route === undefined) {
      throw paths.has(path)
        ? new Refusal(405, `${path} does not take ${method}.`)
        : new Refusal(404, `There is no ${path}.`);
    }
    const body = route.method === "POST" ? await readJson(request) : {};
    send(response, 200, await handled(route, body));
  }

  const port = await listenOn(server, HOST, options.port);
  host = `${HOST}:${port}`;
  return { url: `http://${host}`, close: () => close(server, options.watchers) };
}

/** A request that is not carried out, with its HTTP status. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function handled(route: ControlRoute, body: unknown): Promise<unknown> {
  try {
    return await route.handle(body);
  } catch (error) {
    if (error instanceof ControlError) throw new Refusal(400, error.message);
    throw error;
  }
}

function checkSender(request: IncomingMessage, host: string, token: string): void {
  if (request.headers.host !== host) throw new Refusal(403, "Wrong Host header.");
  if (request.headers.origin !== undefined) throw new Refusal(403, "Web pages have no business here.");
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  // Hashes have one length, which timingSafeEqual needs.
  if (!timingSafeEqual(sha256(given), sha256(token))) throw new Refusal(401, "Wrong or no bearer token.");
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json(;|$)/.test(request.headers["content-type"] ?? "")) {
    throw new Refusal(415, "Send the body as application/json.");
  }
  const pieces: Buffer[] = [];
  let length = 0;
  // Without an encoding set, a request gives Buffers; its type says `any`.
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MAX_BODY_BYTES) throw new Refusal(413, `A body has at most ${MAX_BODY_BYTES} bytes.`);
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString("utf8"));
  } catch (cause) {
    throw new Refusal(400, `The body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? null);
  // A refused body may still be on its way: the connection is not used again.
  const headers = status === 200 ? {} : { Connection: "close" };
  response.writeHead(status, {
    ...headers,
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(text);
}

async function close(server: Server, watchers: Watchers): Promise<void> {
  watchers.close();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
