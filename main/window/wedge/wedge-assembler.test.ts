import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characterOf } from "./us-layout.ts";
import { WedgeAssembler, type WedgeKey, type WedgeScan } from "./wedge-assembler.ts";

type Suffix = "enter" | "tab" | "none";

interface Press {
  readonly code: string;
  readonly key: string;
  readonly isShift?: boolean;
  readonly isControl?: boolean;
  readonly isAutoRepeat?: boolean;
  /** Milliseconds after the press before it. */
  readonly gapMs: number;
  readonly stallMs?: number;
}

/** Plays presses on the assembler as the window does, the silences between them included; answers what the page gets. */
function play(presses: readonly Press[], { prefix = "", suffix = "enter" as Suffix, maxKeyGapMs = 30 } = {}) {
  const assembler = new WedgeAssembler({ id: "w", prefix, transport: { kind: "wedge", suffix, maxKeyGapMs } });
  const page: string[] = [];
  const scans: WedgeScan[] = [];
  let atMs = 0;
  const silence = (): void => {
    const { released, scan } = assembler.silence();
    page.push(...released.map(({ key }) => key));
    if (scan !== null) scans.push(scan);
  };
  for (const { gapMs, stallMs = 0, ...press } of presses) {
    const dueAtMs = assembler.dueAtMs();
    atMs += gapMs;
    // A busy process runs no timers.
    if (dueAtMs !== null && atMs - stallMs > dueAtMs) silence();
    const key: WedgeKey = {
      ...{ isShift: false, isControl: false, isAlt: false, isMeta: false, isAutoRepeat: false },
      ...{ ...press, atMs, stallMs },
    };
    const step = assembler.down(key);
    page.push(...step.released.map((one) => one.key));
    if (step.scan !== null) scans.push(step.scan);
    if (step.fate === "pass" && !key.code.startsWith("Shift")) page.push(key.key);
  }
  silence();
  return { page: page.join(""), scans };
}

/** The presses that write a text, each after `gapMs`; "⏎" is Enter. */
function presses(text: string, gapMs: number): readonly Press[] {
  return [...text].map((character): Press => {
    if (character === "⏎") return { code: "Enter", key: "⏎", gapMs };
    if (character === "⇥") return { code: "Tab", key: "⇥", gapMs };
    const [code, isShift] = keyOf(character);
    return { code, key: character, isShift, gapMs };
  });
}

function keyOf(character: string): readonly [code: string, isShift: boolean] {
  const codes = ["Space", "Minus", "Equal", "BracketLeft", "BracketRight", "Backslash", "Semicolon", "Quote"];
  const all = [
    ...codes,
    ...["Backquote", "Comma", "Period", "Slash"],
    ...[..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `Key${letter}`),
    ...[..."0123456789"].map((digit) => `Digit${digit}`),
  ];
  for (const isShift of [false, true]) {
    const code = all.find((one) => characterOf(one, isShift, "") === character);
    if (code !== undefined) return [code, isShift];
  }
  throw new Error(`no key writes ${character}`);
}

const scanned = (text: string, aim: string | null = null): WedgeScan => {
  return { kind: "scan", text, aim, wasComposed: false };
};
const garbled: WedgeScan = { kind: "garbled", text: "", aim: null, wasComposed: false };

