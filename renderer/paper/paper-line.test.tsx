import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { PaperLine, type LineRun } from "./PaperLine.tsx";

const plain = { bold: false, widthTimes: 1, heightTimes: 1 } as const;

test("every character stands in the middle of its own cell, Chinese in two columns", () => {
  const drawn = textsOf([{ ...plain, text: "可乐 a1" }], "left");
  // Cells are 12 dots: 可 0–24, 乐 24–48, the blank 48–60, a 60–72, 1 72–84.
  expect(drawn).toEqual([{ text: "可乐a1", x: "12 36 66 78", at: "translate(0 0) scale(1 1)" }]);
});

test("an amount keeps its column whatever stands before it", () => {
  const amountAt = (left: string): string => {
    const [line] = textsOf([{ ...plain, text: left + " ".repeat(48 - columnsOf(left) - 4) + "7.00" }], "left");
    return line?.x.split(" ").slice(-4).join(" ") ?? "";
  };
  expect(amountAt("可口可乐 500ml")).toBe(amountAt("Coca-Cola"));
});

test("lines are aligned on the paper, and large characters take their cells' multiple", () => {
  const large = { bold: true, widthTimes: 2, heightTimes: 2 } as const;
  expect(textsOf([{ ...plain, text: "ab" }], "right")[0]?.at).toBe("translate(552 0) scale(1 1)");
  expect(textsOf([{ ...large, text: "合计" }], "center")[0]?.at).toBe("translate(240 0) scale(2 2)");
});

test("a small run beside a tall one stands on the same base", () => {
  const tall = { bold: false, widthTimes: 1, heightTimes: 2 } as const;
  const drawn = textsOf(
    [
      { ...tall, text: "A" },
      { ...plain, text: "b" },
    ],
    "left",
  );
  expect(drawn.map(({ at }) => at)).toEqual(["translate(0 0) scale(1 2)", "translate(12 24) scale(1 1)"]);
});

test("a character outside the basic plane is drawn whole, in its own two columns", () => {
  const drawn = textsOf([{ ...plain, text: "a𠮷b" }], "left");
  expect(drawn.map(({ text, x }) => [text, x])).toEqual([
    ["ab", "6 42"],
    ["𠮷", "24"],
  ]);
});

test("a line says its text to those who cannot see it, and a blank one says nothing", () => {
  const markup = (text: string): string =>
    renderToStaticMarkup(<PaperLine columns={48} align="left" runs={[{ ...plain, text }]} />);
  expect(markup("合计 7.00")).toContain('aria-label="合计 7.00"');
  expect(markup("  ")).toContain('aria-hidden="true"');
});

function textsOf(runs: readonly LineRun[], align: "left" | "center" | "right") {
  const markup = renderToStaticMarkup(<PaperLine columns={48} align={align} runs={runs} />);
  return [...markup.matchAll(/<g transform="([^"]*)">(.*?)<\/g>/g)].flatMap(([, at = "", inside = ""]) =>
    [...inside.matchAll(/<text[^>]* x="([^"]*)"[^>]*>([^<]*)<\/text>/g)].map(([, x = "", text = ""]) => ({
      text,
      x,
      at,
    })),
  );
}

function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.codePointAt(0)! < 0x7f ? 1 : 2), 0);
}
