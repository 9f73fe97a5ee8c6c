import { describe, expect, it } from "vitest";
import { runSimulation } from "./run-simulation.ts";
import { differentRows } from "./replay.ts";

describe("the journals of simulated days", () => {
  it("identical journals give identical projections on SQLite and on PostgreSQL", async () => {
    const lived = await runSimulation({ from: 20, seeds: 6, engine: "postgres" });
    expect(lived).toMatchObject({ seeds: 6, broken: [], engine: "postgres" });
    expect(lived.sales).toBeGreaterThan(100);
  }, 120_000);

  it("are not the same where a row is missing, another, or one too many", () => {
    const rows = (...texts: readonly string[]) => new Map([["sales", texts]]);
    expect(differentRows(rows("a", "b"), rows("a", "b"))).toEqual([]);
    expect(differentRows(rows("a", "b"), rows("a"))).toEqual(["sales: b became undefined"]);
    expect(differentRows(rows("a"), rows("a", "b"))).toEqual(["sales: nothing became b"]);
    expect(differentRows(rows("a", "b"), rows("a", "c"))).toEqual(["sales: b became c"]);
  });
});
