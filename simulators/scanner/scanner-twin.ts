import type {
  ScanAnswer,
  ScannerState,
  ScannerSwitches,
  ScannerSwitchesRequest,
  ScanRequest,
} from "#contract/bench/devices.ts";
import { ControlError, type Announce } from "../control/route.ts";
import { LineFaults, withParityBits } from "../line/line-faults.ts";
import { LineServer } from "../line/line-server.ts";

const SLOW_MS = 20;

const allWell: ScannerSwitches = {
  unplugged: false,
  slow: false,
  noisy: false,
  misparity: false,
  breaking: false,
};

/**
 * A barcode scanner on a serial-to-Ethernet box: tills connect by TCP, a scan is its text and CR. What a till says to it
 * is for its settings; this one has none.
 */
export class ScannerTwin {
  readonly #line: LineServer;
  readonly #announce: Announce;
  readonly #faults = new LineFaults();
  #switches = allWell;
  /** A slow code is said to its end before the next one begins. */
  #speaking: Promise<void> = Promise.resolve();

  /** Listens on `host`; port 0 picks a free one. Rejects when the port is taken. */
  static async start(announce: Announce, host: string, port: number): Promise<ScannerTwin> {
    const line = await LineServer.start(host, port, {
      onHeard: () => undefined,
      onConnections: () => announce("scanner"),
    });
    return new ScannerTwin(announce, line);
  }

  private constructor(announce: Announce, line: LineServer) {
    this.#announce = announce;
    this.#line = line;
  }

  get port(): number {
    return this.#line.address.port;
  }

  state(): ScannerState {
    return { switches: this.#switches, connections: this.#line.connections };
  }

  /** Resolves when the plug is where it was put. */
  async turn(switches: ScannerSwitchesRequest): Promise<void> {
    // A JSON body names only the switches it moves.
    this.#switches = { ...this.#switches, ...(switches as Partial<ScannerSwitches>) };
    if (switches.unplugged !== undefined) await this.#line.unplug(switches.unplugged);
    this.#announce("scanner");
  }

  /** Pulls the trigger. Throws `ControlError` when no till is connected: the beep would mean nothing. */
  scan({ text, aim = "" }: ScanRequest): ScanAnswer {
    const sentTo = this.#line.connections;
    if (sentTo === 0) throw new ControlError("No till is connected to the scanner.");
    const { noisy, misparity, breaking, slow } = this.#switches;
    let bytes: Buffer = Buffer.from(`${aim}${text}\r`);
    if (noisy) bytes = this.#faults.disturb(bytes);
    if (misparity) bytes = withParityBits(bytes);
    if (breaking) this.#breakOff(bytes);
    else if (slow) this.#speaking = this.#speaking.then(() => this.#saySlowly(bytes));
    else this.#line.say(bytes);
    this.#announce("scanner");
    return { sentTo };
  }

  async close(): Promise<void> {
    await this.#line.close();
  }

  #breakOff(bytes: Buffer): void {
    this.#switches = { ...this.#switches, breaking: false };
    this.#line.say(bytes.subarray(0, Math.ceil(bytes.length / 2)));
    this.#line.cut();
  }

  #saySlowly(bytes: Buffer): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let said = 0;
    const timer = setInterval(() => {
      this.#line.say(bytes.subarray(said, said + 1));
      said += 1;
      if (said < bytes.length) return;
      clearInterval(timer);
      resolve();
    }, SLOW_MS).unref();
    return promise;
  }
}
