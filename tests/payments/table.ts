import { type Cell, type Stage, type Way, ways } from "./course.ts";
import type { Ran } from "./run-payment.ts";

/** What became of one cell, as docs/TESTING.md tells it. */
export interface Entry {
  readonly way: Way;
  readonly stage: Cell["stage"];
  readonly fault: string;
  readonly text: string;
}

const headings: Readonly<Record<Stage | "story", string>> = {
  story: "Courses of events",
  first: "The request that moves the money fails",
  query: "The queries after it fail",
  undo: "The reverse or the close fails",
  all: "Every request fails until the network heals",
};
const columns: Readonly<Record<Way, string>> = { v3: "被扫 v3", v2: "被扫 v2", native: "主扫", refund: "refund" };
const inapplicable = "–";
const between = "<br>";

/**
 * A cell in words: every end its courses came to, each with the longest wait for the word; `+` counts from the healing.
 * `aside`: from when, at the latest, the sale could be put aside and the queue go on, where that was earlier.
 */
export function entryOf({ way, stage, fault }: Cell, ran: readonly Ran[]): Entry {
  const longest = new Map<string, number>();
  for (const { course, end, waits } of ran) {
    const isHealed = course.happenings.some(({ kind }) => kind === "heal");
    const key = `${end} ${isHealed ? "+" : ""}`;
    longest.set(key, Math.max(longest.get(key) ?? 0, waits.knownMs ?? Number.POSITIVE_INFINITY));
  }
  const words = [...longest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([end, ms]) => `${end}${seconds(ms)}`);
  const known = Math.max(...ran.map(({ waits }) => waits.knownMs ?? Number.POSITIVE_INFINITY));
  const aside = Math.max(...ran.map(({ waits }) => waits.goesOnMs ?? Number.POSITIVE_INFINITY));
  const isSooner = way !== "refund" && aside < known;
  return { way, stage, fault, text: [...words, ...(isSooner ? [`aside ${seconds(aside)}`] : [])].join(", ") };
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}

/** The tables, one per stage; faults that come to the same stand in one row. */
export function renderTables(entries: readonly Entry[]): string {
  const stages = Object.keys(headings) as (Stage | "story")[]; // exactly the keys written above
  return stages.map((stage) => renderTable(stage, entries)).join("\n\n");
}

function renderTable(stage: Stage | "story", entries: readonly Entry[]): string {
  const faults = [...new Set(entries.filter((entry) => entry.stage === stage).map(({ fault }) => fault))];
  const rows = new Map<string, string[]>();
  for (const fault of faults) {
    const cells = ways.map(
      (way) =>
        entries.find((entry) => entry.stage === stage && entry.fault === fault && entry.way === way)?.text ??
        inapplicable,
    );
    const key = cells.join(" | ");
    rows.set(key, [...(rows.get(key) ?? []), fault]);
  }
  const names = ways.map((way) => columns[way]);
  const lines = [...rows].map(([cells, same]) => `| ${same.join(between)} | ${cells} |`);
  const head = [`| ${[headings[stage], ...names].join(" | ")} |`, `|---${"|---".repeat(ways.length)}|`];
  return [...head, ...lines].join("\n");
}

/** One column of the tables as they stand in the page: stage and fault → text. */
export function readColumn(page: string, way: Way): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let stage = "";
  for (const line of tablesIn(page).split("\n")) {
    const [names, ...cells] = line.slice(2, -2).split(" | ");
    if (!line.startsWith("| ") || names === undefined) continue;
    const heading = Object.entries(headings).find(([, text]) => text === names);
    if (heading !== undefined) stage = heading[0];
    const text = cells[ways.indexOf(way)] ?? "";
    if (heading !== undefined || text === inapplicable) continue;
    for (const fault of names.split(between)) found[`${stage}: ${fault}`] = text;
  }
  return found;
}

export function columnOf(entries: readonly Entry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.map(({ stage, fault, text }) => [`${stage}: ${fault}`, text]));
}

const marks = /(?<=<!-- fault matrix -->\n)[^]*(?=\n<!-- end of fault matrix -->)/u;

function tablesIn(page: string): string {
  return marks.exec(page)?.[0] ?? "";
}

/** The page with its tables replaced. */
export function writeTables(page: string, tables: string): string {
  if (!marks.test(page)) throw new Error("the page has no place for the fault matrix");
  return page.replace(marks, () => tables);
}
