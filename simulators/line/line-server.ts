import { createServer, type Server, type Socket } from "node:net";
import { listenOn } from "../control/listen-on.ts";

/** Tills on one box; a serial-to-Ethernet adapter has about as many. */
const MAX_CLIENTS = 4;
/** A till that leaves this much unread has hung; its connection is cut. */
const MAX_UNREAD_BYTES = 65_536;

export interface LineEvents {
  readonly onHeard: (bytes: Buffer) => void;
  readonly onConnections: () => void;
}

/** The Ethernet side of a serial device: tills connect by TCP, all hear the same. */
export class LineServer {
  readonly #events: LineEvents;
  readonly #host: string;
  readonly #clients = new Set<Socket>();
  #server: Server;
  #port: number;
  #isListening = false;
  #isDeaf = false;
  /** What the plug does takes a moment; the moves happen one after the other. */
  #moves: Promise<void> = Promise.resolve();

  /** Port 0 picks a free one. Rejects when the port is taken. */
  static async start(host: string, port: number, events: LineEvents): Promise<LineServer> {
    const server = new LineServer(host, port, events);
    await server.#listen();
    return server;
  }

  private constructor(host: string, port: number, events: LineEvents) {
    this.#host = host;
    this.#port = port;
    this.#events = events;
    this.#server = this.#create();
  }

  get address(): { host: string; port: number } {
    return { host: this.#host, port: this.#port };
  }

  get connections(): number {
    return this.#clients.size;
  }

  say(bytes: Uint8Array): void {
    for (const client of this.#clients) {
      client.write(bytes);
      if (client.writableLength > MAX_UNREAD_BYTES) client.destroy();
    }
  }

  /** Ends every connection after what was said; new ones are accepted. */
  cut(): void {
    for (const client of this.#clients) client.end();
  }

  /** Resolves when the port refuses (`true`), or accepts again (`false`). Rejects when the port was lost meanwhile. */
  unplug(isUnplugged: boolean): Promise<void> {
    const move = this.#moves.then(() => (isUnplugged ? this.#shut() : this.#listen()));
    this.#moves = move.catch(() => undefined);
    return move;
  }

  /** Deaf: accepts and reads nothing more. */
  setDeaf(isDeaf: boolean): void {
    this.#isDeaf = isDeaf;
    for (const client of this.#clients) {
      if (isDeaf) client.pause();
      else client.resume();
    }
  }

  async close(): Promise<void> {
    await this.#moves;
    await this.#shut();
  }

  #create(): Server {
    return createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  async #listen(): Promise<void> {
    if (this.#isListening) return;
    this.#port = await listenOn(this.#server, this.#host, this.#port);
    this.#isListening = true;
  }

  async #shut(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    if (!this.#isListening) return;
    this.#isListening = false;
    await new Promise((resolve) => this.#server.close(resolve));
    this.#server = this.#create();
  }

  #accept(socket: Socket): void {
    if (this.#clients.size >= MAX_CLIENTS) {
      socket.destroy();
      return;
    }
    this.#clients.add(socket);
    socket.on("data", (bytes: Buffer) => this.#events.onHeard(bytes));
    // A reset connection is closed below like any other.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#clients.delete(socket);
      this.#events.onConnections();
    });
    if (this.#isDeaf) socket.pause();
    this.#events.onConnections();
  }
}
