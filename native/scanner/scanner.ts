import type { HostScannerConfig } from "#contract/config/devices.ts";
import type { HostEvent } from "#contract/devices/messages.ts";
import type { Transport } from "../transport/transport.ts";
import { HidPosReader } from "./hid-pos.ts";
import { LONGEST_SCAN, type ScanReader, type SplitScan } from "./scan-reader.ts";
import { ScanSplitter } from "./scan-splitter.ts";

/** Ends a code of a scanner that sends no suffix: at 9600 baud two bytes of one code are 1 ms apart. */
const IDLE_GAP_MS = 80;
/** A scanner known to send a suffix gets this long before its unfinished code is let go: the machine may be busy. */
const SUFFIX_GAP_MS = 500;

/** Listens to one scanner and reports its scans, one at a time and in order. */
export class Scanner {
  readonly #config: HostScannerConfig;
  readonly #transport: Transport;
  readonly #report: (event: HostEvent) => void;
  #reader: ScanReader;
  /** It has shown that it says where its codes end. Plugged in again it is the same scanner. */
  #saysEnds = false;
  #timer: NodeJS.Timeout | null = null;
  #lastByteAtMs = 0;

  constructor(config: HostScannerConfig, transport: Transport, report: (event: HostEvent) => void) {
    this.#config = config;
    this.#transport = transport;
    this.#report = report;
    this.#reader = readerFor(config);
    transport.onBytes((bytes) => this.#take(bytes));
    transport.onState(({ state, reason }) => {
      // Half a code from before the cable was pulled must not join the first one after it.
      if (state !== "ready") this.#forget();
      this.#tellState(reason);
    });
  }

  /** Says again how it stands. */
  tell(): void {
    this.#tellState(this.#transport.current().reason);
  }

  async close(): Promise<void> {
    this.#forget();
    await this.#transport.close();
  }

  #take(bytes: Buffer): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#lastByteAtMs = Date.now();
    this.#send(this.#reader.feed(bytes));
    this.#saysEnds ||= this.#reader.hasSeenSuffix();
    if (this.#reader.isWaiting()) this.#startGap();
  }

  #startGap(): void {
    const gapMs = this.#saysEnds ? SUFFIX_GAP_MS : IDLE_GAP_MS;
    // After a busy moment timers run before the bytes that are already waiting are read: let those in first.
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.#send(this.#reader.idle()), 1);
    }, gapMs);
  }

  #send(scans: readonly SplitScan[]): void {
    for (const scan of scans) {
      if (scan.kind === "overlong") this.#tellState(`a code of more than ${LONGEST_SCAN} characters was dropped`);
      else if (scan.kind === "garbled") this.#tellState("a code that came broken was dropped");
      else
        this.#report({
          kind: "scan",
          deviceId: this.#config.id,
          text: scan.text,
          aim: scan.aim,
          source: this.#config.transport.kind,
          atMs: this.#lastByteAtMs,
        });
    }
  }

  #forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#reader = readerFor(this.#config);
  }

  #tellState(reason: string | null): void {
    const { state } = this.#transport.current();
    this.#report({ kind: "device-state", deviceId: this.#config.id, role: "scanner", state, reason, trouble: null });
  }
}

/** HID-POS reports say by themselves where a code ends; all others send a stream of characters. */
function readerFor({ transport, prefix }: HostScannerConfig): ScanReader {
  return transport.kind === "hid" ? new HidPosReader(prefix) : new ScanSplitter(prefix);
}
