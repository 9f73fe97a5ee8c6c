import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sale } from "#core/sale/sale.ts";
import {
  type Databases,
  engines,
  type OfficeBench,
  openDatabases,
  openOfficeBench,
} from "#tests/support/office-bench.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";
import { askGrant, askReturnGrant, lookUp, receiptOf, refundBodyOf } from "#tests/support/refunding-tills.ts";
import { listReviews } from "../admin/reviews.ts";
import { rebuildProjections } from "../projections/rebuild.ts";
import { revokeTerminal } from "../terminals/revoke.ts";

interface Shop {
  readonly bench: OfficeBench;
  readonly first: OfficeTill;
  readonly second: OfficeTill;
  readonly sale: Sale;
}

const totalOf = (sale: Sale): number => sale.tenders[0]?.amountFen ?? 0;

async function sendAll(till: OfficeTill): Promise<void> {
  expect((await till.upload(till.entries.slice(-100))).status).toBe(200);
}

describe.each(engines)("refunds of one sale by several tills, with %s", (engine) => {
  let databases: Databases;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());

  /** Two tills of a shop and a sale of the first one, which head office has unless told otherwise. */
  async function openShop(isSent = true): Promise<Shop> {
    const bench = await openOfficeBench(await databases.create());
    const first = await bench.enrolledTill("T01");
    const second = await bench.enrolledTill("T02");
    for (const till of [first, second]) openDay(till);
    const [sale] = sell(first, 1);
    if (sale === undefined) throw new Error("one was sold");
    if (isSent) await sendAll(first);
    await sendAll(second);
    return { bench, first, second, sale };
  }
  const over = async ({ office }: OfficeBench) =>
    (await listReviews(office.sql, { open: "yes", limit: 50 })).reviews
      .filter(({ reason }) => reason === "refund-over-sale")
      .map(({ terminalId, detail }) => [terminalId, detail]);

  it("asked for at the same time are granted to one, and the other is told what is left", async () => {
    const { bench, first, second, sale } = await openShop();
    const total = totalOf(sale);
    const amountFen = total - 100;
    const answers = await Promise.all([first, second].map((till) => askGrant(till, { sale, amountFen })));
    expect(answers.map(({ json }) => json).toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
      { kind: "granted" },
      { kind: "over", remainingFen: 100 },
    ]);
    await bench.close();
  });

  it("are answered the same when they are asked for again, and a grant is never another one", async () => {
    const { bench, second, sale } = await openShop();
    const asked = { sale, amountFen: totalOf(sale), grantId: randomUUID() };
    expect((await askGrant(second, asked)).json).toEqual({ kind: "granted" });
    expect((await askGrant(second, asked)).json).toEqual({ kind: "granted" });
    expect(await askGrant(second, { ...asked, amountFen: 1 })).toMatchObject({
      status: 409,
      json: { kind: "conflict" },
    });
    expect((await askGrant(second, { sale, amountFen: 1 })).json).toEqual({ kind: "over", remainingFen: 0 });
    await bench.close();
  });

  it("count once: as a grant until the journal has the refund, then as that, and not when it failed or was given up", async () => {
    const { bench, first, second, sale } = await openShop();
    const total = totalOf(sale);
    const grantId = randomUUID();
    const check = { kind: "granted", by: "office", grantId };
    const body = (state: string, more: object = {}) =>
      refundBodyOf("W-T02R1", sale, 300, { kind: "wechat", soldBy: "T01", check, state, given: null, ...more });
    await askGrant(second, { sale, amountFen: 300, grantId });
    second.append("refund-created", body("requested"));
    await sendAll(second);
    expect((await askGrant(first, { sale, amountFen: total })).json).toEqual({
      kind: "over",
      remainingFen: total - 300,
    });
    second.append("refund-settled", body("refused"));
    await sendAll(second);
    const whole = { sale, amountFen: total, grantId: randomUUID() };
    expect((await askGrant(first, whole)).json).toEqual({ kind: "granted" });
    first.append("refund-grant-returned", { grantId: whole.grantId });
    await sendAll(first);
    expect(await askGrant(first, whole)).toMatchObject({ status: 409 });
    expect((await askGrant(second, { sale, amountFen: total })).json).toEqual({ kind: "granted" });
    await bench.close();
  });

  it("are found by number with what is given back already, and by the receipt while the sale has not come", async () => {
    const { bench, first, second, sale } = await openShop(false);
    expect((await lookUp(second, sale.saleNumber)).json).toEqual({ kind: "not-found", why: "unknown-sale" });
    const receipt = receiptOf(first, sale);
    expect((await lookUp(second, sale.saleNumber, receipt)).json).toMatchObject({
      ...{ kind: "found", lines: [], claims: [] },
      sale: { terminalId: "T01", saleId: sale.saleId, totalFen: sale.totalFen },
    });
    expect((await askGrant(second, { sale, amountFen: 200, receipt })).json).toEqual({ kind: "granted" });
    await sendAll(first);
    expect((await lookUp(second, sale.saleNumber)).json).toMatchObject({
      ...{ kind: "found", claims: [{ terminalId: "T02", amountFen: 200 }] },
      lines: sale.lines.map(({ nameZh, netFen }) => ({ nameZh, netFen })),
    });
    await bench.close();
  });

  it("are not granted on paper that no till of the shop signed, that was changed, or whose till was revoked", async () => {
    const { bench, first, second, sale } = await openShop(false);
    const genuine = receiptOf(first, sale);
    const changed = genuine.replace(`:${sale.totalFen}:`, `:${sale.totalFen + 1}:`);
    const ask = async (receipt: string) => (await askGrant(second, { sale, amountFen: 1, receipt })).json;
    for (const receipt of [receiptOf(second, sale), receiptOf(first, sale, "SH02"), changed, "tillway:nothing"]) {
      expect(await ask(receipt)).toEqual({ kind: "not-found", why: "not-genuine" });
    }
    const other = { ...sale, saleId: "another" };
    expect((await askGrant(second, { sale: other, amountFen: 1, receipt: genuine })).json).toEqual({
      ...{ kind: "not-found", why: "not-genuine" },
    });
    await revokeTerminal(bench.office, { storeCode: "BJ01", terminalId: "T01" });
    expect(await ask(genuine)).toEqual({ kind: "not-found", why: "revoked-till" });
    await bench.close();
  });

  it("that came to too much are on the review list, also where they came before the sale, and again after a rebuild", async () => {
    const { bench, first, second, sale } = await openShop(false);
    const total = totalOf(sale);
    const later = { requestedAt: "2026-03-02T16:00:00+08:00" };
    second.append("refund-settled", refundBodyOf("A-T02R1", sale, total, { ...later, soldBy: "T01" }));
    await sendAll(second);
    first.append("refund-settled", refundBodyOf("AR1", sale, 70));
    expect(await over(bench)).toEqual([]);
    await sendAll(first);
    // The one that was given first stands: the later one was 70 too much.
    const flagged = [["T02", `T01 ${sale.saleNumber}: A-T02R1, 70 fen`]];
    expect(await over(bench)).toEqual(flagged);
    const rows = () => bench.office.sql.rows("SELECT * FROM review_items ORDER BY terminal_id, epoch, seq, reason");
    const before = await rows();
    await rebuildProjections(bench.office);
    expect(await over(bench)).toEqual(flagged);
    expect(await rows()).toEqual(before);
    // Money counts for the till that gave it.
    expect(
      await bench.office.sql.rows(
        "SELECT terminal_id, refund_count, refund_fen FROM day_totals WHERE business_date = '2026-03-02' ORDER BY terminal_id",
      ),
    ).toEqual([
      { terminal_id: "T01", refund_count: 1, refund_fen: 70 },
      { terminal_id: "T02", refund_count: 1, refund_fen: total },
    ]);
    await bench.close();
  });

  const goodsOf = (sale: Sale, returnId: string, quantity = sale.lines[0]?.quantity ?? 0) => ({
    ...{ returnId, lines: [{ lineNumber: 1, quantity }] },
  });
  const returned = (sale: Sale, returnId: string, quantity: number) => ({
    ...{ returnId, saleId: sale.saleId, soldBy: "T01", businessDate: "2026-03-02" },
    lines: [{ lineNumber: 1, sku: "x", quantity, worthFen: 1, condition: "back-to-stock" }],
  });

  it("bring each line back once, however much money is left, and say how much of it is left", async () => {
    const { bench, first, second, sale } = await openShop();
    const ask = async (till: OfficeTill, returnId: string, more: object = {}) =>
      (await askReturnGrant(till, { sale, amountFen: 1, goods: goodsOf(sale, returnId), ...more })).json;
    const [one, other] = await Promise.all([ask(first, "a"), ask(second, "b")]);
    expect([one.kind, other.kind].toSorted()).toEqual(["granted", "over-line"]);
    const isFirst = String(one.kind) === "granted";
    const refused = isFirst ? other : one;
    expect(refused).toEqual({ kind: "over-line", lineNumber: 1, remaining: 0 });
    // Another payment of the same return is no other return.
    const [winner, returnId] = isFirst ? ([first, "a"] as const) : ([second, "b"] as const);
    expect(await ask(winner, returnId)).toEqual({ kind: "granted" });
    // Money without goods is capped as money alone.
    expect((await askGrant(second, { sale, amountFen: 1 })).json).toEqual({ kind: "granted" });
    await bench.close();
  });

  it("hold a line from the grant to the till's own word of the return, and let it go when the grant is given up", async () => {
    const { bench, first, second, sale } = await openShop();
    const sold = sale.lines[0]?.quantity ?? 0;
    const left = async (till: OfficeTill, quantity = sold) =>
      (await askReturnGrant(till, { sale, amountFen: 1, goods: goodsOf(sale, "probe", quantity) })).json;
    const over = { kind: "over-line", lineNumber: 1, remaining: 0 };
    const given = { sale, amountFen: 2, grantId: randomUUID(), goods: goodsOf(sale, "r1") };
    expect((await askReturnGrant(second, given)).json).toEqual({ kind: "granted" });
    expect((await askReturnGrant(second, given)).json).toEqual({ kind: "granted" });
    expect((await askReturnGrant(second, { ...given, goods: goodsOf(sale, "r2") })).status).toBe(409);
    expect((await askGrant(second, given)).status).toBe(409);
    second.append("refund-grant-returned", { grantId: given.grantId });
    await sendAll(second);
    const again = { ...given, grantId: randomUUID() };
    expect((await askReturnGrant(second, again)).json).toEqual({ kind: "granted" });
    const check = { kind: "granted", by: "office", grantId: again.grantId };
    // The refund ends the money's grant a batch before the word of the goods: they are not free in between.
    second.append("refund-settled", refundBodyOf("A-T02R1", sale, 2, { soldBy: "T01", check }));
    await sendAll(second);
    expect(await left(first)).toEqual(over);
    second.append("goods-returned", returned(sale, "r1", sold));
    await sendAll(second);
    expect(await left(first)).toEqual(over);
    await rebuildProjections(bench.office);
    expect(await left(first)).toEqual(over);
    await bench.close();
  });

  it("of which paper alone tells are capped by their money, for it names no line", async () => {
    const { bench, first, second, sale } = await openShop(false);
    const receipt = receiptOf(first, sale);
    const asked = { sale, amountFen: 1, receipt, goods: goodsOf(sale, "r", 99_000) };
    expect((await askReturnGrant(second, asked)).json).toEqual({ kind: "granted" });
    await bench.close();
  });

  it("are the shop's own affair: a till is told of its shop's tills and keys alone", async () => {
    const { bench, first } = await openShop();
    const { json } = await first.request("GET", `/v1/terminals/${first.key}/shop-tills`);
    expect(json).toMatchObject({
      tills: [
        { terminalKey: "BJ01-T01", state: "active", publicKeys: [first.publicKey] },
        { terminalKey: "BJ01-T02", state: "active" },
      ],
    });
    await bench.close();
  });
});
