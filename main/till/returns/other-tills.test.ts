import { afterEach, beforeEach, expect, it } from "vitest";
import { listReviews } from "#headoffice/admin/reviews.ts";
import { rebuildProjections } from "#headoffice/projections/rebuild.ts";
import { chips, people } from "#tests/support/bench-shop.ts";
import { until } from "#tests/support/poll.ts";
import { openShopTill, type ShopTill } from "#tests/support/refunding-shop.ts";
import { type OfficeBench, openOfficeBench } from "#tests/sync/office-bench.ts";

/* Two tills of a shop over a real head office: what one took back the other does not take back again. */

let office: OfficeBench;
let first: ShopTill;
let second: ShopTill;

beforeEach(async () => {
  office = await openOfficeBench();
  first = await openShopTill(office, "T01");
  second = await openShopTill(office, "T02");
  for (const till of [first, second]) {
    await till.enrol();
    await till.drained();
  }
  await until("both know each other", () => second.bench.store.sync.shopTills().length === 2);
});
afterEach(async () => {
  await first.close();
  await second.close();
  await office.close();
});

let presses = 0;

/** Two bags of chips, 20.00. */
async function sell(): Promise<string> {
  const { bench } = first;
  await bench.scan(chips);
  await bench.scan(chips);
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 2_000 });
  await bench.must("next-sale", {});
  await first.drained();
  return bench.sales().at(-1)?.saleId ?? "";
}

function bringBack({ bench }: ShopTill, saleId: string, count: number) {
  const lines = [{ lineNumber: 1, quantity: count * 1_000, condition: "back-to-stock" as const }];
  const requestId = `back-${(presses += 1)}`;
  const approvalPin = people.manager.pin;
  return bench.send("give-return", { requestId, saleId, lines, amountFen: count * 1_000, reason: "退货", approvalPin });
}
const outlook = ({ bench }: ShopTill, saleId: string) => bench.must("return-outlook", { saleId });

it("what another till took back is told by head office, also to the till that sold it, and after a rebuild", async () => {
  const saleId = await sell();
  await second.bench.must("find-sale", { text: "T01-000001" });
  expect(await outlook(second, saleId)).toMatchObject({
    soldBy: "T01",
    toldBy: "office",
    lines: [{ remaining: 2_000 }],
  });
  expect(await bringBack(second, saleId, 1)).toMatchObject({
    ok: true,
    value: { refundNos: ["T01-000001-T02R1"], amountFen: 1_000 },
  });
  await second.drained();

  expect(await outlook(first, saleId)).toMatchObject({
    toldBy: "office",
    lines: [{ returned: 1_000, remaining: 1_000 }],
  });
  expect(await bringBack(first, saleId, 2)).toEqual({
    ok: false,
    fault: { kind: "return-over-line", lineNumber: 1, remaining: 1_000 },
  });
  expect(await bringBack(first, saleId, 1)).toMatchObject({ ok: true });
  await first.drained();
  const { sql } = office.office().office;
  const kept = () =>
    sql.rows(
      "SELECT terminal_id, sale_terminal_id, sku, quantity_milli, goods_condition FROM returned_lines ORDER BY 1",
    );
  const rows = ["T01", "T02"].map((terminal_id) => ({
    ...{ terminal_id, sale_terminal_id: "T01", sku: terminal_id === "T01" ? "chips" : null },
    ...{ quantity_milli: 1_000, goods_condition: "back-to-stock" },
  }));
  expect(await kept()).toEqual(rows);
  await rebuildProjections(office.office().office);
  expect(await kept()).toEqual(rows);
  const { reviews } = await listReviews(sql, { open: "yes", limit: 50 });
  expect(reviews).toEqual([]);
  expect(second.bench.store.verifyWholeChain().ok).toBe(true);
});

it("points of what another till took back are taken with the next return at the till that sold it", async () => {
  const { bench } = first;
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
  await bench.must("save-point-rates", { pointsPerYuan: 10, fenPerPoint: 1 });
  await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
  const { memberId } = await bench.must("enrol-member", { name: "", phone: "13812341234" });
  const saleId = await sell();
  const balance = () => bench.store.member(memberId)?.balance;
  expect(balance()).toBe(200);

  await second.bench.must("find-sale", { text: "T01-000001" });
  expect(await bringBack(second, saleId, 1)).toMatchObject({ ok: true });
  await second.drained();
  expect(second.bench.store.returnsOfSale(saleId)[0]?.points).toBeUndefined();
  await outlook(first, saleId);
  expect(await bringBack(first, saleId, 1)).toMatchObject({ ok: true });
  expect(bench.store.returnsOfSale(saleId)[0]?.points).toEqual({ memberId, takenBack: 200, givenBack: 0, balance: 0 });
  expect(balance()).toBe(0);
  await first.drained();
  expect(bench.store.verifyWholeChain().ok).toBe(true);
});

it("while nobody can be asked a till keeps to its own sales, and what was told last still counts", async () => {
  const saleId = await sell();
  await second.bench.must("find-sale", { text: "T01-000001" });
  expect(await bringBack(second, saleId, 1)).toMatchObject({ ok: true });
  await second.drained();
  await outlook(first, saleId);
  first.isLineUp = false;
  expect(await outlook(first, saleId)).toMatchObject({ toldBy: "nobody", lines: [{ remaining: 1_000 }] });
  expect(await bringBack(first, saleId, 2)).toMatchObject({ fault: { kind: "return-over-line" } });
  expect(await bringBack(first, saleId, 1)).toMatchObject({ ok: true });
  expect(first.bench.store.refund("T01-000001R1")).toMatchObject({ check: { kind: "unchecked" } });
});

it("an exchange keeps its grant over a restart, and gives it back when it is dropped", async () => {
  const saleId = await sell();
  const lines = [{ lineNumber: 1, quantity: 2_000, condition: "damaged" as const }];
  const asked = { requestId: "ex", saleId, lines, amountFen: 2_000, reason: "换货", approvalPin: people.manager.pin };
  await first.bench.must("begin-exchange", asked);
  await first.bench.crash();
  await until("the till has taken up what it left", () => first.bench.shown.sale.exchange !== undefined);
  await first.drained();
  await second.bench.must("find-sale", { text: "T01-000001" });
  expect(await second.refund(saleId, 1)).toMatchObject({ ok: false, fault: { kind: "over-refundable" } });
  await first.bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
  await first.bench.must("drop-exchange", {});
  await first.drained();
  await second.bench.must("find-sale", { text: "T01-000001" });
  expect(await second.refund(saleId, 1)).toMatchObject({ ok: true });
});
