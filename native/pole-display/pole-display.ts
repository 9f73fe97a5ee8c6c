import type { PoleDisplayConfig } from "#contract/config/devices.ts";
import type { HostEvent } from "#contract/devices/messages.ts";
import type { PoleShow } from "#contract/devices/pole.ts";
import type { Device } from "../device-group.ts";
import type { Transport } from "../transport/transport.ts";
import { wireMs } from "../transport/open-transport.ts";
import { onLine } from "../transport/serial-line.ts";
import { poleProtocol } from "./pole-protocol.ts";

/** Beside the wire's own time: what a busy machine takes to hand a few dozen bytes to its driver. */
const WRITE_SPARE_MS = 1_000;
/** Nobody reads faster; and what waits in a driver's buffer could not be skipped any more. */
const SHORTEST_SHOWN_MS = 80;

/**
 * Shows the newest state on the customer's pole display, and nothing older: what came meanwhile is skipped. A display that
 * is away, slow or stuck holds nobody up, and shows the newest state again as soon as it is back.
 */
export class PoleDisplay implements Device {
  readonly #config: PoleDisplayConfig;
  readonly #transport: Transport;
  readonly #report: (event: HostEvent) => void;
  #wanted: PoleShow | null = null;
  /** What the connection has been sent, as text to compare; null: nothing, not even the greeting. */
  #shown: { readonly connection: number; readonly show: string } | null = null;
  #isWriting = false;

  constructor(config: PoleDisplayConfig, transport: Transport, report: (event: HostEvent) => void) {
    this.#config = config;
    this.#transport = transport;
    this.#report = report;
    transport.onState(() => {
      this.tell();
      void this.#pump();
    });
  }

  tell(): void {
    const { state, reason } = this.#transport.current();
    this.#report({ kind: "device-state", deviceId: this.#config.id, role: "display", state, reason, trouble: null });
  }

  show(show: PoleShow): void {
    this.#wanted = show;
    void this.#pump();
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #pump(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    try {
      while (await this.#writeNewest());
    } finally {
      this.#isWriting = false;
    }
  }

  /** True where something was written, and something newer may be waiting. */
  async #writeNewest(): Promise<boolean> {
    const connection = this.#transport.connection();
    if (this.#wanted === null || connection === null || this.#transport.current().state !== "ready") return false;
    const show = JSON.stringify(this.#wanted);
    const isNew = this.#shown?.connection !== connection;
    if (!isNew && this.#shown?.show === show) return false;
    const { serial, hello, frame } = poleProtocol(this.#config);
    const bytes = Buffer.concat([...(isNew ? [hello] : []), frame(this.#wanted)]);
    const onWireMs = wireMs(onLine(this.#config.transport, serial), bytes.length);
    const outcome = await this.#transport.write(bytes, onWireMs + WRITE_SPARE_MS);
    if (outcome.kind === "stalled" && (await outcome.rest) === "lost") return true;
    if (outcome.kind === "refused" || outcome.kind === "lost") return false;
    this.#shown = { connection, show };
    await new Promise((resolve) => setTimeout(resolve, Math.max(onWireMs, SHORTEST_SHOWN_MS)));
    return true;
  }
}
