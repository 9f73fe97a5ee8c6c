import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HostEvent } from "#contract/devices/messages.ts";
import type { TraceLine } from "#contract/devices/trace.ts";
import { Scanner } from "../scanner/scanner.ts";
import { TestingLine } from "../transport/testing-line.ts";
import { Tracer } from "./tracer.ts";

let events: HostEvent[];
let tracer: Tracer;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
  events = [];
  tracer = new Tracer((event) => events.push(event));
});
afterEach(() => void vi.useRealTimers());

function scannerLine(): TestingLine {
  const wire = new TestingLine();
  const config = { id: "counter", transport: { kind: "tcp", host: "h", port: 1 }, prefix: "" } as const;
  const line = tracer.line("scanner", config, () => wire);
  void new Scanner(config, line.transport, line.report);
  return wire;
}

function traced(): readonly TraceLine[] {
  return events.flatMap((event) => (event.kind === "trace" ? [event.line] : []));
}

const from = { deviceId: "counter", role: "scanner", source: "tcp", kind: "scan", aim: null } as const;

describe("The trace of a scanner", () => {
  it("shows the bytes of each code with the time between them, also where two codes come in one piece", () => {
    const wire = scannerLine();
    tracer.traceFor(10_000);
    wire.hear("69205");
    vi.advanceTimersByTime(7);
    wire.hear("36012350\r\nAB");
    vi.advanceTimersByTime(3);
    wire.hear("C1\r");
    expect(traced()).toEqual([
      {
        ...{ ...from, atMs: 1_007, text: "6920536012350", hidden: null, length: 13 },
        pieces: [
          { gapMs: null, length: 5, hex: "36 39 32 30 35" },
          { gapMs: 7, length: 10, hex: "33 36 30 31 32 33 35 30 0d 0a" },
        ],
      },
      {
        ...{ ...from, atMs: 1_010, text: "ABC1", hidden: null, length: 4 },
        pieces: [
          { gapMs: null, length: 2, hex: "41 42" },
          { gapMs: 3, length: 3, hex: "43 31 0d" },
        ],
      },
    ]);
  });

  it("shows of a payment code its kind and length only, also of one that comes with a product in one piece", () => {
    const wire = scannerLine();
    tracer.traceFor(10_000);
    wire.hear("6920536012350\r130612345");
    wire.hear("678901234\r");
    expect(traced().map(({ atMs: _atMs, ...line }) => line)).toEqual([
      {
        ...{ ...from, text: "6920536012350", hidden: null, length: 13 },
        pieces: [{ gapMs: null, length: 14, hex: "36 39 32 30 35 33 36 30 31 32 33 35 30 0d" }],
      },
      {
        ...{ ...from, text: null, hidden: "wechat", length: 18 },
        pieces: [
          { gapMs: null, length: 9, hex: null },
          { gapMs: 0, length: 10, hex: null },
        ],
      },
    ]);
    const shown = JSON.stringify(traced());
    expect([shown.includes("1306"), shown.includes("36 37 38 39 30")]).toEqual([false, false]);
  });

  it("shows no half of a payment code that a pause has cut, and a whole product code all the same", () => {
    const wire = scannerLine();
    tracer.traceFor(10_000);
    for (const piece of ["1306123456", "78901234", "6920536012350"]) {
      wire.hear(piece);
      vi.advanceTimersByTime(1_000);
    }
    expect(traced().map((line) => line.kind === "scan" && [line.text, line.hidden])).toEqual([
      [null, "piece"],
      [null, "piece"],
      ["6920536012350", null],
    ]);
  });

  it("is kept while somebody looks and no longer, and the scans themselves go on", () => {
    const wire = scannerLine();
    wire.hear("A1\r");
    tracer.traceFor(5_000);
    wire.hear("A2\r");
    vi.advanceTimersByTime(5_001);
    wire.hear("A3\r");
    tracer.traceFor(5_000);
    tracer.traceFor(0);
    wire.hear("A4\r");
    expect(traced().map((line) => line.kind === "scan" && line.text)).toEqual(["A2"]);
    expect(events.filter((event) => event.kind === "scan").map(({ text }) => text)).toEqual(["A1", "A2", "A3", "A4"]);
  });
});

describe("The line to a printer", () => {
  it("times the answers to DLE EOT, and shows questions and answers", () => {
    const wire = new TestingLine();
    let sent: (bytes: Buffer) => void = () => {};
    const config = { id: "receipts", transport: { kind: "tcp" } } as const;
    tracer.line("printer", config, (onSent) => {
      sent = onSent;
      return wire;
    });
    tracer.traceFor(10_000);
    sent(Buffer.of(0x10, 0x04, 4));
    vi.advanceTimersByTime(12);
    wire.hear("\u0072");
    wire.hear("\u0012");
    const where = { deviceId: "receipts", role: "printer" } as const;
    const received = { kind: "received", atMs: 1_012 } as const;
    expect(events).toEqual([
      {
        kind: "trace",
        line: { ...where, kind: "sent", atMs: 1_000, piece: { gapMs: null, length: 3, hex: "10 04 04" }, status: null },
      },
      { ...where, kind: "answer-time", ms: 12, atMs: 1_012 },
      {
        kind: "trace",
        line: {
          ...{ ...where, ...received, piece: { gapMs: null, length: 1, hex: "72" } },
          status: { question: 4, byte: 0x72 },
        },
      },
      { kind: "trace", line: { ...where, ...received, piece: { gapMs: null, length: 1, hex: "12" }, status: null } },
    ]);
  });
});
