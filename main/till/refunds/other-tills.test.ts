import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listReviews } from "#headoffice/admin/reviews.ts";
import { revokeTerminal } from "#headoffice/terminals/revoke.ts";
import { businessDay, people } from "#tests/support/bench-shop.ts";
import { until } from "#tests/support/poll.ts";
import { openShopTill, type ShopTill } from "#tests/support/refunding-shop.ts";
import { type OfficeBench, openOfficeBench } from "#tests/sync/office-bench.ts";

/* Two tills of a shop over a real head office: what one sold the other gives back, and never more than was paid. */

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
  // The second one knows of the first, whatever was asked first.
  await until("both know each other", () => second.bench.store.sync.shopTills().length === 2);
});
afterEach(async () => {
  await first.close();
  await second.close();
  await office.close();
});

const cutLine = (): void => {
  for (const till of [first, second]) till.isLineUp = false;
};
const find = (text: string) => second.bench.send("find-sale", { text });
const fault = (kind: string, more: object = {}) => ({ ok: false, fault: { kind, ...more } });
async function overRefunds() {
  const { reviews } = await listReviews(office.office().office.sql, { open: "yes", limit: 50 });
  return reviews
    .filter(({ reason }) => reason === "refund-over-sale")
    .map(({ terminalId, detail }) => [terminalId, detail]);
}