describe("a scanner's keys", () => {
  it.each([
    ["6901234567892⏎", {}, scanned("6901234567892")],
    ["]E06901234567892⏎", {}, scanned("6901234567892", "]E0")],
    ["134567890123456789⏎", {}, scanned("134567890123456789")],
    ["A-17 b/c!⏎", {}, scanned("A-17 b/c!")],
    [
      "https://example.com/01/09521234543213?17=261231⏎",
      {},
      scanned("https://example.com/01/09521234543213?17=261231"),
    ],
    ["6901234567892⇥", { suffix: "tab" }, scanned("6901234567892")],
    ["6901234567892", { suffix: "none" }, scanned("6901234567892")],
    ["~A71⏎", { prefix: "~" }, scanned("A71")],
    ["]C0~A71⏎", { prefix: "~" }, scanned("A71", "]C0")],
    ["~]C0A71⏎", { prefix: "~" }, scanned("A71", "]C0")],
  ] as const)("%s with %j are one scan and never the page's", (text, rules, scan) => {
    expect(play(presses(text, 4), rules)).toEqual({ page: "", scans: [scan] });
  });

  it("are read by the physical key, whatever layout, CapsLock or input method make of it", () => {
    const czech = presses("6901234567892", 4).map((press) => ({ ...press, key: "ě" }));
    const end = presses("⏎", 4);
    expect(play([...czech, ...end])).toEqual({ page: "", scans: [scanned("6901234567892")] });
    const caps = presses("Abc-123", 4).map((press) => ({ ...press, key: press.key.toUpperCase() }));
    expect(play([...caps, ...end])).toEqual({ page: "", scans: [scanned("Abc-123")] });
    const composed = presses("ABC123", 4).map((press) => ({ ...press, key: "Process" }));
    expect(play([...composed, { code: "Enter", key: "Process", gapMs: 4 }]).scans).toEqual([
      { ...scanned("ABC123"), wasComposed: true },
    ]);
  });

  it("keep a GS between two fields, and a Shift that goes up and down between characters", () => {
    const separator: Press = { code: "BracketRight", key: "]", isControl: true, gapMs: 4 };
    const shift: Press = { code: "ShiftLeft", key: "Shift", gapMs: 20 };
    expect(play([...presses("]C110L1", 4), separator, shift, ...presses("17261231⏎", 20)]).scans).toEqual([
      scanned("10L1\u001d17261231", "]C1"),
    ]);
  });

  it("on a machine that makes them pause are still one code, and its late Enter is not the page's", () => {
    const code = presses("6901234567892⏎", 4);
    const pauses = (at: number, gapMs: number): readonly Press[] =>
      code.map((press, index) => (index === at ? { ...press, gapMs } : press));
    // From the sixth key on it can only be a scanner.
    for (const at of [6, 9, 13]) expect(play(pauses(at, 110))).toEqual({ page: "", scans: [scanned("6901234567892")] });
    expect(play(pauses(13, 200))).toEqual({ page: "", scans: [garbled] });
    expect(play([...code, ...presses("⏎", 100)])).toEqual({ page: "", scans: [scanned("6901234567892")] });
    expect(play([...code, ...presses("⏎", 600)])).toEqual({ page: "⏎", scans: [scanned("6901234567892")] });
    const marked = presses("~A712⏎", 4).map((press, at) => (at === 4 ? { ...press, gapMs: 100 } : press));
    expect(play(marked, { prefix: "~" })).toEqual({ page: "", scans: [scanned("A712")] });
  });

  it("whose beginning was lost to the page are never taken for a whole code", () => {
    const code = presses("6901234567892⏎", 4).map((press, at) => (at === 2 ? { ...press, gapMs: 60 } : press));
    expect(play([...presses("x", 500), ...code])).toEqual({ page: "x69", scans: [garbled] });
    const rested = presses("6901234567892⏎", 4).map((press, at) => (at === 0 ? { ...press, gapMs: 200 } : press));
    expect(play([...presses("3*", 100), ...rested])).toEqual({ page: "3*", scans: [scanned("6901234567892")] });
  });

  it("of two scanners at once are said to be unreadable, and never one wrong code", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{8,18}$/),
        fc.stringMatching(/^[0-9]{8,18}$/),
        fc.infiniteStream(fc.boolean()),
        (a, b, turns) => {
          const [one, other] = [[...`${a}⏎`], [...`${b}⏎`]];
          const mixed: string[] = [];
          for (const isFirst of turns) {
            const next = (isFirst ? one : other).shift() ?? (isFirst ? other : one).shift();
            if (next === undefined) break;
            mixed.push(next);
          }
          expect(play(presses(mixed.join(""), 3))).toEqual({ page: "", scans: [garbled] });
        },
      ),
    );
    expect(play(presses("~690123~6901234567892⏎4567892⏎", 3), { prefix: "~" })).toEqual({ page: "", scans: [garbled] });
  });

  it("without the end they should have, or behind another prefix in the middle, are half a code and refused", () => {
    expect(play(presses("69012345", 4)).scans).toEqual([garbled]);
    expect(play(presses("~690123", 4), { prefix: "~" }).scans).toEqual([garbled]);
    expect(play(presses("~69~1⏎", 4), { prefix: "~" })).toEqual({ page: "~69~1⏎", scans: [] });
    expect(play(presses(`${"7".repeat(400)}⏎`, 1)).scans).toEqual([garbled]);
  });

  it("make the same scan at any speed a scanner has, one after the other", () => {
    const code = fc.stringMatching(/^[!-~]{6,40}$/).filter((text) => !text.startsWith("]"));
    const gaps = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 42, maxLength: 42 });
    fc.assert(
      fc.property(fc.array(fc.tuple(code, gaps), { minLength: 1, maxLength: 4 }), (codes) => {
        const all = codes.flatMap(([text, pauses]) =>
          presses(`${text}⏎`, 0).map((press, at) => ({ ...press, gapMs: at === 0 ? 120 : (pauses[at] ?? 5) })),
        );
        expect(play(all)).toEqual({ page: "", scans: codes.map(([text]) => scanned(text)) });
      }),
    );
  });

  it("of head office's longest word, 303 digits off a phone, are one scan at any speed, behind a prefix and over pauses", () => {
    const shown = fc.integer({ min: 18, max: 23 }).map((groups) => `7701${"1099511627775".repeat(groups)}`);
    const before = fc.constantFrom(["", ""], ["~", "~"], ["12345678", "]Q112345678"]);
    // The pauses of a busy machine, which makes them up with keys that come all at once.
    const gaps = fc.array(fc.constantFrom(0, 0, 1, 4, 15, 28, 90), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(shown, before, gaps, fc.nat(290), (text, [prefix = "", sent = ""], paces, stalledAt) => {
        const typed = presses(`${sent}${text}⏎`, 3).map((press, at) => {
          if (at === stalledAt + 12) return { ...press, gapMs: 510, stallMs: 500 };
          return at < 12 ? press : { ...press, gapMs: paces[at % paces.length] ?? 3 };
        });
        const aim = sent.startsWith("]") ? "]Q1" : null;
        expect(play(typed, { prefix })).toEqual({ page: "", scans: [scanned(text, aim)] });
      }),
      { numRuns: 200 },
    );
  });

  it("are held together while this process was busy, and not cut into two codes", () => {
    const keys = presses("6901234567892⏎", 4).map((press, at) =>
      at === 5 ? { ...press, gapMs: 204, stallMs: 200 } : press,
    );
    expect(play(keys)).toEqual({ page: "", scans: [scanned("6901234567892")] });
  });
});

