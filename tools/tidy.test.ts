import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { type SourceFile, untidy } from "./tidy.ts";

describe("the project's files", () => {
  it("are tidy", () => {
    const files = filesInGit().filter(({ path }) => path !== "tools/tidy.test.ts");
    expect(files.length).toBeGreaterThan(20);
    expect(untidy(files)).toEqual([]);
  });
});

describe("the look at a file", () => {
  const wrong: readonly SourceFile[] = [
    { path: "main/a.ts", text: 'const dir = "/home/wang/till";' },
    { path: "docs/A.md", text: "see /Users/li/till and more" },
    { path: "main/b.ts", text: "open(`C:\\Users\\li`)" },
    { path: "main/openWindow.ts", text: "" },
    { path: "core/Sale.ts", text: "" },
    { path: "renderer/parts/payButton.tsx", text: "" },
    { path: "main/utils/round.ts", text: "" },
    { path: "main/window/window-manager.ts", text: "" },
    { path: "core/money/index.ts", text: "" },
  ];
  it.each(wrong)("finds what is wrong with $path", (file) => {
    expect(untidy([file])).toHaveLength(1);
  });

  const right: readonly SourceFile[] = [
    { path: "main/till/scan.ts", text: 'import a from "/home"; const url = "https://x/users/1"; // a/home/b' },
    { path: "renderer/parts/PayButton.tsx", text: "" },
    { path: "renderer/index.html", text: "" },
    { path: "electron.vite.config.ts", text: "" },
    { path: "README.md", text: "" },
  ];
  it.each(right)("finds nothing wrong with $path", (file) => {
    expect(untidy([file])).toEqual([]);
  });
});

/** Text files that git knows and that are on disk. Images, fonts and sounds have no lines to look at. */
function filesInGit(): readonly SourceFile[] {
  return execFileSync("git", ["ls-files", "-z"], { cwd: projectRoot, encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(projectRoot, path)))
    .map((path) => ({ path, bytes: readFileSync(join(projectRoot, path)) }))
    .filter(({ bytes }) => !bytes.subarray(0, 8_000).includes(0))
    .map(({ path, bytes }) => ({ path, text: bytes.toString("utf8") }));
}
