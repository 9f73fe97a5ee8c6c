import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HidPosReader } from "./hid-pos.ts";
import type { SplitScan } from "./scan-reader.ts";

interface Fields {
  readonly aim?: string;
  readonly data?: string;
  readonly isContinued?: boolean;
  readonly length?: number;
  readonly id?: number;
}

/** A report as the scanner's manual draws it. */
function report({ aim = "]E0", data = "", isContinued = false, length, id = 2 }: Fields): Buffer {
  const bytes = Buffer.alloc(64);
  const text = Buffer.from(data);
  bytes[0] = id;
  bytes[1] = length ?? text.length;
  bytes.write(aim, 2, "latin1");
  text.copy(bytes, 5, 0, 56);
  bytes[63] = isContinued ? 1 : 0;
  return bytes;
}

function read(...reports: readonly Buffer[]): readonly SplitScan[] {
  const reader = new HidPosReader("");
  return reports.flatMap((one) => reader.feed(one));
}

const scan = (text: string, aim: string | null = "]E0"): SplitScan => ({ kind: "scan", text, aim });
const garbled: SplitScan = { kind: "garbled" };

describe("HidPosReader", () => {
  it("reads a code with its identifier", () => {
    expect(read(report({ data: "4006381333931" }))).toEqual([scan("4006381333931")]);
  });

  it("joins the reports of one code, however many", () => {
    const parts = ["M1".repeat(28), "X".repeat(56), "END"];
    const reports = parts.map((data, at) => report({ aim: "]Q1", data, isContinued: at < 2 }));
    expect(read(...reports)).toEqual([scan(parts.join(""), "]Q1")]);
  });

  it("joins a character whose bytes were cut between two reports", () => {
    const bytes = Buffer.from(`${"a".repeat(55)}微信`);
    const first = report({ aim: "]Q1", isContinued: true, length: 56 });
    bytes.copy(first, 5, 0, 56);
    const second = report({ aim: "]Q1", length: bytes.length - 56 });
    bytes.copy(second, 5, 56);
    expect(read(first, second)).toEqual([scan(`${"a".repeat(55)}微信`, "]Q1")]);
  });

  it("has no identifier where the scanner sends none, and takes none out of the data", () => {
    expect(read(report({ aim: "\0\0\0", data: "123" }), report({ aim: "   ", data: "456" }))).toEqual([
      scan("123", null),
      scan("456", null),
    ]);
    expect(read(report({ aim: "]C1", data: "]E0123" }))).toEqual([scan("]E0123", "]C1")]);
  });

  it("keeps the separators of a GS1 label, drops other controls, and takes the configured prefix off", () => {
    const label = report({ aim: "]C1", data: "S~0112345\x1d10AB\r\n" });
    expect(new HidPosReader("S~").feed(label)).toEqual([scan("0112345\x1d10AB", "]C1")]);
  });

  it("reads nothing from another report's id, length or size, nor from a wrong identifier", () => {
    const good = report({ data: "1" });
    const bad = [
      report({ id: 3, data: "1" }),
      report({ length: 57, data: "1" }),
      report({ length: 255, data: "1" }),
      report({ aim: "x\x01\xff", data: "1" }),
      good.subarray(0, 63),
      Buffer.concat([good, Buffer.of(0)]),
      Buffer.alloc(0),
    ];
    expect(bad.map((one) => read(one))).toEqual(bad.map(() => [garbled]));
    expect(read(report({ data: "" }))).toEqual([]);
  });

  it("gives no half of a code whose rest is missing, and the next code whole", () => {
    const half = report({ data: "40063", isContinued: true });
    const whole = report({ data: "4006381333931" });
    const reader = new HidPosReader("");
    expect([reader.feed(half), reader.isWaiting(), reader.idle()]).toEqual([[], true, [garbled]]);
    expect([reader.isWaiting(), reader.feed(whole)]).toEqual([false, [scan("4006381333931")]]);
  });

  it("drops a code whose parts say different identifiers, to its last report", () => {
    const reports = [
      report({ aim: "]Q1", data: "one", isContinued: true }),
      report({ aim: "]E0", data: "two", isContinued: true }),
      report({ aim: "]E0", data: "three" }),
      report({ aim: "]E0", data: "4006381333931" }),
    ];
    expect(read(...reports)).toEqual([garbled, scan("4006381333931")]);
  });

  it("takes the rest of a code for none when a broken report came in the middle of it", () => {
    const reports = [
      report({ data: "one", isContinued: true }),
      report({ id: 9 }),
      report({ data: "two", isContinued: true }),
      report({ data: "three" }),
      report({ data: "4006381333931" }),
    ];
    expect(read(...reports)).toEqual([garbled, scan("4006381333931")]);
  });

  it("drops a code without end as a whole, in bounded memory, and reads the next", () => {
    const endless = Array.from({ length: 10_000 }, () => report({ data: "7".repeat(56), isContinued: true }));
    const scans = read(...endless, report({ data: "7" }), report({ data: "4006381333931" }));
    expect(scans).toEqual([{ kind: "overlong" }, scan("4006381333931")]);
  });

  it("survives any bytes and reads the next code after a silence", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 0, maxLength: 70 }), { maxLength: 20 }), (reports) => {
        const reader = new HidPosReader("");
        for (const bytes of reports) reader.feed(bytes);
        reader.idle();
        expect(reader.feed(report({ data: "4006381333931" }))).toEqual([scan("4006381333931")]);
      }),
    );
  });
});
