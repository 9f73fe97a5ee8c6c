import type { DeviceRole, HostEvent } from "#contract/devices/messages.ts";
import type { TraceEvent, TracePiece } from "#contract/devices/trace.ts";
import type { Transport } from "../transport/transport.ts";
import { AnswerClock } from "./answer-clock.ts";
import { ScanBytes } from "./scan-bytes.ts";
import { traceScan } from "./trace-scan.ts";

/** Enough of a command to know it by; receipts are not copied. */
const SHOWN_BYTES = 24;
/** Nobody asks for a longer look at a time; the page asks again while it is open. */
const LONGEST_MS = 60_000;

interface Traced {
  readonly id: string;
  readonly transport: { readonly kind: string };
}

type Report = (event: HostEvent) => void;

/**
 * Listens in on every line. Measures always how long answers take; says what goes over the lines only while it is asked
 * to, and never what may be a payment code.
 */
export class Tracer {
  readonly #report: Report;
  #untilMs = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  /** Says everything for so long from now on; 0 ends it. */
  traceFor(ms: number): void {
    this.#untilMs = Date.now() + Math.min(ms, LONGEST_MS);
  }

  /** The line to one device: `open` makes its transport, and what the device reports goes through `report`. */
  line(role: DeviceRole, config: Traced, open: (onSent: (bytes: Buffer) => void) => Transport) {
    const {
      id: deviceId,
      transport: { kind: source },
    } = config;
    const clock = new AnswerClock((ms) => this.#report({ kind: "answer-time", role, deviceId, ms, atMs: Date.now() }));
    const scans = new ScanBytes();
    const tell = (event: TraceEvent): void => {
      if (this.#isOn()) this.#report({ kind: "trace", line: { deviceId, role, atMs: Date.now(), ...event } });
    };
    const transport = open((bytes) => {
      clock.sent(bytes);
      tell({ kind: "sent", piece: pieceOf(bytes), status: null });
    });
    transport.onBytes((bytes) => {
      const status = clock.received(bytes);
      if (role !== "scanner") tell({ kind: "received", piece: pieceOf(bytes), status });
      else if (this.#isOn()) scans.add(bytes, Date.now());
    });
    transport.onState(({ state, reason }) => {
      scans.clear();
      tell({ kind: "state", state, reason });
    });
    const report: Report = (event) => {
      if (event.kind === "scan") tell(traceScan(event, source, scans.take()));
      this.#report(event);
    };
    return { transport, report };
  }

  #isOn(): boolean {
    return Date.now() < this.#untilMs;
  }
}

function pieceOf(bytes: Uint8Array): TracePiece {
  return { gapMs: null, length: bytes.length, hex: hexOf(bytes.subarray(0, SHOWN_BYTES)) };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
