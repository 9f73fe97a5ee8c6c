import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AuditQuery } from "#contract/worker/audit-messages.ts";
import { chips, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const { cashier, manager } = people;
const everything: AuditQuery = {
  ...{ fromMs: null, toMs: null, personId: null, group: null, amountFen: null, saleNumber: null, text: null },
};
let bench: TillBench;
let saveAs: string | null = null;
beforeEach(async () => {
  bench = await openTillBench({ saveAs: () => saveAs }).atWork();
  await bench.scan(chips);
  await bench.must("discount-sale", {
    discount: { kind: "amount", amountFen: 300 as never },
    approvalPin: manager.pin,
  });
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 1000 });
});
afterEach(() => bench.close());

const look = (query: Partial<AuditQuery>) =>
  bench.must("audit-page", { query: { ...everything, ...query }, before: null });

it("is not for a cashier", async () => {
  for (const sent of [
    bench.send("audit-page", { query: everything, before: null }),
    bench.send("audit-verify", {}),
    bench.send("audit-export", { query: everything }),
  ])
    expect(await sent).toMatchObject({ ok: false, fault: { kind: "not-allowed" } });
});

it("says who did what by whose word, and leads to the sale", async () => {
  await bench.must("sign-in", { cashierId: manager.id, pin: manager.pin });
  const { rows } = await look({ group: "taken-back" });
  const [sale] = bench.sales();
  expect(rows).toMatchObject([
    {
      kind: "discount-granted",
      ...{ personName: cashier.name, approverName: manager.name, amountFen: 300 },
      ...{ saleId: sale?.saleId, saleNumber: sale?.saleNumber },
    },
  ]);
});

it("finds everything of a sale by its number", async () => {
  await bench.must("sign-in", { cashierId: manager.id, pin: manager.pin });
  const { rows, before } = await look({ saleNumber: "T01-000001" });
  expect(rows.map(({ kind }) => kind)).toContain("sale-completed");
  expect(rows.map(({ kind }) => kind)).toContain("discount-granted");
  expect(before).toBeNull();
  expect((await look({ saleNumber: "T01-000099" })).rows).toEqual([]);
});

it("checks the chain to its end", async () => {
  await bench.must("sign-in", { cashierId: manager.id, pin: manager.pin });
  const { lastSeq } = bench.store.journalStatus();
  expect(await bench.must("audit-verify", {})).toMatchObject({ through: lastSeq, total: lastSeq, broken: null });
});

it("is written to a file in the cashier's language, which is itself an entry", async () => {
  await bench.must("sign-in", { cashierId: manager.id, pin: manager.pin });
  saveAs = join(bench.directory, "journal.csv");
  const answer = await bench.must("audit-export", { query: { ...everything, personId: manager.id } });
  const lines = readFileSync(saveAs, "utf8").trimEnd().split("\r\n");
  expect(lines).toHaveLength((answer?.rowCount ?? 0) + 1);
  expect(lines[0]).toContain("批准人");
  expect(lines.join("\n")).toContain(manager.name);
  expect((await look({ text: "rowCount" })).rows).toMatchObject([
    { kind: "journal-exported", personName: manager.name },
  ]);
  saveAs = null;
  expect(await bench.must("audit-export", { query: everything })).toBeNull();
});
