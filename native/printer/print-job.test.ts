import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { printerSchema } from "#contract/config/devices.ts";
import type { PrintProgress } from "#contract/devices/messages.ts";
import type { Transport, TransportState, WriteOutcome } from "../transport/transport.ts";
import { PrintJob } from "./print-job.ts";
import { PrinterLine } from "./printer-line.ts";

const config = printerSchema.parse({ id: "printer", transport: { kind: "tcp", host: "printer", port: 9100 } });
const chunks = [Buffer.from("first"), Buffer.from("second")];

/** A printer at the end of a wire: `answers` says what it sends back for what it got, `take` what becomes of a write. */
class Wire implements Transport {
  state: TransportState = { state: "ready", reason: null };
  link: number | null = 1;
  written = "";
  reconnects = 0;
  take: () => WriteOutcome = () => ({ kind: "taken" });
  answers: (bytes: Buffer) => readonly number[] = (bytes) => (bytes[0] === 0x10 ? [0x12] : []);
  #listener: (bytes: Buffer) => void = () => {};

  current(): TransportState {
    return this.state;
  }
  connection(): number | null {
    return this.link;
  }
  async write(bytes: Buffer): Promise<WriteOutcome> {
    if (bytes[0] !== 0x10) this.written += bytes.toString();
    const outcome = bytes[0] === 0x10 ? ({ kind: "taken" } as const) : this.take();
    setTimeout(() => this.#listener(Buffer.from(this.answers(bytes))), 5);
    return outcome;
  }
  onBytes(listener: (bytes: Buffer) => void): void {
    this.#listener = listener;
  }
  onState(): void {}
  reconnect(): void {
    this.reconnects += 1;
    this.link = null;
  }
  async close(): Promise<void> {}
}

let wire: Wire;
let line: PrinterLine;
let heard: PrintProgress[];

beforeEach(() => {
  vi.useFakeTimers();
  wire = new Wire();
  line = new PrinterLine(config, wire, { onTrouble: () => {}, onPin3: () => {} });
  heard = [];
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs a job to its end; returns the end and how long it took in milliseconds. */
async function run(): Promise<readonly [PrintProgress, number]> {
  const startedAt = Date.now();
  const job = new PrintJob(line, chunks, (progress) => heard.push(progress), {
    isClosed: () => false,
    isUnwanted: () => false,
  });
  const ended = job.run("ABCD").then((end) => [end, Date.now() - startedAt] as const);
  await vi.advanceTimersByTimeAsync(1_300_000);
  return ended;
}

describe("PrintJob", () => {
  it("gives a silent printer ten minutes, and no byte", async () => {
    wire.answers = () => [];
    const [end, tookMs] = await run();
    expect(end).toEqual({ state: "not-sent", trouble: "offline" });
    expect([heard, wire.written]).toEqual([[{ state: "waiting", trouble: "offline" }], ""]);
    expect(tookMs).toBeGreaterThanOrEqual(600_000);
    expect(tookMs).toBeLessThan(605_000);
  });

  it("waits ten minutes for a printer that fell silent between two chunks, then does not know", async () => {
    wire.answers = (bytes) => (bytes[0] === 0x10 && wire.written === "" ? [0x12] : []);
    expect((await run())[0]).toEqual({ state: "unknown" });
    expect(heard).toEqual([{ state: "sending" }, { state: "waiting", trouble: "offline" }]);
    expect(wire.written).toBe("first");
  });

  it("drops the connection of a chunk that stays stuck, so that it cannot come out later", async () => {
    wire.take = () => ({ kind: "stalled", rest: new Promise(() => {}) });
    expect((await run())[0]).toEqual({ state: "unknown" });
    expect([wire.written, wire.reconnects]).toEqual(["first", 1]);
  });

  it("does not go on over another connection than it began on", async () => {
    wire.take = () => {
      wire.link = 2;
      return { kind: "taken" };
    };
    expect((await run())[0]).toEqual({ state: "unknown" });
    expect(wire.written).toBe("first");
  });

  it("is unsent when the very first write was refused", async () => {
    wire.take = () => ({ kind: "refused", reason: "gone" });
    expect((await run())[0]).toEqual({ state: "not-sent", trouble: "not-connected" });
  });

  it("is unknown when the first write was lost: some of it may have left", async () => {
    wire.take = () => ({ kind: "lost", reason: "gone" });
    expect((await run())[0]).toEqual({ state: "unknown" });
  });

  it("is confirmed by its own id only", async () => {
    wire.answers = (bytes) => {
      if (bytes[0] === 0x10) return [0x12];
      return bytes.toString() === "second" ? [...Buffer.from("7\x22ABCX\x00")] : [];
    };
    expect((await run())[0]).toEqual({ state: "printed", confirmed: false });
    wire.answers = (bytes) => {
      if (bytes[0] === 0x10) return [0x12];
      return bytes.toString() === "second" ? [...Buffer.from("7\x22ABCD\x00")] : [];
    };
    expect((await run())[0]).toEqual({ state: "printed", confirmed: true });
  });

  it("waits long for a first confirmation, and shortly once the printer has shown that it gives none", async () => {
    const [, first] = await run();
    const [, second] = await run();
    expect(first).toBeGreaterThanOrEqual(8_000);
    expect(second).toBeLessThan(1_000);
  });
});
