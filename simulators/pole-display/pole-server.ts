import type { PoleModel, PoleState, PoleSwitchesRequest } from "#contract/bench/pole-display.ts";
import type { Announce } from "../control/route.ts";
import { LineServer } from "../line/line-server.ts";
import { Cd5220Decoder } from "./cd5220-decoder.ts";
import { Led8Decoder } from "./led8-decoder.ts";

export interface PoleServerOptions {
  readonly model: PoleModel;
  /** Whether its firmware knows GB18030; most do not. */
  readonly isChinese: boolean;
  readonly announce: Announce;
}

/** The pole display twin on a serial-to-Ethernet box. It only listens. */
export class PoleServer {
  readonly #options: PoleServerOptions;
  #vfd: Cd5220Decoder;
  #led = new Led8Decoder();
  #line: LineServer | null = null;
  #switches = { unplugged: false, stalled: false };
  #receivedBytes = 0;

  /** Port 0 picks a free one. Rejects when the port is taken. */
  static async start(options: PoleServerOptions, host: string, port: number): Promise<PoleServer> {
    const server = new PoleServer(options);
    server.#line = await LineServer.start(host, port, {
      onHeard: (bytes) => server.hear(bytes),
      onConnections: () => options.announce("pole-display"),
    });
    return server;
  }

  constructor(options: PoleServerOptions) {
    this.#options = options;
    this.#vfd = new Cd5220Decoder(options.isChinese);
  }

  get address(): { host: string; port: number } {
    return this.#line?.address ?? { host: "", port: 0 };
  }

  /** What comes over the line from a till. */
  hear(bytes: Uint8Array): void {
    this.#receivedBytes += bytes.length;
    if (this.#options.model === "led8") this.#led.feed(bytes);
    else this.#vfd.feed(bytes);
    this.#options.announce("pole-display");
  }

  state(): PoleState {
    const isLed = this.#options.model === "led8";
    return {
      model: this.#options.model,
      switches: this.#switches,
      upper: this.#vfd.upper,
      lower: this.#vfd.lower,
      digits: this.#led.digits,
      lamp: this.#led.lamp,
      faults: isLed ? this.#led.faults.list() : this.#vfd.faults.list(),
      connections: this.#line?.connections ?? 0,
      receivedBytes: this.#receivedBytes,
    };
  }

  async turn({ unplugged, stalled }: PoleSwitchesRequest): Promise<void> {
    this.#switches = {
      unplugged: unplugged ?? this.#switches.unplugged,
      stalled: stalled ?? this.#switches.stalled,
    };
    this.#line?.setDeaf(this.#switches.stalled);
    if (unplugged === true) {
      // Without power it forgets what it showed.
      this.#vfd = new Cd5220Decoder(this.#options.isChinese);
      this.#led = new Led8Decoder();
      this.#receivedBytes = 0;
    }
    if (unplugged !== undefined) await this.#line?.unplug(unplugged);
    this.#options.announce("pole-display");
  }

  async close(): Promise<void> {
    await this.#line?.close();
  }
}
