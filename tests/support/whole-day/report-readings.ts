import { parse } from "csv-parse/sync";
import type { Page } from "playwright";
import readExcel from "read-excel-file/node";
import type { Locale } from "#contract/config/terminal.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import type { Source } from "./disagreements.ts";
import { countOf, fenOf, wordsOf } from "./paper-readings.ts";

/* What the manager's reports say: on the screen, in the list behind a number, and in the files for a spreadsheet. */

type Reading = Source["readings"][number];

const breakdowns = ["hour/", "tender/", "category/", "cashier/", "item/", "tax/"] as const;
/** By what the lines that came back tell, with what no lines tell of. */
const refundsOfGoods = ["category", "item", "tax"].flatMap((by) => [
  [`${by}/`, "/refunds"] as const,
  [`${by}-not-known`, ""] as const,
]);
const taxesInFull = [["owed-class/", ""] as const, ["owed/none", ""] as const, ["owed/all/", ""] as const];
const netInFull = breakdowns.map((prefix) => [prefix, "/net"] as const);

/**
 * The page of reports as it stands on the screen.
 * @param itemCount of how many items it must tell: a list that is read on is the short one for a moment
 */
export async function reportOnScreen(page: Page, itemCount: number): Promise<Source> {
  const readings: Reading[] = [];
  const big = { net: "sales/net", gross: "sales/gross", discounts: "sales/discount", refunds: "refunds/fen" } as const;
  for (const [name, figure] of Object.entries({ ...big, kept: "kept", voids: "voids/fen" })) {
    const fen = fenOf((await part(page, `report-${name}`).textContent()) ?? "");
    readings.push([figure, name === "discounts" || name === "refunds" ? -fen : fen]);
  }
  readings.push(["sales/count", countOf((await part(page, "report-sale-count").textContent()) ?? "")]);
  await part(page, "report-hours").getByTestId("shown-table").click();
  const cards = { hours: "hour", tenders: "tender", categories: "category", cashiers: "cashier", taxes: "tax" };
  for (const [card, by] of Object.entries(cards)) readings.push(...(await rowsOf(page, card, "report-row", by)));
  await showEveryItem(page, itemCount);
  readings.push(...(await rowsOf(page, "items", "report-item", "item")), ...(await taxesOnScreen(page)));
  return { name: "the screen", readings, inFull: [...netInFull, ...refundsOfGoods, ...taxesInFull] };
}

/** What is owed, by class and together, and what is in no class. */
async function taxesOnScreen(page: Page): Promise<readonly Reading[]> {
  const card = part(page, "report-tax-sums");
  const cellsOf = (row: string) =>
    card
      .getByTestId(row)
      .evaluateAll((rows) =>
        rows.map((one) => [
          one.getAttribute("data-key") ?? "",
          ...[...one.querySelectorAll("td")].map((cell) => cell.textContent ?? ""),
        ]),
      );
  const [classes, all, rest] = [
    await cellsOf("report-tax"),
    await cellsOf("report-tax-all"),
    await cellsOf("report-tax-rest"),
  ];
  return [
    ...classes.flatMap(([key = "", ...cells]) => taxReadings(`owed-class/${key}`, cells.map(fenOf))),
    ...all.flatMap(([, ...cells]) => taxReadings("owed/all", cells.map(fenOf))),
    ...rest.map(([, cell = ""]): Reading => ["owed/none", fenOf(cell)]),
  ];
}

function taxReadings(key: string, [net = 0, tax = 0, gross = 0]: readonly number[]): readonly Reading[] {
  return [
    [`${key}/net`, net],
    [`${key}/tax`, tax],
    [`${key}/gross`, gross],
  ];
}

