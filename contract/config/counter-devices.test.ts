import { describe, expect, it } from "vitest";
import { devicesSchema } from "./devices.ts";

const scale = { id: "s", transport: { kind: "serial", path: "/dev/ttyUSB0" }, protocol: "toledo-8217" };
const line = { pattern: "SS,WWWWWWWWW UU" };

function faultsOf(devices: object): readonly string[] {
  const parsed = devicesSchema.safeParse(devices);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
}

describe("a scale in terminal.json", () => {
  it("needs to say no more than where it is and what it speaks; its line is then the protocol's", () => {
    expect(devicesSchema.parse({ scale }).scale).toEqual({
      ...{ ...scale, unit: "kg", maxGrams: 15_000, minGrams: 1 },
      transport: { kind: "serial", path: "/dev/ttyUSB0", flow: "none" },
    });
  });

  it.each([
    ["a generic line without its description", { ...scale, protocol: "generic-line" }, "scale.line"],
    ["a description that nobody reads", { ...scale, line }, "scale.line"],
    [
      "a pattern without a weight",
      { ...scale, protocol: "generic-line", line: { pattern: "ST kg" } },
      "scale.line.pattern",
    ],
    [
      "a pattern with two weights",
      { ...scale, protocol: "generic-line", line: { pattern: "WW,WW" } },
      "scale.line.pattern",
    ],
    [
      "a control character in it",
      { ...scale, protocol: "generic-line", line: { pattern: "\x02WWWW" } },
      "scale.line.pattern",
    ],
    [
      "a pattern that never ends",
      { ...scale, protocol: "generic-line", line: { pattern: `WW${" ".repeat(39)}` } },
      "scale.line.pattern",
    ],
    ["a protocol nobody speaks", { ...scale, protocol: "dahua" }, "scale.protocol"],
    ["a part of a gram", { ...scale, minGrams: 0.5 }, "scale.minGrams"],
  ])("is refused with %s", (_what, changed, path) => {
    expect(faultsOf({ scale: changed })).toEqual([path]);
  });

  it("may be described by its line", () => {
    expect(faultsOf({ scale: { ...scale, protocol: "generic-line", line } })).toEqual([]);
  });
});
