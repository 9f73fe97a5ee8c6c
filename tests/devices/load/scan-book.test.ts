import { describe, expect, it } from "vitest";
import { type HeardScan, isClean, judgeScans } from "./scan-book.ts";

const sent = new Map([
  ["a", ["a1", "a2", "a3"]],
  ["b", ["b1", "b2"]],
]);
const whole: readonly HeardScan[] = [
  { deviceId: "a", text: "a1" },
  { deviceId: "b", text: "b1" },
  { deviceId: "a", text: "a2" },
  { deviceId: "a", text: "a3" },
  { deviceId: "b", text: "b2" },
];
const clean = { sent: 5, heard: 5, lost: 0, doubled: 0, merged: 0, outOfOrder: 0 };

describe("the book of scans", () => {
  it("is clean when each code was heard once, in its scanner's order", () => {
    expect(judgeScans(sent, whole)).toEqual(clean);
    expect(isClean(judgeScans(sent, whole))).toBe(true);
  });

  it.each([
    ["a code that was not heard", whole.slice(1), { heard: 4, lost: 1 }],
    ["a code that was heard twice", [...whole, { deviceId: "a", text: "a3" }], { heard: 6, doubled: 1 }],
    [
      "two codes that ran into one",
      [...whole.slice(0, 3), { deviceId: "a", text: "a3b2" }, whole[4]!],
      { lost: 1, merged: 1 },
    ],
    [
      "two codes of one scanner that changed places",
      [whole[2]!, whole[0]!, ...whole.slice(3), whole[1]!],
      {
        outOfOrder: 2,
      },
    ],
    ["a code told of the wrong scanner", [...whole.slice(0, 4), { deviceId: "a", text: "b2" }], { lost: 1, merged: 1 }],
    ["a scanner nobody has", [...whole, { deviceId: "c", text: "c1" }], { heard: 6, merged: 1 }],
  ] as const)("counts %s", (_what, heard, changes) => {
    expect(judgeScans(sent, heard)).toEqual({ ...clean, ...changes });
    expect(isClean(judgeScans(sent, heard))).toBe(false);
  });
});
