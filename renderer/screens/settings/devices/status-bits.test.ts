import { expect, it } from "vitest";
import { statusWords } from "./status-bits.ts";

// Bytes as Epson's reference gives them: bits 1 and 4 always set.
it.each([
  ["a printer that is well", { 1: 0x12, 2: 0x12, 4: 0x12 }, []],
  ["an open cover", { 1: 0x1a, 2: 0x16, 4: 0x12 }, ["status.offline", "status.cover-open"]],
  ["no paper", { 1: 0x1a, 2: 0x32, 4: 0x7e }, ["status.offline", "status.paper-out"]],
  ["paper that is nearly out", { 1: 0x12, 2: 0x12, 4: 0x1e }, ["status.paper-near-end"]],
  ["a cutter that is jammed", { 1: 0x1a, 2: 0x52, 4: 0x12 }, ["status.offline", "status.error"]],
  ["no answer yet", {}, []],
] as const)("tells %s by its bits", (_what, bytes, bad) => {
  const status = new Map(Object.entries(bytes).map(([question, byte]) => [Number(question) as 1 | 2 | 4, byte]));
  expect(statusWords(status).flatMap(({ key, isGood }) => (isGood === false ? [key] : []))).toEqual(bad);
});

it("tells pin 3 as it is, because only the drawer knows what it means", () => {
  const pins = [0x12, 0x16].map((byte) => statusWords(new Map([[1, byte]])).at(-1));
  expect(pins).toEqual([
    { key: "drawer.pin-low", isGood: null },
    { key: "drawer.pin-high", isGood: null },
  ]);
});
