import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { healthCheckNames, numberInWords } from "#core/health/checks.ts";
import { timedKinds } from "#core/latency/day-timings.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";

const page = readFileSync(join(projectRoot, "docs/HEALTH.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| "));
const cellsOf = (line: string): readonly string[] => line.split("|").map((cell) => cell.trim());

it("the page on health lists each check under its number, and no other", () => {
  const listed = rows
    .map(cellsOf)
    .flatMap(([, number = "", check = ""]) => (/^H\d\d$/.test(number) ? [`${number} ${check}`] : []));
  expect(listed).toEqual(healthCheckNames.map((check) => `${numberInWords(check)} ${check}`));
});

it("the page on health lists every time with its goal", () => {
  for (const [kind, { budgetMs }] of Object.entries(timedKinds)) {
    const goal = cellsOf(rows.find((line) => line.startsWith(`| ${kind} `)) ?? "").at(-2);
    expect([kind, goal]).toEqual([kind, budgetMs >= 1_000 ? `${budgetMs / 1_000} s` : `${budgetMs} ms`]);
  }
});
