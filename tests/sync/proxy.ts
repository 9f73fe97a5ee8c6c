import { createServer, type IncomingMessage } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { pick, pickOne, type Random } from "#tests/support/random.ts";

/** What happens to one request on its way; shares are parts of the bytes, from 0 to below 1. */
export type Fault =
  | { readonly kind: "none" }
  /** Hung up on before a byte went on. */
  | { readonly kind: "refuse" }
  /** Head office gets its first bytes and then silence. */
  | { readonly kind: "cut-request"; readonly share: number }
  /** Head office has done its work and answered; the till gets the answer's first bytes. */
  | { readonly kind: "cut-answer"; readonly share: number }
  /** Nothing comes back, whether it went on or not, until the till or the hole gives up. */
  | { readonly kind: "black-hole"; readonly isDelivered: boolean; readonly holdMs: number }
  | { readonly kind: "delay"; readonly ms: number }
  /** Head office gets the same bytes twice; the till hears the first answer. */
  | { readonly kind: "duplicate" }
  /** The till is hung up on, and the bytes arrive after its next request: its retry overtakes it. */
  | { readonly kind: "late" }
  | { readonly kind: "status"; readonly status: number; readonly retryAfterSeconds: number | null }
  /** Somebody in between answers 200 with a page of his own, as hotels do. */
  | { readonly kind: "portal" };

export interface Passed {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly fault: Fault["kind"];
  /** Of head office's answer, whether the till heard it or not; null where there was none. */
  readonly status: number | null;
}

export interface FaultyProxy {
  /** Where the till sends to. */
  readonly baseUrl: string;
  /** What went through, oldest first; the last 20,000. */
  readonly passed: readonly Passed[];
  /** Of all that ever went through. */
  readonly counts: { readonly requests: number; readonly faults: number };
  /** Says what becomes of each request from now on. */
  decide: (request: Pick<Passed, "method" | "path">) => Fault;
  /** Where head office listens; it may have moved. */
  upstreamUrl: string;
  /** Delivers what is still held back, waits for what is under way, hangs up. */
  close(): Promise<void>;
}

const mostPassed = 20_000;
/** No request of a till comes near it. */
const mostRequestBytes = 4_194_304;
/** How long head office may be silent before the proxy gives it up. */
const upstreamDeadlineMs = 60_000;

/**
 * A line on loopback between till and head office that fails as `decide` says. Works on whole requests and on raw bytes of
 * answers, knows nothing of what they mean, and leaves every header but `Connection` as it was.
 */
