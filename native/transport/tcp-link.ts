import { connect, type Socket } from "node:net";
import type { Link, LinkEvents, OpenedLink } from "./transport.ts";

const CONNECT_DEADLINE_MS = 3_000;
/** First keep-alive probe: a printer that lost power says nothing, and only a probe finds out. */
const KEEP_ALIVE_MS = 10_000;

/** Connects to a device that listens on TCP (most network printers: port 9100) for one connection. */
export function openTcpLink(host: string, port: number, events: LinkEvents): Promise<OpenedLink> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    let ended = false;
    let failure = "the device closed the connection";
    const timer = setTimeout(() => {
      socket.destroy(new Error(`no answer within ${CONNECT_DEADLINE_MS} ms`));
    }, CONNECT_DEADLINE_MS);
    socket.on("connect", () => {
      clearTimeout(timer);
      resolve({ ok: true, link: new TcpLink(socket) });
    });
    socket.on("data", (bytes: Buffer) => events.onBytes(bytes));
    socket.on("error", (error) => {
      failure = error.message;
    });
    socket.on("close", () => {
      clearTimeout(timer);
      // Settles the opening when it failed; after a success this call has no effect.
      resolve({ ok: false, absent: false, reason: failure });
      if (!ended) events.onEnd(failure);
      ended = true;
    });
  });
}

class TcpLink implements Link {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  send(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once("close", () => resolve());
      // With bytes still waiting, an ordinary close would let the kernel deliver them after the job was given up.
      if (this.#socket.writableLength > 0) this.#socket.resetAndDestroy();
      else this.#socket.destroy();
    });
  }
}
