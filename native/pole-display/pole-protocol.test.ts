import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PoleDisplayConfig } from "#contract/config/devices.ts";
import type { PoleLamp } from "#contract/devices/pole.ts";
import { Cd5220Decoder } from "#simulators/pole-display/cd5220-decoder.ts";
import { Led8Decoder } from "#simulators/pole-display/led8-decoder.ts";
import { poleProtocol } from "./pole-protocol.ts";

const config = (changes: Partial<PoleDisplayConfig>): PoleDisplayConfig => ({
  id: "pole",
  transport: { kind: "tcp", host: "h", port: 1 },
  protocol: "cd5220",
  chinese: "none",
  ...changes,
});
const dark = { upper: "", lower: "", digits: "", lamp: "none" } as const;

describe("a CD5220", () => {
  it("is greeted and written row by row, to the byte", () => {
    const { hello, frame } = poleProtocol(config({}));
    expect(hello).toEqual(Buffer.from([0x0c, 0x1b, 0x40, 0x0c]));
    expect(frame({ ...dark, upper: "Cola", lower: "Total 3.50" }).toString("latin1")).toBe(
      "\x1bQACola                \r\x1bQBTotal 3.50          \r",
    );
  });

  it("takes accents off, and shows a question mark for what it has no picture of", () => {
    const { frame } = poleProtocol(config({}));
    expect(frame({ ...dark, upper: "Häagen 可乐", lower: "—1" }).toString("latin1")).toBe(
      "\x1bQAHaagen ??           \r\x1bQB-1                  \r",
    );
  });

  it("with Chinese firmware shows two-byte characters, two columns each, and never half of one", () => {
    const { frame } = poleProtocol(config({ chinese: "gb18030" }));
    const vfd = new Cd5220Decoder(true);
    vfd.feed(frame({ ...dark, upper: "可口可乐可口可乐可口", lower: "x可口可乐可口可乐可口" }));
    expect([vfd.upper, vfd.lower, vfd.faults.list()]).toEqual(["可口可乐可口可乐可口", "x可口可乐可口可乐可 ", []]);
  });

  it("understands whatever an item is called: no text is a command to it, and no row is too long", () => {
    const name = fc.string({ unit: "binary", maxLength: 80 });
    fc.assert(
      fc.property(name, name, fc.constantFrom("none" as const, "gb18030" as const), (upper, lower, chinese) => {
        const { hello, frame } = poleProtocol(config({ chinese }));
        const vfd = new Cd5220Decoder(chinese === "gb18030");
        vfd.feed(hello);
        vfd.feed(frame({ ...dark, upper, lower }));
        expect(vfd.faults.list()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("that was left in the middle of a string by another till is itself again after the greeting", () => {
    const { hello, frame } = poleProtocol(config({}));
    const vfd = new Cd5220Decoder(false);
    vfd.feed(Buffer.from("\x1bQAhalf", "latin1"));
    vfd.feed(hello);
    vfd.feed(frame({ ...dark, upper: "Cola" }));
    expect(vfd.upper.trim()).toBe("Cola");
  });
});

describe("a LED8", () => {
  it.each<[string, PoleLamp, string]>([
    ["12.50", "price", "\x1bQA12.50\r\x1bs1"],
    ["-3.25", "total", "\x1bQA-3.25\r\x1bs2"],
    ["999999.99", "collect", "\x1bQA999999.99\r\x1bs3"],
    ["0.01", "change", "\x1bQA0.01\r\x1bs4"],
    ["", "none", "\x0c\x1bs0"],
    // A part of a number would be another number.
    ["1000000.00", "total", "\x1bQA--------\r\x1bs2"],
    ["1\x1b", "total", "\x1bQA--------\r\x1bs2"],
  ])("shows %j as %s", (digits, lamp, bytes) => {
    expect(
      poleProtocol(config({ protocol: "led8" }))
        .frame({ ...dark, digits, lamp })
        .toString("latin1"),
    ).toBe(bytes);
  });

  it("understands whatever it is sent", () => {
    const { hello, frame } = poleProtocol(config({ protocol: "led8" }));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^-?\d{0,9}\.?\d{0,2}$/)), (digits) => {
        const led = new Led8Decoder();
        led.feed(hello);
        led.feed(frame({ ...dark, digits, lamp: "total" }));
        expect([led.faults.list(), led.lamp]).toEqual([[], "total"]);
      }),
    );
  });
});