describe("a sale of another till", () => {
  it("is found by its number with its goods, and goes back in part; the till that sold it then gives the rest alone", async () => {
    const saleId = await first.sellForCash();
    await first.drained();
    expect(await find("t01-000001")).toEqual({ ok: true, value: { saleId, isOther: true } });
    expect(await second.bench.must("other-sale", { saleId })).toMatchObject({
      ...{ saleNumber: "T01-000001", terminalId: "T01", toldBy: "office", totalFen: 1_000, refunds: [], elsewhere: [] },
      lines: [{ nameZh: "乐事薯片 原味", quantity: 1_000, netFen: 1_000 }],
      refundable: [{ kind: "cash", paidFen: 1_000, remainingFen: 1_000 }],
    });
    const given = await second.refund(saleId, 400);
    expect(given).toMatchObject({ value: { refundNo: "T01-000001-T02R1", soldBy: "T01", isUnchecked: false } });
    expect(second.bench.store.refund("T01-000001-T02R1")).toMatchObject({ check: { kind: "granted", by: "office" } });
    expect(second.bench.kicks).toHaveLength(1);
    expect(await first.refund(saleId, 700)).toEqual(fault("over-refundable", { remainingFen: 600 }));
    expect(await first.refund(saleId, 600)).toMatchObject({ ok: true, value: { refundNo: "T01-000001R1" } });
    await Promise.all([first.drained(), second.drained()]);
    expect(await first.refund(saleId, 1)).toMatchObject({ ok: false });
    // The money counts for the till that gave it, on both sides.
    expect(second.bench.store.dayTotals(businessDay)).toMatchObject({
      salesFen: 0,
      refundCount: 1,
      refundCashFen: 400,
    });
    expect(
      await office.office().office.sql.rows("SELECT terminal_id, refund_fen FROM day_totals ORDER BY terminal_id"),
    ).toEqual([
      { terminal_id: "T01", refund_fen: 600 },
      { terminal_id: "T02", refund_fen: 400 },
    ]);
    expect(await overRefunds()).toEqual([]);
    expect(second.bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("goes back once for one request, pressed twice while head office is asked and again after a restart", async () => {
    const saleId = await first.sellForCash();
    await first.drained();
    await find("T01-000001");
    const [one, other] = await Promise.all([1, 2].map(() => second.refund(saleId, 400, "press")));
    expect(one).toMatchObject({ ok: true });
    expect(other).toEqual(one);
    await second.bench.crash();
    await second.bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    expect(await second.refund(saleId, 400, "press")).toEqual(one);
    expect(second.bench.store.refundsOfSale(saleId)).toHaveLength(1);
    expect(await office.count("SELECT COUNT(*) AS n FROM refund_grants")).toBe(1);
  });

  it("that was granted and could not be given is free again for the others, also after a power cut", async () => {
    const saleId = await first.sellForCash();
    await first.drained();
    await find("T01-000001");
    second.bench.refuse.method = "giveCashRefund";
    second.bench.refuse.times = 1;
    expect(await second.refund(saleId, 1_000)).toEqual(fault("disk-full"));
    expect(await first.refund(saleId, 1_000)).toEqual(fault("over-refundable", { remainingFen: 0 }));
    await second.bench.crash();
    expect(second.bench.store.openGrants()).toEqual([]);
    second.sync.noteJournal();
    await office.count("SELECT COUNT(*) AS n FROM refund_grants");
    await second.drained();
    expect(await first.refund(saleId, 1_000)).toMatchObject({ ok: true });
  });

  it("is not found while head office does not have it, and a number alone proves nothing while nobody can be asked", async () => {
    await first.sellForCash();
    expect(await find("T01-000009")).toEqual(fault("sale-not-at-office"));
    cutLine();
    expect(await find("T01-000001")).toEqual(fault("sale-needs-receipt"));
    expect(await find("T02-000001")).toEqual(fault("no-such-sale"));
  });
});

describe("a receipt while nobody can be asked", () => {
  it("is enough for the money, marked as not checked; head office tells when both tills gave it", async () => {
    const saleId = await first.sellForCash();
    const qr = await first.qrOf(saleId);
    cutLine();
    await second.bench.scan(qr);
    expect(second.bench.shown.notices.at(-1)).toMatchObject({
      kind: "other-receipt-scanned",
      saleNumber: "T01-000001",
    });
    expect(await find(qr)).toEqual({ ok: true, value: { saleId, isOther: true } });
    expect(await second.bench.must("other-sale", { saleId })).toMatchObject({ toldBy: "receipt", lines: [] });
    expect(await second.refund(saleId, 1_001)).toEqual(fault("over-refundable", { remainingFen: 1_000 }));
    expect(await second.refund(saleId, 900)).toMatchObject({ ok: true, value: { isUnchecked: true } });
    expect(await second.refund(saleId, 200)).toEqual(fault("over-refundable", { remainingFen: 100 }));
    // Its own sale a till gives back by its own knowledge, as it always did.
    expect(await first.refund(saleId, 1_000)).toMatchObject({ ok: true, value: { isUnchecked: true } });
    for (const till of [first, second]) till.isLineUp = true;
    await Promise.all([first.drained(), second.drained()]);
    const flagged = await overRefunds();
    expect(flagged).toHaveLength(1);
    expect(flagged[0]?.[1]).toMatch(/^T01 T01-000001: .*, 900 fen$/);
  });

  it("that was changed, is of another shop, of a till nobody told of or of one taken out of use gives nothing back", async () => {
    const saleId = await first.sellForCash();
    const qr = await first.qrOf(saleId);
    const stranger = await openShopTill(office, "T03");
    const foreign = await openShopTill(office, "T09", { storeCode: "SH02" });
    await stranger.enrol();
    const ofStranger = await stranger.qrOf(await stranger.sellForCash());
    cutLine();
    expect(await find(qr.replace(":1000:", ":9000:").replace("c1000.", "c9000."))).toEqual(
      fault("receipt-not-genuine"),
    );
    expect(await find(qr.slice(0, -1))).toEqual(fault("receipt-not-genuine"));
    expect(await find(qr.replace(":BJ01:", ":SH02:"))).toEqual(fault("receipt-of-other-shop"));
    expect(await find(ofStranger)).toEqual(fault("receipt-unknown-till"));
    // Without a key of its own a till prints what it always did, and that is no proof.
    const plain = await foreign.qrOf(await foreign.sellForCash());
    expect(plain).toMatch(/^tillway:T09-000001:1000:[0-9a-f]{16}$/);
    expect(await find(plain)).toEqual(fault("sale-needs-receipt"));
    for (const till of [first, second]) till.isLineUp = true;
    await revokeTerminal(office.office().office, { storeCode: "BJ01", terminalId: "T01" });
    expect(await find(qr)).toEqual(fault("receipt-of-revoked-till"));
    expect(second.bench.store.refundsOfSale(saleId)).toEqual([]);
    await stranger.close();
    await foreign.close();
  });

  it("is no proof at a till that head office refuses: it gives back its own sales alone", async () => {
    const own = await second.sellForCash();
    const qr = await first.qrOf(await first.sellForCash());
    await revokeTerminal(office.office().office, { storeCode: "BJ01", terminalId: "T02" });
    second.isLineUp = false;
    const { saleId } = await second.bench.must("find-sale", { text: qr });
    second.isLineUp = true;
    expect(await find(qr)).toEqual(fault("refund-till-refused"));
    expect(await second.refund(saleId, 100)).toEqual(fault("refund-till-refused"));
    expect(await second.refund(own, 100)).toMatchObject({ ok: true, value: { isUnchecked: true } });
  });

  it.each([
    ["none", "refund-offline-not-allowed"],
    ["cash", null],
  ] as const)("follows the shop's rule: %s", async (offlineRefunds, refused) => {
    const third = await openShopTill(office, "T04", { offlineRefunds });
    await third.enrol();
    await third.drained();
    await until("it knows the others", () => third.bench.store.sync.shopTills().length === 3);
    const saleId = await first.sellForCash();
    const qr = await first.qrOf(saleId);
    third.isLineUp = false;
    await third.bench.must("find-sale", { text: qr });
    const outcome = await third.refund(saleId, 100);
    if (refused === null) expect(outcome).toMatchObject({ ok: true });
    else expect(outcome).toEqual(fault(refused));
    expect(third.bench.store.openGrants()).toEqual([]);
    await third.close();
  });
});
