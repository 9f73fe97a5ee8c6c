import type { ServerResponse } from "node:http";
import type { Announce } from "./route.ts";

/** A bench window, a test and a second bench are three; more than this is a leak of somebody's. */
const MAX_WATCHERS = 16;
/** Often enough that a watcher can tell a dead connection from a quiet one. */
const HEARTBEAT_MS = 15_000;
/** A watcher that leaves this much unread has hung; it is cut off and may come back. */
const MAX_UNREAD_BYTES = 65_536;

type Topic = Parameters<Announce>[0];

/** Those who want to know when something changed: server-sent events, one per topic, without data to read. */
export class Watchers {
  readonly #responses = new Set<ServerResponse>();
  readonly #changed = new Set<Topic>();
  readonly #heartbeat = setInterval(() => this.#send(": still here\n\n"), HEARTBEAT_MS).unref();

  /** Tells everybody. Announcements of one turn of the event loop become one event each topic. */
  readonly announce: Announce = (topic) => {
    if (this.#changed.size === 0) setImmediate(() => this.#tell());
    this.#changed.add(topic);
  };

  /** Adds a watcher, or answers false when there are too many. */
  add(response: ServerResponse): boolean {
    if (this.#responses.size >= MAX_WATCHERS) return false;
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    // Sent at once, so that a watcher knows it is not too late for anything that happens from here on.
    response.write(": watching\n\n");
    this.#responses.add(response);
    response.on("close", () => this.#responses.delete(response));
    return true;
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const response of this.#responses) response.destroy();
  }

  #tell(): void {
    const topics = [...this.#changed];
    this.#changed.clear();
    this.#send(topics.map((topic) => `event: ${topic}\ndata: {}\n\n`).join(""));
  }

  #send(text: string): void {
    for (const response of this.#responses) {
      response.write(text);
      if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
    }
  }
}