describe("a person's keys", () => {
  /** Everything a person presses in search, PIN pad and amount fields; also what belongs to no code. */
  const pressed = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...[..."0123456789abcSXYZ~ .-+*⏎⇥"]).map((one) => presses(one, 0)[0]!) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Press>(
        ...["Backspace", "Escape", "ArrowDown", "F2", "Delete"].map((code) => ({ code, key: `<${code}>`, gapMs: 0 })),
        { code: "KeyC", key: "<copy>", isControl: true, gapMs: 0 },
        { code: "KeyN", key: "Process", gapMs: 0 },
        { code: "Numpad7", key: "7", gapMs: 0 },
        { code: "KeyA", key: "é", gapMs: 0 },
        { code: "KeyA", key: "a", isAutoRepeat: true, gapMs: 0 },
      ),
    },
  );

  /** `fastest` keys a second, with the odd roll of two or three keys almost at once. */
  function typing(fastest: number): fc.Arbitrary<readonly Press[]> {
    const usual = fc.integer({ min: Math.floor(1_000 / fastest), max: 400 });
    const gap = fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 29 }) });
    return fc.array(fc.tuple(pressed, gap), { maxLength: 60 }).map((all) => {
      let rolled = 0;
      return all.map(([press, wanted]) => {
        rolled = wanted < 30 ? rolled + 1 : 0;
        if (rolled <= 2) return { ...press, gapMs: wanted };
        rolled = 0;
        return { ...press, gapMs: 70 };
      });
    });
  }

  it.each([8, 15])("at %i a second reach the page, every one and in their order", (fastest) => {
    fc.assert(
      fc.property(
        typing(fastest),
        fc.constantFrom("", "~", "S~"),
        fc.constantFrom<Suffix>("enter", "none"),
        (keys, prefix, suffix) => {
          expect(play(keys, { prefix, suffix })).toEqual({ page: keys.map(({ key }) => key).join(""), scans: [] });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("come in a heap after this process was busy, and are a person's all the same", () => {
    // A PIN typed at ten keys a second while main did not listen: its keys arrive together.
    const pin = presses("24681357⏎", 0).map((press, at) => (at === 0 ? { ...press, gapMs: 950, stallMs: 900 } : press));
    expect(play(pin)).toEqual({ page: "24681357⏎", scans: [] });
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-z]{1,12}$/), fc.integer({ min: 67, max: 300 }), (text, gapMs) => {
        const stallMs = text.length * gapMs;
        const heap = presses(`${text}⏎`, 0).map((press, at) =>
          at === 0 ? { ...press, gapMs: stallMs + 40, stallMs } : press,
        );
        expect(play(heap)).toEqual({ page: `${text}⏎`, scans: [] });
      }),
    );
    // So many keys in so short a stall are no person's.
    const code = presses("6901234567892⏎", 0).map((press, at) =>
      at === 0 ? { ...press, gapMs: 150, stallMs: 100 } : press,
    );
    expect(play(code)).toEqual({ page: "", scans: [scanned("6901234567892")] });
  });

  it("of an input method stay with it, and what was held before them comes first", () => {
    const keys: readonly Press[] = [
      ...presses("2", 200),
      { code: "KeyN", key: "Process", gapMs: 10 },
      ...presses("⏎", 200),
    ];
    expect(play(keys)).toEqual({ page: "2Process⏎", scans: [] });
  });

  it("are never held where they cannot begin a code of the scanner's prefix", () => {
    const assembler = new WedgeAssembler({
      id: "w",
      prefix: "~",
      transport: { kind: "wedge", suffix: "enter", maxKeyGapMs: 30 },
    });
    const [key] = presses("5", 0);
    const { fate } = assembler.down({
      ...{ isControl: false, isAlt: false, isMeta: false, isAutoRepeat: false, isShift: false, atMs: 0, stallMs: 0 },
      ...{ code: key?.code ?? "", key: "5" },
    });
    expect([fate, assembler.dueAtMs()]).toEqual(["pass", null]);
  });
});

describe("the American layout", () => {
  it("gives each printable character to one key, and the keypad its digits only with NumLock", () => {
    const written = [..." !\"#$%&'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~"];
    expect(written.map((character) => characterOf(...keyOf(character), ""))).toEqual(written);
    expect([
      characterOf("Numpad1", false, "1"),
      characterOf("Numpad1", false, "End"),
      characterOf("F1", false, "F1"),
    ]).toEqual(["1", null, null]);
  });
});
