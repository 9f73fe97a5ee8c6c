import { createServer, type Server, type Socket } from "node:net";
import type { PrinterTwin } from "./printer-twin.ts";
import { listenOn } from "../control/listen-on.ts";

/** Connections waiting behind the one that is being served; a printer's network card has about as many. */
const MAX_WAITING = 8;

/**
 * The printer's network card: raw bytes on a TCP port, as port 9100 is everywhere. It serves one connection at a time;
 * others are accepted and wait unread, as with real cards.
 */
export class PrinterServer {
  readonly #twin: PrinterTwin;
  readonly #host: string;
  #server: Server;
  #port: number;
  #serving: Socket | undefined;
  #waiting: Socket[] = [];
  /** What the plug does takes a moment; the moves happen one after the other. */
  #plugMoves: Promise<void> = Promise.resolve();
  #isListening = false;

  /** Listens on `host`; port 0 picks a free one. Rejects when the port is taken. */
  static async start(twin: PrinterTwin, host: string, port: number): Promise<PrinterServer> {
    const server = new PrinterServer(twin, host, port);
    await server.#listen();
    twin.onReply((bytes) => server.#serving?.write(bytes));
    twin.onRoom(() => server.#serving?.resume());
    twin.onSwitch((switches) => server.#obeySwitches(switches.unplugged));
    return server;
  }

  private constructor(twin: PrinterTwin, host: string, port: number) {
    this.#twin = twin;
    this.#host = host;
    this.#port = port;
    this.#server = this.#create();
  }

  get address(): { host: string; port: number } {
    return { host: this.#host, port: this.#port };
  }

  get connections(): number {
    return this.#waiting.length + (this.#serving === undefined ? 0 : 1);
  }

  /** When the plug's last move is done: the port refuses, or accepts again. Rejects when the port was lost meanwhile. */
  async settled(): Promise<void> {
    await this.#plugMoves;
  }

  async close(): Promise<void> {
    await this.#plugMoves.catch(() => undefined);
    await this.#shut();
  }

  #create(): Server {
    // Half-open so that what a till sent before it closed is read to its end.
    return createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) => this.#accept(socket));
  }

  async #listen(): Promise<void> {
    if (this.#isListening) return;
    this.#port = await listenOn(this.#server, this.#host, this.#port);
    this.#isListening = true;
  }

  async #shut(): Promise<void> {
    for (const socket of [...this.#waiting, this.#serving]) socket?.destroy();
    if (!this.#isListening) return;
    this.#isListening = false;
    await new Promise((resolve) => this.#server.close(resolve));
    this.#server = this.#create();
  }

  #obeySwitches(isUnplugged: boolean): void {
    if (!isUnplugged && !this.#twin.hasRoom) this.#serving?.pause();
    this.#plugMoves = this.#plugMoves.then(() => (isUnplugged ? this.#shut() : this.#listen()));
    // `settled` tells whoever moved the plug; nobody else may be waiting.
    this.#plugMoves.catch(() => undefined);
  }

  #accept(socket: Socket): void {
    if (this.#waiting.length >= MAX_WAITING) {
      socket.destroy();
      return;
    }
    this.#waiting.push(socket);
    // A reset connection is closed below like any other.
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const bytes = typeof data === "string" ? Buffer.from(data) : data;
      if (this.#twin.switches.breaking) return this.#breakOff(socket, bytes);
      if (!this.#twin.feed(bytes)) socket.pause();
    });
    socket.on("end", () => socket.end());
    socket.on("close", () => this.#release(socket));
    this.#serveNext();
  }

  #breakOff(socket: Socket, bytes: Buffer): void {
    this.#twin.turn({ breaking: false });
    this.#twin.feed(bytes.subarray(0, bytes.length >> 1));
    socket.destroy();
  }

  #release(socket: Socket): void {
    this.#waiting = this.#waiting.filter((other) => other !== socket);
    if (this.#serving === socket) {
      this.#serving = undefined;
      this.#twin.hangUp();
    }
    this.#serveNext();
  }

  #serveNext(): void {
    if (this.#serving !== undefined) return;
    this.#serving = this.#waiting.shift();
    if (this.#twin.hasRoom) this.#serving?.resume();
  }
}
