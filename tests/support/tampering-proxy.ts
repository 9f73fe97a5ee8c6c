import { createServer, request, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer on its way from the gateway to the till. */
export interface Passing {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface TamperingProxy {
  readonly baseUrl: string;
  /** Method and path of every request that went through, without its query. */
  readonly passed: readonly string[];
  /** What is done to answers from now on; null lets them pass as they are. */
  tamper: ((answer: Passing) => Passing) | null;
  close(): Promise<void>;
}

/**
 * Somebody between the till and the gateway, on loopback: requests pass byte for byte, answers can be changed. Knows
 * nothing of signatures, and shares no code with either side.
 */
export async function startTamperingProxy(upstreamUrl: string): Promise<TamperingProxy> {
  const passed: string[] = [];
  const proxy = { tamper: null as TamperingProxy["tamper"] };
  const server = createServer((incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    passed.push(`${method} ${url.split("?", 1)[0]}`);
    const upstream = request(new URL(upstreamUrl), { method, path: url, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", () => outgoing.destroy());
      answer.on("end", () => {
        const whole = { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) };
        const { status, headers: told, body } = proxy.tamper?.(whole) ?? whole;
        const { "content-length": _, "transfer-encoding": __, connection: ___, ...others } = told;
        // Of an answer without a body nothing is announced.
        const length = status === 204 ? {} : { "content-length": `${body.length}` };
        outgoing.writeHead(status, { ...others, ...length });
        outgoing.end(status === 204 ? undefined : body);
      });
    });
    upstream.on("error", () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has no other kind of address
  return Object.assign(proxy, {
    baseUrl: `http://127.0.0.1:${port}`,
    passed,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