async function rowsOf(page: Page, card: string, row: string, by: string): Promise<readonly Reading[]> {
  const rows = part(page, `report-${card}`).getByTestId(row);
  const cells = await rows.evaluateAll((all) =>
    all.map((one) => ({
      key: one.getAttribute("data-key") ?? "",
      count: one.querySelector("td")?.textContent ?? "",
      net: one.querySelector(".reports-amount")?.textContent ?? "",
      refund: one.querySelector(".reports-refund")?.textContent ?? "",
    })),
  );
  const rest = await part(page, `report-${card}`)
    .getByTestId("report-rest")
    .locator(".reports-refund")
    .allTextContents();
  return [
    ...cells.flatMap(({ key, count, net, refund }): readonly Reading[] => [
      [`${by}/${key}/net`, fenOf(net)],
      [`${by}/${key}/count`, countOf(count)],
      ...(refund === "" ? [] : [[`${by}/${key}/refunds`, -fenOf(refund)] as const]),
    ]),
    ...rest.map((amount): Reading => [`${by}-not-known/refunds`, -fenOf(amount)]),
  ];
}

async function showEveryItem(page: Page, itemCount: number): Promise<void> {
  const items = part(page, "report-items");
  await items.getByTestId("report-item").first().waitFor();
  const more = items.locator(".reports-more");
  await until("every item is shown", async () => {
    if ((await items.getByTestId("report-item").count()) === itemCount) return true;
    if (await more.isVisible()) await more.click({ timeout: 1_000 }).catch(() => null);
    return null;
  });
}

/** Opens the list behind a number and adds up every amount in it. */
export async function sumBehind(page: Page, number: string): Promise<{ readonly rows: number; readonly fen: number }> {
  await part(page, `report-${number}`).click();
  await part(page, "behind-row").first().waitFor();
  const more = part(page, "behind-more");
  await until("the whole list is there", async () => {
    if (await more.isDisabled()) return true;
    // The list may come to its end between the look and the press.
    await more.click({ timeout: 1_000 }).catch(() => null);
    return null;
  });
  const amounts = await part(page, "behind-row").locator("strong").allTextContents();
  await page.keyboard.press("Escape");
  await part(page, "report-behind").waitFor({ state: "detached" });
  return { rows: amounts.length, fen: amounts.reduce((sum, amount) => sum + fenOf(amount), 0) };
}

type Cell = string | number | null | undefined;
type Tables = ReadonlyMap<string, readonly (readonly Cell[])[]>;

/** The tables of a report's CSV, by their titles. */
export function tablesOfCsv(bytes: Buffer): Tables {
  const rows: string[][] = parse(bytes, { bom: true, relax_column_count: true, skip_empty_lines: false });
  const tables = new Map<string, string[][]>();
  let table: string[][] | null = null;
  for (const row of rows) {
    if (row.length === 1 && row[0] === "") table = null;
    else if (table === null) tables.set(row[0] ?? "", (table = []));
    else table.push(row);
  }
  return tables;
}

/** The sheets of a report's XLSX, by their names. */
export async function tablesOfXlsx(bytes: Buffer): Promise<Tables> {
  const sheets = await readExcel(bytes);
  return new Map(sheets.map(({ sheet, data }) => [sheet, data.map((row) => row.map(plainCell))]));
}

function plainCell(cell: unknown): Cell {
  return typeof cell === "number" || typeof cell === "string" ? cell : null;
}

/** What files call things: the ids behind the names. */
export interface Names {
  readonly categories: ReadonlyMap<string, string>;
  readonly cashiers: ReadonlyMap<string, string>;
}

