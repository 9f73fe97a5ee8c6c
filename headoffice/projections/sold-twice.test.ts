import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Databases,
  engines,
  type OfficeBench,
  openDatabases,
  openOfficeBench,
} from "#tests/support/office-bench.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";
import { listReviews } from "../admin/reviews.ts";
import { rebuildProjections } from "./rebuild.ts";

describe.each(engines)("one sale rung up at two tills, with %s", (engine) => {
  let databases: Databases;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());

  /** Three tills of a shop that each sold something of its own; the first two also sold the same. */
  async function openShop(): Promise<{ bench: OfficeBench; tills: readonly OfficeTill[]; saleId: string }> {
    const bench = await openOfficeBench(await databases.create());
    const tills: OfficeTill[] = [];
    for (const terminalId of ["T01", "T02", "T03"]) tills.push(await bench.enrolledTill(terminalId));
    for (const till of tills) {
      openDay(till);
      sell(till, 2);
    }
    const [first, second] = tills;
    const [sale] = first === undefined ? [] : sell(first, 1);
    if (sale === undefined || second === undefined) throw new Error("one was sold");
    sell(second, 1, { saleId: sale.saleId });
    return { bench, tills, saleId: sale.saleId };
  }
  const send = async (till: OfficeTill | undefined): Promise<void> => {
    expect((await till?.upload(till.entries))?.status).toBe(200);
  };
  const flagged = async ({ office }: OfficeBench) =>
    (await listReviews(office.sql, { open: "yes", limit: 50 })).reviews
      .toSorted((a, b) => a.terminalId.localeCompare(b.terminalId))
      .map(({ terminalId, seq, reason, detail }) => [terminalId, seq, reason, detail]);

  it.each([
    [0, 1, 2],
    [2, 1, 0],
  ])("is on the review list with both entries, whoever sends first, and again after a rebuild", async (...order) => {
    const { bench, tills, saleId } = await openShop();
    for (const at of order) await send(tills[at]);
    const seqOf = (at: number): number | undefined => tills[at]?.entries.at(-1)?.seq;
    const both = [
      ["T01", seqOf(0), "sold-by-two-tills", saleId],
      ["T02", seqOf(1), "sold-by-two-tills", saleId],
    ];
    expect(await flagged(bench)).toEqual(both);
    // Both tills took the money.
    const rows = await bench.office.sql.rows("SELECT sale_id FROM sales WHERE sale_id = ?", [saleId]);
    expect(rows).toHaveLength(2);
    await rebuildProjections(bench.office);
    expect(await flagged(bench)).toEqual(both);
    await bench.close();
  });

  it("is nothing to flag while only one of them has sent it", async () => {
    const { bench, tills } = await openShop();
    await send(tills[0]);
    await send(tills[2]);
    expect(await flagged(bench)).toEqual([]);
    await bench.close();
  });
});
