import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PrinterState } from "#contract/bench/devices.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import type { Shop } from "#tests/support/shop.ts";
import type { Source } from "./disagreements.ts";
import { told, word } from "./told.ts";

/* What stands on the shop's papers: the bytes the printer got, as it put them on the paper, read line by line. */

type Reading = Source["readings"][number];

/** Papers that came out whole and have a line that begins or ends with `words`, oldest first. */
export async function papersWith(shop: Shop, words: string): Promise<readonly (readonly string[])[]> {
  const { papers } = (await shop.control("GET", "/printer")) as PrinterState; // the twin's own answer, by its contract
  return papers
    .filter(({ complete }) => complete)
    .map(({ elements }) => plainLines(elements, 48).map((line) => line.trim()))
    .filter((lines) => lines.some((line) => line.startsWith(words) || line.endsWith(words)));
}

/** Figures of an X or a Z, each as often as it stands there. */
export function shiftPaper(lines: readonly string[], locale: Locale, name: string): Source {
  const labels = wordsOf(locale, "receipt", "shift");
  const readings = lines.flatMap((line): readonly Reading[] => {
    const tax = rateRow(line, labels);
    if (tax !== null) return [tax];
    const row = rowOf(line, Object.keys(ofShift), labels);
    if (row === null) return [];
    const [figure = "", sign = 1] = ofShift[row.key] ?? [];
    return [[figure, isCount(figure) ? countOf(row.value) : fenOf(row.value) * sign]];
  });
  return {
    name,
    readings,
    inFull: [
      ["tender/", "/net"],
      ["refund/", "/fen"],
      ["owed/", "/tax"],
      ["owed/none", ""],
      ["shift/pay", ""],
      ["shift/safe", ""],
    ],
  };
}

/** "13% with tax 1,130.00": what stands after the rate says which of its three figures it is. */
function rateRow(line: string, labels: Readonly<Record<string, string>>): Reading | null {
  const [, percent = "", label, amount = ""] = /^([\d.]+)% (.+?) +(-?[\d,]+\.\d\d)$/.exec(line) ?? [];
  const figure = taxFigures.find(([key]) => labels[key] === label)?.[1];
  if (percent === "" || figure === undefined) return null;
  return [`owed/${Math.round(Number(percent) * 100)}/${figure}`, fenOf(amount)];
}

const taxFigures = [
  ["taxNet", "net"],
  ["taxOfRate", "tax"],
  ["taxOfClass", "tax"],
  ["taxGross", "gross"],
] as const;

/** What each row of it is; money that left stands there with a minus. */
const ofShift: Readonly<Record<string, readonly [figure: string, sign?: -1]>> = {
  saleCount: ["sales/count"],
  sales: ["sales/net"],
  discounts: ["sales/discount"],
  wechat: ["tender/wechat/net"],
  staticCode: ["tender/static-code/net"],
  cash: ["tender/cash/net"],
  refundsWechat: ["refund/wechat/fen", -1],
  refundsCash: ["refund/cash/fen", -1],
  noSales: ["shift/no-sales"],
  noRate: ["owed/none"],
  taxTotal: ["owed/all/tax"],
  float: ["shift/float"],
  payIn: ["shift/pay-in"],
  payOut: ["shift/pay-out", -1],
  safeDrop: ["shift/safe-drop", -1],
  expectedCash: ["shift/expected"],
  countedCash: ["shift/counted"],
  difference: ["shift/difference"],
  salesBefore: ["z/sales-before"],
  salesAfter: ["z/sales-after"],
  refundsBefore: ["z/refunds-before"],
  refundsAfter: ["z/refunds-after"],
};

/** Figures of the printed summary of a range. */
export function summaryPaper(lines: readonly string[], locale: Locale): Source {
  const labels = wordsOf(locale, "receipt", "report");
  const classes = taxClasses(locale);
  const readings = lines.flatMap((line): readonly Reading[] => {
    const tax = classRow(line, labels, classes);
    if (tax !== null) return [tax];
    const row = rowOf(line, Object.keys(ofSummary), labels);
    if (row === null) return [];
    const { figure, count, sign = 1 } = ofSummary[row.key] ?? { figure: "" };
    const value = isCount(figure) ? countOf(row.value) : fenOf(row.value) * sign;
    const times = /^×([\d,]+) /.exec(row.value)?.[1];
    return count === undefined
      ? [[figure, value]]
      : [
          [figure, fenOf(row.value.replace(/^×\S+/, "")) * sign],
          [count, countOf(times ?? "")],
        ];
  });
  return {
    name: "the printed summary",
    readings,
    inFull: [
      ["tender/", "/net"],
      ["owed-class/", ""],
      ["owed/none", ""],
    ],
  };
}

