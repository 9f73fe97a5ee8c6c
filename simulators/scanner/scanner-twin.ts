import { createServer, type Server, type Socket } from "node:net";
import type { ScanAnswer, ScanRequest } from "#contract/bench/devices.ts";
import { ControlError, type Announce } from "../control/route.ts";
import { listenOn } from "../control/listen-on.ts";

/** Tills that may listen to one scanner: a box of this kind has few ports. */
const MAX_CLIENTS = 8;
/** A till that does not read this much of scans has hung; its connection is cut. */
const MAX_UNREAD_BYTES = 65_536;

/** A barcode scanner on a serial-to-Ethernet box: tills connect by TCP, a scan is its text and CR. */
export class ScannerTwin {
  readonly #server: Server;
  readonly #announce: Announce;
  readonly #clients = new Set<Socket>();
  #port = 0;

  /** Listens on `host`; port 0 picks a free one. Rejects when the port is taken. */
  static async start(announce: Announce, host: string, port: number): Promise<ScannerTwin> {
    const twin = new ScannerTwin(announce);
    twin.#port = await listenOn(twin.#server, host, port);
    return twin;
  }

  private constructor(announce: Announce) {
    this.#announce = announce;
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  get port(): number {
    return this.#port;
  }

  /** Pulls the trigger. Throws `ControlError` when no till is connected: the beep would mean nothing. */
  scan({ text, aim = "" }: ScanRequest): ScanAnswer {
    if (this.#clients.size === 0) throw new ControlError("No till is connected to the scanner.");
    for (const client of this.#clients) {
      client.write(`${aim}${text}\r`);
      if (client.writableLength > MAX_UNREAD_BYTES) client.destroy();
    }
    this.#announce("scanner");
    return { sentTo: this.#clients.size };
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    if (this.#clients.size >= MAX_CLIENTS) {
      socket.destroy();
      return;
    }
    this.#clients.add(socket);
    this.#announce("scanner");
    // What a till says to a scanner is for its settings; this one has none, but its words must not pile up.
    socket.resume();
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#clients.delete(socket);
      this.#announce("scanner");
    });
  }
}
