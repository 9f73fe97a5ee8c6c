import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { terminalConfigSchema } from "#contract/config/terminal.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { configTable, terminalJsonSchema } from "./describe.ts";

const page = readFileSync(join(projectRoot, "docs", "CONFIG.md"), "utf8");

test("the schema in resources is the one the till checks with", () => {
  expect(readFileSync(join(projectRoot, "resources", "terminal.schema.json"), "utf8")).toBe(terminalJsonSchema());
});

test("the page lists every key as it is now", () => {
  expect(page).toContain(configTable());
});

test("the page's example is accepted as it stands", () => {
  const example = /```json\n([^]*?)```/.exec(page)?.[1] ?? "";
  expect(terminalConfigSchema.safeParse(JSON.parse(example)).error).toBeUndefined();
});