/** Every figure of a report's tables. */
export function reportInFile(name: string, tables: Tables, locale: Locale, names: Names): Source {
  const words = wordsOf(locale, "reports", null);
  const keyOf = (prefix: string, text: string): string =>
    Object.keys(words)
      .find((key) => key.startsWith(prefix) && words[key] === text)
      ?.slice(prefix.length) ?? text;
  const byName: Readonly<Record<string, readonly [by: string, (text: string) => string]>> = {
    hours: ["hour", (text) => text.slice(0, 2)],
    categories: ["category", (text) => names.categories.get(text) ?? ""],
    cashiers: ["cashier", (text) => names.cashiers.get(text) ?? text],
    taxes: ["tax", (text) => keyOf("tax.", text)],
    tenders: ["tender", (text) => keyOf("tender.", text)],
  };
  const rowsOf = (title: string): readonly (readonly Cell[])[] => tables.get(words[title] ?? "")?.slice(1) ?? [];
  const readings: Reading[] = rowsOf("summary").flatMap(([label, value]): readonly Reading[] => {
    const figure = ofSummary[keyOf("", String(label))];
    return figure === undefined ? [] : [[figure, figure.endsWith("/count") ? countOfCell(value) : fenOfCell(value)]];
  });
  for (const [title, [by, idOf]] of Object.entries(byName))
    for (const row of rowsOf(title)) readings.push(...rowReadings(row, by, idOf, words));
  for (const row of rowsOf("items")) {
    const isRest = row[0] === words["no-goods"];
    readings.push(...(isRest ? restReading(row, "item") : itemReadings(row)));
  }
  for (const row of rowsOf("tax-sums")) readings.push(...owedReadings(row, keyOf, words));
  const byTime = ["hour/", "cashier/"].map((prefix) => [prefix, "/refunds"] as const);
  return { name, readings, inFull: [...netInFull, ...refundsOfGoods, ...taxesInFull, ...byTime] };
}

function rowReadings(
  row: readonly Cell[],
  by: string,
  idOf: (text: string) => string,
  words: Readonly<Record<string, string>>,
): readonly Reading[] {
  const [name = ""] = row;
  if (name === words["no-goods"]) return restReading(row, by);
  const id = idOf(String(name));
  const key = `${by}/${id}`;
  // Of a tender nothing is known of pieces and full prices.
  if (by === "tender")
    return [
      [`${key}/count`, countOfCell(row[1])],
      [`${key}/net`, fenOfCell(row[2])],
      [`refund/${id}/count`, countOfCell(row[3])],
      [`refund/${id}/fen`, fenOfCell(row[4])],
    ];
  return [
    [`${key}/count`, countOfCell(row[1])],
    [`${key}/gross`, fenOfCell(row[3])],
    [`${key}/net`, fenOfCell(row[5])],
    [`${key}/refunds`, fenOfCell(row[7])],
  ];
}

/** A class, all of them together, or what is in none. */
function owedReadings(
  [name = "", ...cells]: readonly Cell[],
  keyOf: (prefix: string, text: string) => string,
  words: Readonly<Record<string, string>>,
): readonly Reading[] {
  if (name === words["tax-none"]) return [["owed/none", fenOfCell(cells.at(-1))]];
  const key = name === words["tax-all"] ? "owed/all" : `owed-class/${keyOf("tax.", String(name))}`;
  return taxReadings(key, cells.map(fenOfCell));
}

function itemReadings(row: readonly Cell[]): readonly Reading[] {
  const key = `item/${String(row[1] ?? "")}`;
  return [
    [`${key}/count`, countOfCell(row[2])],
    [`${key}/gross`, fenOfCell(row[5])],
    [`${key}/net`, fenOfCell(row[7])],
    [`${key}/refunds`, fenOfCell(row[9])],
  ];
}

function restReading(row: readonly Cell[], by: string): readonly Reading[] {
  return [[`${by}-not-known/refunds`, fenOfCell(row.at(-1))]];
}

const ofSummary: Readonly<Record<string, string>> = {
  ...{ net: "sales/net", "sale-count": "sales/count", gross: "sales/gross", discounts: "sales/discount" },
  ...{ refunds: "refunds/fen", "refund-count": "refunds/count", kept: "kept" },
  ...{ voids: "voids/fen", "void-count": "voids/count" },
};

/** A spreadsheet's number is yuan with two decimals, and its nearest whole fen is the very amount. */
function fenOfCell(cell: Cell): number {
  return typeof cell === "number" ? Math.round(cell * 100) : fenOf(cell ?? "");
}

function countOfCell(cell: Cell): number {
  return typeof cell === "number" ? cell : countOf(cell ?? "");
}
