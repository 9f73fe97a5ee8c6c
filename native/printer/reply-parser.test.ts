import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReplyParser, troubleOf, type PrinterReply } from "./reply-parser.ts";

function read(...bytes: number[]): readonly PrinterReply[] {
  return new ReplyParser().feed(Uint8Array.from(bytes));
}

describe("ReplyParser", () => {
  it("reads a status byte by its fixed bits", () => {
    expect(read(0x12, 0x1a, 0x72)).toEqual([
      { kind: "status", byte: 0x12 },
      { kind: "status", byte: 0x1a },
      { kind: "status", byte: 0x72 },
    ]);
  });

  it("reads a process id even when its characters look like status bytes", () => {
    expect(read(0x37, 0x22, 0x32, 0x36, 0x3a, 0x52, 0x00)).toEqual([{ kind: "process-id", id: "26:R" }]);
  });

  it("reads automatic status with its cause", () => {
    expect(read(0x18, 0x00, 0x0c, 0x00)).toEqual([{ kind: "automatic", trouble: "paper-out", isPin3High: false }]);
    expect(read(0x38, 0x00, 0x00, 0x00)).toEqual([{ kind: "automatic", trouble: "cover-open", isPin3High: false }]);
    expect(read(0x10, 0x00, 0x00, 0x00)).toEqual([{ kind: "automatic", trouble: null, isPin3High: false }]);
    expect(read(0x14, 0x00, 0x00, 0x00)).toEqual([{ kind: "automatic", trouble: null, isPin3High: true }]);
  });

  it("passes over XON and XOFF anywhere", () => {
    expect(read(0x13, 0x37, 0x11, 0x22, 0x41, 0x42, 0x13, 0x43, 0x44, 0x00)).toEqual([
      { kind: "process-id", id: "ABCD" },
    ]);
  });

  it("does not take noise, or an id that ends wrong, for an answer", () => {
    expect(read(0x00, 0xff, 0x41, 0x80)).toEqual([]);
    expect(read(0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0x45)).toEqual([]);
    expect(read(0x37, 0x41)).toEqual([]);
  });

  it("reads on after a reply that broke off", () => {
    expect(read(0x37, 0x22, 0x41, 0x00, 0x12)).toEqual([{ kind: "status", byte: 0x12 }]);
  });

  it("gives the same replies however the bytes are cut", () => {
    const replies = fc.array(
      fc.constantFrom([0x12], [0x16], [0x37, 0x22, 0x41, 0x41, 0x41, 0x41, 0x00], [0x10, 0, 0, 0], [0x11], [0xff]),
    );
    fc.assert(
      fc.property(replies, fc.array(fc.nat({ max: 5 })), (parts, cuts) => {
        const bytes = parts.flat();
        const pieces = new ReplyParser();
        const heard: PrinterReply[] = [];
        let from = 0;
        for (const cut of cuts) {
          heard.push(...pieces.feed(Uint8Array.from(bytes.slice(from, from + cut))));
          from += cut;
        }
        heard.push(...pieces.feed(Uint8Array.from(bytes.slice(from))));
        expect(heard).toEqual(read(...bytes));
      }),
    );
  });
});

describe("troubleOf", () => {
  it("names the cause a person can mend before the mere fact of being offline", () => {
    expect(troubleOf(0x12, 0x12, 0x12)).toBe(null);
    expect(troubleOf(0x1a, 0x12, 0x12)).toBe("offline");
    expect(troubleOf(0x1a, 0x32, 0x72)).toBe("paper-out");
    expect(troubleOf(0x1a, 0x36, 0x72)).toBe("cover-open");
    expect(troubleOf(0x1a, 0x52, 0x12)).toBe("error");
    // Near end is no trouble yet.
    expect(troubleOf(0x12, 0x12, 0x1e)).toBe(null);
  });
});
