import { beforeEach, describe, expect, it } from "vitest";
import { engines, type OfficeBench } from "#tests/support/office-bench.ts";
import { officePerTest } from "#tests/support/office-per-test.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";

describe.each(engines)("uploads that leave what is stored, on %s", (engine) => {
  const office = officePerTest(engine);
  let bench: OfficeBench;
  let till: OfficeTill;
  beforeEach(async () => {
    bench = office();
    till = await bench.enrolledTill();
  });

  const count = async (table: string) =>
    (await bench.office.sql.first<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n;
  const reviewsOf = (reason: string) =>
    bench.office.sql.rows<{ epoch: string; seq: number; detail: string }>(
      "SELECT epoch, seq, detail FROM review_items WHERE reason = ? ORDER BY seq",
      [reason],
    );
  const positionOf = ({ epoch, seq, hash }: { epoch: string; seq: number; hash: string }) => ({ epoch, seq, hash });
  const last = () => {
    const entry = till.entries.at(-1);
    if (entry === undefined) throw new Error("a till with entries");
    return entry;
  };

  it("with other bytes under a stored key are a fork, and nothing is overwritten (odoo#71455)", async () => {
    openDay(till);
    const clone = till.clone();
    sell(till, 2);
    sell(clone, 2, { cashierName: "somebody else" });
    await till.upload(till.entries);
    const { status, json } = await till.upload(clone.entries);
    const held = till.entries[2];
    if (held === undefined) throw new Error("a first sale");
    expect([status, json.kind, json.at]).toEqual([409, "fork", positionOf(held)]);
    const { json: stored } = await till.request(
      "GET",
      `/v1/terminals/${till.key}/journal?epoch=epoch-1&after=0&limit=100`,
    );
    expect(stored).toEqual({ entries: till.entries });
    expect(await count("sales")).toBe(2);
    await till.upload(clone.entries);
    expect(await reviewsOf("fork")).toEqual([
      { epoch: "epoch-1", seq: 3, detail: `${held.hash} ≠ ${clone.entries[2]?.hash}` },
    ]);
  });

  it("that continue another past are a fork at the end of what is held", async () => {
    openDay(till);
    const clone = till.clone();
    sell(till, 2);
    sell(clone, 3, { cashierName: "somebody else" });
    await till.upload(till.entries);
    const { status, json } = await till.upload(clone.entries.slice(4));
    expect([status, json.kind, json.at]).toEqual([409, "fork", positionOf(last())]);
    expect(await count("journal_events")).toBe(4);
  });

  it("from behind a fork are kept apart, each sale beside the one whose number it has", async () => {
    openDay(till);
    const clone = till.clone();
    sell(till, 2);
    sell(clone, 3, { saleId: "another", cashierName: "somebody else" });
    await till.upload(till.entries);
    const behind = clone.entries.slice(2);
    const body = Buffer.from(JSON.stringify({ entries: behind }));
    const send = () => till.request("POST", `/v1/terminals/${till.key}/quarantine`, body);
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    expect([await count("quarantined_entries"), await count("sales"), await count("journal_events")]).toEqual([
      3, 2, 4,
    ]);
    expect(await reviewsOf("fork")).toEqual([
      { epoch: "epoch-1", seq: 3, detail: `${till.entries[2]?.hash} ≠ ${behind[0]?.hash}` },
    ]);
    const both = await reviewsOf("sale-behind-fork");
    expect(both.map(({ seq }) => seq)).toEqual([3, 4]);
    expect(both[0]?.detail).toMatch(/^T01-000001: ¥\d+\.\d\d \/ ¥\d+\.\d\d$/);
    // The same entries again from where they belong are no fork.
    await till.request(
      "POST",
      `/v1/terminals/${till.key}/quarantine`,
      Buffer.from(JSON.stringify({ entries: till.entries })),
    );
    expect([(await reviewsOf("fork")).length, (await reviewsOf("sale-behind-fork")).length]).toEqual([1, 2]);
  });
});
