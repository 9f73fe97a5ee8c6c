import { expect, it } from "vitest";
import { characterOf } from "./us-layout.ts";
import { PairingKeys } from "./pairing-keys.ts";
import type { WedgeKey } from "./wedge-assembler.ts";

const code = "TILLWAY-7K3Q";
const codes = [
  ...["Minus", "BracketRight", "Backquote", "Space"],
  ...[..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `Key${letter}`),
  ...[..."0123456789"].map((digit) => `Digit${digit}`),
];

function keyOf(character: string): Pick<WedgeKey, "code" | "isShift"> {
  if (character === "⏎") return { code: "Enter", isShift: false };
  if (character === "⇥") return { code: "Tab", isShift: false };
  for (const isShift of [false, true]) {
    const found = codes.find((one) => characterOf(one, isShift, "") === character);
    if (found !== undefined) return { code: found, isShift };
  }
  throw new Error(`no key writes ${character}`);
}

/** Types a text with so many milliseconds between two keys; what was told, and how many keys the page did not get. */
function typed(text: string, gapMs: number, stalled: { readonly at: number; readonly ms: number } = { at: -1, ms: 0 }) {
  const keys = new PairingKeys(code);
  const told: unknown[] = [];
  let atMs = 1_000;
  let ends = 0;
  for (const [at, character] of [...text].entries()) {
    const stallMs = at === stalled.at ? stalled.ms : 0;
    atMs += gapMs + stallMs;
    const plain = { isControl: false, isAlt: false, isMeta: false, isAutoRepeat: false };
    // What the machine makes of a key does not matter: an input method calls each "Process".
    const step = keys.down({ ...plain, ...keyOf(character), key: "Process", atMs, stallMs });
    if (step.typed !== null) told.push(step.typed);
    if (step.isEnd) ends += 1;
  }
  if (keys.dueAtMs() !== null) told.push(keys.silence());
  return { told, ends };
}

const fit = { kind: "fit", prefix: "", suffix: "enter", aim: null, maxKeyGapMs: 30 };

it.each([
  [`${code}⏎`, fit, 1],
  [`${code}⇥`, { ...fit, suffix: "tab" }, 1],
  [code, { ...fit, suffix: "none" }, 0],
  [`~${code}⏎`, { ...fit, prefix: "~" }, 1],
  [`]C0${code}⏎`, { ...fit, aim: "]C0" }, 1],
  [`~]C0${code}⏎`, { ...fit, prefix: "~", aim: "]C0" }, 1],
  [`123456789${code}⏎`, { kind: "unfit", why: "long-prefix", extra: "123456789" }, 1],
  [`${code}XY⏎`, { kind: "unfit", why: "printable-suffix", extra: "XY" }, 1],
  [`6901234567892⏎${code}⏎`, fit, 1],
])("%s at a scanner's pace tells how it sends, and its end presses no button", (text, told, ends) => {
  expect(typed(text, 5)).toEqual({ told: [told], ends });
});

it("a slower scanner's pace is learned, and stays quicker than a person's", () => {
  expect(typed(`${code}⏎`, 20).told).toEqual([{ ...fit, maxKeyGapMs: 40 }]);
  expect(typed(`${code}⏎`, 38).told).toEqual([{ ...fit, maxKeyGapMs: 50 }]);
});

it("a person who types the code, at fifteen keys a second or faster, is no scanner, and Enter stays theirs", () => {
  for (const gapMs of [50, 67, 125]) expect(typed(`${code}⏎`, gapMs)).toEqual({ told: [], ends: 0 });
});

it("a moment in which this process heard no keys counts for nothing", () => {
  expect(typed(`${code}⏎`, 5, { at: 6, ms: 700 })).toEqual({ told: [fit], ends: 1 });
});

it("another code is none, and neither is one with a key in its middle that writes nothing", () => {
  expect(typed("TILLWAY-7K3R⏎", 5)).toEqual({ told: [], ends: 0 });
  expect(typed("TILLWAY⏎-7K3Q⏎", 5)).toEqual({ told: [], ends: 0 });
});
