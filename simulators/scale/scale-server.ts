import type { ScaleState, ScaleSwitchesRequest } from "#contract/bench/scale.ts";
import { LineServer } from "../line/line-server.ts";
import { ScaleTwin, type ScaleTwinOptions } from "./scale-twin.ts";

/** The scale twin on a serial-to-Ethernet box. */
export class ScaleServer {
  readonly twin: ScaleTwin;
  readonly #line: LineServer;

  /** Port 0 picks a free one. Rejects when the port is taken. */
  static async start(options: ScaleTwinOptions, host: string, port: number): Promise<ScaleServer> {
    const twin = new ScaleTwin(options);
    const line = await LineServer.start(host, port, {
      onHeard: (bytes) => twin.hear(bytes),
      onConnections: () => options.announce("scale"),
    });
    twin.onBytes((bytes) => line.say(bytes));
    return new ScaleServer(twin, line);
  }

  private constructor(twin: ScaleTwin, line: LineServer) {
    this.twin = twin;
    this.#line = line;
  }

  get address(): { host: string; port: number } {
    return this.#line.address;
  }

  state(): ScaleState {
    return this.twin.state(this.#line.connections);
  }

  async turn(switches: ScaleSwitchesRequest): Promise<void> {
    this.twin.turn(switches);
    if (switches.unplugged !== undefined) await this.#line.unplug(switches.unplugged);
  }

  async close(): Promise<void> {
    this.twin.close();
    await this.#line.close();
  }
}