export async function startFaultyProxy(upstreamUrl: string): Promise<FaultyProxy> {
  const passed: Passed[] = [];
  const counts = { requests: 0, faults: 0 };
  const underWay = new Set<Promise<void>>();
  let late: Buffer | null = null;
  const proxy = {
    upstreamUrl,
    decide: (): Fault => ({ kind: "none" }),
  } as Pick<FaultyProxy, "upstreamUrl" | "decide">;

  async function deliverLate(): Promise<void> {
    const held = late;
    late = null;
    if (held !== null) await exchange(proxy.upstreamUrl, held).catch(() => null);
  }

  async function carry(incoming: IncomingMessage): Promise<void> {
    const { socket, method = "GET", url = "/" } = incoming;
    const request = await wholeRequest(incoming);
    const path = url.split("?", 1)[0] ?? url;
    const fault = proxy.decide({ method, path });
    if (fault.kind === "late") {
      await deliverLate();
      late = request;
      socket.destroy();
    }
    const status = fault.kind === "late" ? null : await suffer(fault, request, socket, () => proxy.upstreamUrl);
    passed.push({ method, path, fault: fault.kind, status });
    if (passed.length > mostPassed) passed.shift();
    counts.requests += 1;
    if (fault.kind !== "none") counts.faults += 1;
    if (fault.kind !== "late") await deliverLate();
  }

  const server = createServer((incoming) => {
    const carrying = carry(incoming).catch(() => void incoming.socket.destroy());
    underWay.add(carrying);
    void carrying.finally(() => underWay.delete(carrying));
  });
  server.on("clientError", (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has no other kind of address
  return Object.assign(proxy, {
    baseUrl: `http://127.0.0.1:${port}`,
    ...{ passed, counts },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all(underWay);
      await deliverLate();
    },
  });
}

/** Faults drawn by seed: about `share` of all requests suffer, each kind as likely as the others. */
export function drawnFaults(random: Random, share: number, longestMs: number): () => Fault {
  const kinds: readonly (() => Fault)[] = [
    () => ({ kind: "refuse" }),
    () => ({ kind: "cut-request", share: random() }),
    // Twice, because it is the one that makes doubles.
    () => ({ kind: "cut-answer", share: random() }),
    () => ({ kind: "cut-answer", share: random() * 0.1 }),
    () => ({ kind: "black-hole", isDelivered: random() < 0.5, holdMs: pick(random, longestMs) }),
    () => ({ kind: "delay", ms: pick(random, longestMs) }),
    () => ({ kind: "duplicate" }),
    () => ({ kind: "late" }),
    () => ({ kind: "status", status: pickOne(random, [500, 502, 503]), retryAfterSeconds: null }),
    () => ({ kind: "status", status: pickOne(random, [429, 503]), retryAfterSeconds: 1 }),
    () => ({ kind: "portal" }),
  ];
  return () => (random() < share ? pickOne(random, kinds)() : { kind: "none" });
}

/** Lets one request have its fault; tells what head office said. */
async function suffer(
  fault: Exclude<Fault, { kind: "late" }>,
  request: Buffer,
  till: Socket,
  upstream: () => string,
): Promise<number | null> {
  switch (fault.kind) {
    case "refuse":
      till.destroy();
      return null;
    case "cut-request":
      await cutShort(upstream(), request.subarray(0, Math.floor(request.length * fault.share)));
      till.destroy();
      return null;
    case "black-hole": {
      const answer = fault.isDelivered ? await exchange(upstream(), request).catch(() => null) : null;
      await ended(till, fault.holdMs);
      till.destroy();
      return answer === null ? null : statusOf(answer);
    }
    case "status":
      till.end(madeAnswer(fault.status, fault.retryAfterSeconds, '{"kind":"busy","detail":"made by the line"}'));
      return null;
    case "portal":
      till.end(madeAnswer(200, null, "<html><body>Welcome to our hotel</body></html>"));
      return null;
    case "none":
    case "cut-answer":
    case "delay":
    case "duplicate": {
      if (fault.kind === "delay") await ended(till, fault.ms);
      const answer = await exchange(upstream(), request);
      if (fault.kind === "duplicate") await exchange(upstream(), request).catch(() => null);
      if (fault.kind !== "cut-answer") till.end(answer);
      else till.write(answer.subarray(0, Math.floor(answer.length * fault.share)), () => till.resetAndDestroy());
      return statusOf(answer);
    }
  }
}

/** The request's bytes, as they are sent on: one exchange a connection. Rejects where the till hangs up or sends too much. */
async function wholeRequest(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostRequestBytes) throw new Error("longer than any request of a till");
    chunks.push(chunk);
  }
  const { method, url, rawHeaders } = incoming;
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (!/^(?:connection|keep-alive|transfer-encoding|content-length)$/i.test(name))
      lines.push(`${name}: ${rawHeaders[index + 1]}`);
  }
  lines.push("Connection: close");
  if (length > 0 || method === "POST") lines.push(`Content-Length: ${length}`);
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), ...chunks]);
}

/** Sends all of it and reads the answer to its end. Rejects where head office is gone or dies meanwhile. */
function exchange(upstreamUrl: string, request: Buffer): Promise<Buffer> {
  const { hostname, port } = new URL(upstreamUrl);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const upstream = connect(Number(port), hostname, () => upstream.write(request));
    upstream.setTimeout(upstreamDeadlineMs, () => upstream.destroy(new Error("head office is silent")));
    upstream.on("data", (chunk) => chunks.push(chunk));
    upstream.once("error", reject);
    upstream.once("end", () => upstream.end());
    upstream.once("close", () => {
      const answer = Buffer.concat(chunks);
      if (answer.includes("\r\n\r\n")) resolve(answer);
      else reject(new Error("head office hung up without an answer"));
    });
  });
}

function cutShort(upstreamUrl: string, bytes: Buffer): Promise<void> {
  const { hostname, port } = new URL(upstreamUrl);
  return new Promise((resolve) => {
    const upstream = connect(Number(port), hostname, () => upstream.write(bytes, () => upstream.destroy()));
    upstream.once("error", () => resolve());
    upstream.once("close", () => resolve());
  });
}

/** Waits until the till hangs up, at most `ms`. */
function ended(till: Socket, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      till.removeListener("close", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    till.once("close", end);
  });
}

function madeAnswer(status: number, retryAfterSeconds: number | null, body: string): string {
  const wait = retryAfterSeconds === null ? "" : `Retry-After: ${retryAfterSeconds}\r\n`;
  const length = Buffer.byteLength(body);
  return `HTTP/1.1 ${status} Made\r\nContent-Type: text/plain\r\n${wait}Connection: close\r\nContent-Length: ${length}\r\n\r\n${body}`;
}

function statusOf(answer: Buffer): number | null {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer.toString("latin1", 0, 16))?.[1];
  return status === undefined ? null : Number(status);
}
