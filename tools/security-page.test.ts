import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { parserNames } from "#tests/fuzz/registry.ts";

const page = readFileSync(join(projectRoot, "docs/SECURITY.md"), "utf8");
/** `file`: "name"; "name" */
const cited = [...page.matchAll(/`([\w./-]+\.test\.ts)`: ((?:"[^"]+"(?:; )?)+)/g)].flatMap(
  ([, file = "", names = ""]) => [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => ({ file, name })),
);

it("the page on security names only tests that exist, and something for each who may come", () => {
  expect(cited.length).toBeGreaterThan(40);
  const missing = cited.filter(({ file, name }) => {
    const path = join(projectRoot, file);
    return !existsSync(path) || !readFileSync(path, "utf8").includes(`"${name}"`);
  });
  expect(missing).toEqual([]);
  for (const chapter of page.split("\n## ").slice(1, 9)) {
    expect(chapter).toMatch(/\.test\.ts`: "/);
    expect(chapter).toContain("Not stopped:");
  }
});

it("the page on security names every parser that is fuzzed, and no other", () => {
  const named = [...page.matchAll(/fuzzers? ((?:`[\w*-]+`(?:, )?)+)/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/`([\w*-]+)`/g)].map(([, name = ""]) => name),
  );
  const isNamed = (name: string) =>
    named.some((one) => one === name || (one.endsWith("*") && name.startsWith(one.slice(0, -1))));
  // What people type is no attack of its own; it is fuzzed all the same.
  expect(parserNames.filter((name) => !isNamed(name) && name !== "typed-text")).toEqual([]);
  expect(named.filter((name) => !name.endsWith("*") && !parserNames.includes(name))).toEqual([]);
});
