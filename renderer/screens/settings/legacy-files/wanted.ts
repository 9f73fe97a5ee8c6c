import type { LegacyFilesConfig } from "#contract/config/legacy-files.ts";

/** As terminal.json takes a time of the day. */
const timeShape = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

export type OutOf = "sales" | "days";
export type Out = NonNullable<LegacyFilesConfig[OutOf]>;
export type Column = Out["columns"][number];

/** What is wrong with one column's name; null for nothing. */
export function columnFault(columns: readonly Column[], at: number): "empty" | "twice" | null {
  const name = columns[at]?.name ?? "";
  if (name.trim() === "") return "empty";
  return columns.some((other, index) => index !== at && other.name === name) ? "twice" : null;
}

export function isTime(at: string | undefined): boolean {
  return at === undefined || timeShape.test(at);
}

/** Whether it may be saved: main judges the folders themselves. */
export function isRight({ sales, days, goods, dropFolder }: LegacyFilesConfig): boolean {
  return (
    [sales, days].every((out) => out === undefined || isOutRight(out)) && goods?.folder !== "" && dropFolder !== ""
  );
}

function isOutRight(out: Out): boolean {
  const { columns, folder, at } = out;
  return (
    folder !== "" &&
    isTime(at) &&
    columns.length > 0 &&
    columns.every((_, index) => columnFault(columns, index) === null)
  );
}

/** With this column one place further up (-1) or down (1). */
export function moved(columns: readonly Column[], at: number, by: -1 | 1): readonly Column[] {
  const [here, there] = [columns[at], columns[at + by]];
  if (here === undefined || there === undefined) return columns;
  return columns.with(at, there).with(at + by, here);
}
