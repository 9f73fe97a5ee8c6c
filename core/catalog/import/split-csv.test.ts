import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { delimiterOf, splitCsv } from "./split-csv.ts";

const split = (text: string, delimiter = ",") => [...splitCsv(text, delimiter)];
const cellsOf = (text: string, delimiter = ",") => split(text, delimiter).map(({ cells }) => cells);

test("any table written by the rules is cut as another reader cuts it", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "茶", ",", '"', "\n", "\r\n", " ", ";", "1"), maxLength: 8 });
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  fc.assert(
    fc.property(table, fc.constantFrom(",", ";", "\t"), fc.constantFrom("\n", "\r\n"), (rows, delimiter, end) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      // The first row is not empty: by its width a row over several lines is known.
      const text = [["head", ...rows[0]!.slice(1)], ...rows].map((row) => row.map(quoted).join(delimiter)).join(end);
      const theirs: string[][] = parse(text, { delimiter, relax_column_count: true, record_delimiter: ["\n", "\r\n"] });
      expect(cellsOf(text, delimiter)).toEqual(theirs);
    }),
    { numRuns: 300 },
  );
});

test("a quote that is never closed costs its line, and the lines behind it are read as ever", () => {
  expect(split('a,b\n1,"x\n2,"y"\n3,z')).toEqual([
    { cells: ["a", "b"], isBroken: false },
    { cells: ["1", '"x'], isBroken: true },
    { cells: ["2", "y"], isBroken: false },
    { cells: ["3", "z"], isBroken: false },
  ]);
});

test("an open quote that swallows lines and closes by chance is found by the width of its row", () => {
  expect(split('a,b,c\n1,"x,y\n2,z,"\n3,u,v').map(({ isBroken }) => isBroken)).toEqual([false, true, true, false]);
});

test("text behind a closing quote breaks its line; a quote inside a cell is text", () => {
  expect(split('"a"b,c\n12" pizza,9')).toEqual([
    { cells: ['"a"b', "c"], isBroken: true },
    { cells: ['12" pizza', "9"], isBroken: false },
  ]);
});

test("any text is cut in time and without loss of lines: nothing throws, nothing repeats", () => {
  const text = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " "), maxLength: 200 });
  fc.assert(
    fc.property(text, (any) => {
      const rows = split(any);
      expect(rows.flatMap(({ cells }) => cells).join("").length).toBeLessThanOrEqual(any.length);
      expect(rows.length).toBeLessThanOrEqual(any.length + 1);
    }),
    { numRuns: 500 },
  );
});

test("rows that go on over line after line cost their own lines: the file is not read to its end from each of them", () => {
  // From every one of these lines on, the rest of the file is one row of quoted cells without an end.
  const lines = 20_000;
  for (const end of ["\n", "\r", "\r\n"]) {
    const rows = split(`名称,售价${end}${`"x${end}y",`.repeat(lines)}`);
    expect(rows.length).toBe(lines + 2);
    expect(rows.filter(({ isBroken }) => isBroken).length).toBeGreaterThan(lines - 60);
  }
});

test("a row may still go over fifty lines in all its cells together", () => {
  const address = "朝阳区\n".repeat(24);
  expect(split(`a,b\n"${address}","${address}"\nc,d`).map(({ isBroken }) => isBroken)).toEqual([false, false, false]);
});

test.each([
  ["名称,售价", ","],
  ["名称;售价,元;条码", ";"],
  ["名称\t售价", "\t"],
  ['"a,b,c";售价', ";"],
  ["\n\n名称;售价\n1,2,3,4,5", ";"],
])("the delimiter of %j is found", (text, delimiter) => {
  expect(delimiterOf(text)).toBe(delimiter);
});
