import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { syncMutants } from "./mutants.ts";
import { runSimulation } from "./run-simulation.ts";

// Three hundred days and every mutant are a stage of `npm test` (npm run chaos); here is what keeps them honest, and the
// seeds that once found something.

describe("a simulated day", () => {
  it("is the same for the same seed", async () => {
    const [one, other] = [await runSimulation({ from: 5, seeds: 3 }), await runSimulation({ from: 5, seeds: 3 })];
    expect(one).toEqual(other);
    expect(one).toMatchObject({ seeds: 3, broken: [] });
    expect(one.sales).toBeGreaterThan(50);
    expect(one.powerCuts + one.officeDeaths).toBeGreaterThan(10);
  });

  it("loses nothing where a till sells while head office is asked about a restored disk's past", async () => {
    expect((await runSimulation({ from: 91, seeds: 1 })).broken).toEqual([]);
  });

  it("brings a dead till's sales from its relay though the till had forked and never knew", async () => {
    const lived = await runSimulation({ from: 22, seeds: 1 });
    expect(lived).toMatchObject({ broken: [], relayDays: { "till-dies": 1 } });
    expect(lived.relayKept).toBeGreaterThan(0);
  });

  it("is noticed where a disk only says that it has written", async () => {
    const { broken } = await runSimulation({ from: 1, seeds: 20, isFsyncDropped: true });
    expect(broken.map(({ promise }) => promise)).toContain("I1 printed is in the journal for ever");
  });
});

describe("every mutant", () => {
  it.each(syncMutants.flatMap(({ name, edits }) => edits.map((edit) => ({ name, ...edit }))))(
    "$name finds its place in $file exactly once, and changes it",
    ({ file, find, replace }) => {
      const parts = readFileSync(join(projectRoot, file), "utf8").split(find);
      expect(parts).toHaveLength(2);
      expect(parts.join(replace)).not.toBe(parts.join(find));
    },
  );
});
