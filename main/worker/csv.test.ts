import fc from "fast-check";
import { expect, it } from "vitest";
import { csvLine } from "./csv.ts";

/** Reads one line back by RFC 4180 alone. */
function parse(line: string): readonly string[] {
  const cells: string[] = [];
  let at = 0;
  const text = line.slice(0, -2);
  for (;;) {
    if (text[at] === '"') {
      let value = "";
      for (at += 1; ; at += 1) {
        if (text[at] === '"' && text[at + 1] === '"') at += 1;
        else if (text[at] === '"') break;
        value += text[at] ?? "";
      }
      cells.push(value);
      at += 1;
    } else {
      const end = text.indexOf(",", at);
      cells.push(text.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? text.length : end;
    }
    if (text[at] !== ",") return cells;
    at += 1;
  }
}

it("A cell comes back as it was written, whatever it holds, and is never a formula", () => {
  const words = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[=+\-@\t\r,"\n0-9A-Z ]{0,20}$/),
    fc.constantFrom("=1+1", "＝1"),
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (cells) => {
      const read = parse(csvLine(cells.map((text) => ({ text }))));
      expect(read.length).toBe(cells.length);
      // As it was, or behind the one character that keeps it from being a formula or a number.
      for (const [index, cell] of cells.entries()) expect([cell, `'${cell}`, `\t${cell}`]).toContain(read[index]);
      for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\r\n＝＋－＠]/u);
    }),
    { numRuns: 2_000 },
  );
});

it("Money is a number to the fen, a number that is a name keeps its last digit, and nothing is empty", () => {
  const line = csvLine([
    { amountFen: 123_456 },
    { amountFen: -5 },
    { amountFen: 0 },
    { amountFen: null },
    { text: "4200000891202603010123456789" },
    { text: "12E34567890123" },
    { text: "T01-000001" },
    { text: "=HYPERLINK(1)" },
    { text: '已与顾客核对, 说"好"' },
  ]);
  expect(line).toBe(
    '1234.56,-0.05,0.00,,"\t4200000891202603010123456789","\t12E34567890123",T01-000001,\'=HYPERLINK(1),"已与顾客核对, 说""好"""\r\n',
  );
});
