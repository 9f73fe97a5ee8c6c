import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { diskWords } from "#main/start/disk-words.ts";
import { storeFaultWords } from "#main/start/start-fault-words.ts";
import type { StoreFault } from "#main/store/fault.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";

const page = readFileSync(join(projectRoot, "docs/FAULTS.md"), "utf8");
/** `file`: "name"; "name" */
const cited = [...page.matchAll(/`([\w./-]+\.test\.ts)`: ((?:"[^"]+"(?:; )?)+)/g)].flatMap(
  ([, file = "", names = ""]) => [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => ({ file, name })),
);
/** Rows of its tables, by their cells. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| fault ") && !line.startsWith("|---"))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
const keys = [
  ...new Set([...page.matchAll(/`((?:notice|fault|import|disk|start)\.[\w.-]+)`/g)].map(([, key = ""]) => key)),
];

const path = "/data/sales.db";
/** What a store may say at a start, by the page's names; what its disk refuses has names of its own. */
const storeFaults: Readonly<Record<string, StoreFault>> = {
  "start.damaged": { kind: "damaged", path, detail: "malformed" },
  "start.newer-version": { kind: "newer-version", path, found: 2, newestKnown: 1 },
  "start.not-ours-program": { kind: "not-ours", path, what: "program", found: "0x0", expected: "0x1" },
  "start.not-ours-terminal": { kind: "not-ours", path, what: "terminal", found: "T01", expected: "T02" },
};
const startKeys = [...Object.keys(diskWords).map((key) => `disk.${key}`), ...Object.keys(storeFaults)];

function textsOf(locale: string): Readonly<Record<string, string>> {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(projectRoot, "resources/locales", locale, file), "utf8")) as Record<string, string>;
  return { ...read("till.json"), ...read("catalogue.json") };
}

it("the page on faults names only tests that exist, and one for each row", () => {
  expect(rows.length).toBeGreaterThan(40);
  const missing = cited.filter(({ file, name }) => {
    const path = join(projectRoot, file);
    return !existsSync(path) || !readFileSync(path, "utf8").includes(`"${name}"`);
  });
  expect(missing).toEqual([]);
  expect(rows.filter((cells) => cells.length !== 5)).toEqual([]);
  expect(rows.filter(([, , , , shown = ""]) => !/\.test\.ts`: "/.test(shown))).toEqual([]);
  expect(rows.filter(([fault = "", till = ""]) => fault === "" || till === "")).toEqual([]);
});

it("the page on faults names only texts that are there in both languages; a notice has what to do next", () => {
  const starts = new Set(startKeys);
  for (const locale of ["zh-CN", "en"]) {
    const texts = textsOf(locale);
    const isThere = (key: string) =>
      starts.has(key) ||
      key in texts ||
      Object.keys(texts).some((text) => key.startsWith("notice.") && text.startsWith(`${key}.`));
    expect(keys.filter((key) => key !== "notice.…" && !isThere(key))).toEqual([]);
    const notices = keys.filter((key) => key.startsWith("notice."));
    const hasNext = (key: string) => Object.keys(texts).some((text) => text.startsWith(key) && text.endsWith(".next"));
    expect(notices.filter((key) => !hasNext(key))).toEqual([]);
  }
});

it("the page on faults names every sentence of a start that a disk or a file stops", () => {
  expect(startKeys.filter((key) => !keys.includes(key))).toEqual([]);
  for (const fault of Object.values(storeFaults)) {
    const [said] = storeFaultWords(fault).lines;
    expect(said?.code).toBe(path);
    expect([said?.zh, said?.en].every((words) => words !== undefined && words.length > 10)).toBe(true);
  }
});
