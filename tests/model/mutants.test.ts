import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { describe, expect, it } from "vitest";
import { mutants } from "./mutants.ts";

/*
 * What keeps the mutants honest. Each of them is run by `npm run model -- --mutants`, as a stage of `npm test`; here
 * only the first, to see that a mistake does reach the product and is noticed.
 */

async function run(mutant: string, runs: number): Promise<unknown> {
  const args = ["tests/model/main.ts", "--mutant", mutant, "--runs", String(runs), "--seed", "1"];
  const { stdout } = await promisify(execFile)("node", args, { cwd: projectRoot });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

describe("every mutant", () => {
  it.each(mutants.flatMap(({ name, edits }) => edits.map((edit) => ({ name, ...edit }))))(
    "$name finds its place in $file exactly once, and changes it",
    ({ file, find, replace }) => {
      const parts = readFileSync(join(projectRoot, file), "utf8").split(find);
      expect(parts).toHaveLength(2);
      expect(parts.join(replace)).not.toBe(parts.join(find));
    },
  );
});

/** A process of its own, on a machine that may be busy with all the other tests. */
describe("the loader", { timeout: 240_000 }, () => {
  it("brings a mistake into the product, and the model notices it", async () => {
    expect(await run("accepted-is-failed", 300)).toMatchObject({ caught: true, promise: "not-paid-is-not-charged" });
  });

  it("brings none where none is asked for", async () => {
    expect(await run("none", 10)).toEqual({ mutant: "none", caught: false, promise: null, runs: 10, seed: 1 });
  });

  it("refuses a mistake it does not know", async () => {
    await expect(run("no-such-mistake", 1)).rejects.toThrow("no mutant is called no-such-mistake");
  });
});