/** "General with tax 1,130.00": a class by its name, then which of its three figures it is. */
function classRow(
  line: string,
  labels: Readonly<Record<string, string>>,
  classes: ReadonlyMap<string, string>,
): Reading | null {
  const [, words = "", amount = ""] = /^(.+?) +(-?[\d,]+\.\d\d)$/.exec(line) ?? [];
  for (const [name, taxClass] of classes)
    for (const [key, figure] of taxFigures)
      if (labels[key] !== undefined && words === `${name} ${labels[key]}`)
        return [`owed-class/${taxClass}/${figure}`, fenOf(amount)];
  return null;
}

/** Names of the tax classes on paper: their ids. */
function taxClasses(locale: Locale): ReadonlyMap<string, string> {
  const all = told(JSON.parse(readFileSync(join(projectRoot, "resources/locales", locale, "receipt.json"), "utf8")));
  const names = told(told(all["report"])["taxClass"]);
  return new Map(Object.keys(names).map((id) => [word(names, id), id]));
}

interface SummaryRow {
  readonly figure: string;
  readonly count?: string;
  readonly sign?: -1;
}
const tender = (kind: string): SummaryRow => ({ figure: `tender/${kind}/net`, count: `tender/${kind}/count` });
const ofSummary: Readonly<Record<string, SummaryRow>> = {
  net: { figure: "sales/net" },
  saleCount: { figure: "sales/count" },
  gross: { figure: "sales/gross" },
  discounts: { figure: "sales/discount", sign: -1 },
  refunds: { figure: "refunds/fen", count: "refunds/count", sign: -1 },
  kept: { figure: "kept" },
  voids: { figure: "voids/fen", count: "voids/count" },
  noTax: { figure: "owed/none" },
  taxTotal: { figure: "owed/all/tax" },
  ...{ cash: tender("cash"), wechat: tender("wechat"), staticCode: tender("static-code") },
};

/** A row by its label, the longest that fits: "Sales" is the beginning of "Sales before". */
function rowOf(line: string, keys: readonly string[], labels: Readonly<Record<string, string>>) {
  const fits = Object.keys(labels).filter((key) => line.startsWith(`${labels[key]} `));
  const [key] = fits.toSorted((a, b) => (labels[b]?.length ?? 0) - (labels[a]?.length ?? 0));
  if (key === undefined || !keys.includes(key)) return null;
  return { key, value: line.slice(labels[key]?.length).trim() };
}

/** A part of the texts that people read, as resources/locales has them. */
export function wordsOf(locale: Locale, file: string, part: string | null): Readonly<Record<string, string>> {
  const all = told(JSON.parse(readFileSync(join(projectRoot, "resources/locales", locale, `${file}.json`), "utf8")));
  const words = part === null ? all : told(all[part]);
  const texts = Object.keys(words).filter((key) => typeof words[key] === "string");
  return Object.fromEntries(texts.map((key) => [key, word(words, key)]));
}

function isCount(figure: string): boolean {
  return figure.endsWith("/count") || figure === "shift/no-sales";
}

/** Fen of "1,234.50", "¥-3.25", "−12.00": every amount that people see has its two decimals. */
export function fenOf(text: string): number {
  const digits = /(\d[\d,]*)\.(\d\d)$/.exec(text.trim());
  if (digits === null) throw new Error(`an amount, got ${JSON.stringify(text)}`);
  const fen = Number(`${digits[1]?.replaceAll(",", "")}${digits[2]}`);
  return /[-\u2212]/.test(text) ? -fen : fen;
}

export function countOf(text: string): number {
  if (!/^[\d,]+$/.test(text.trim())) throw new Error(`a count, got ${JSON.stringify(text)}`);
  return Number(text.replaceAll(",", ""));
}
