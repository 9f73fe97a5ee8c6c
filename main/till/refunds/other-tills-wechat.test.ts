import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PaperColumns } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { readCertificate } from "#headoffice/relay/relay-state.ts";
import { drawReceipt } from "#native/printer/raster/draw-receipt.ts";
import { pngOf } from "#native/printer/raster/png.ts";
import { chips, openingMs } from "#tests/support/bench-shop.ts";
import { until } from "#tests/support/poll.ts";
import { readQr } from "#tests/support/read-qr.ts";
import { openShopRelay, openShopTill, type ShopTill } from "#tests/support/refunding-shop.ts";
import { openSimulatedWechat, type SimulatedWechat } from "#tests/support/simulated-wechat.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { type OfficeBench, openOfficeBench } from "#tests/sync/office-bench.ts";

let office: OfficeBench;
let clock: VirtualClock;
let wechat: SimulatedWechat;
let folder: string;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tillway-shared-"));
  office = await openOfficeBench();
  clock = createVirtualClock(openingMs);
  wechat = await openSimulatedWechat(clock.now);
});
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
  await wechat.simulator.close();
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openTill(terminalId: string, relayUrl: URL | null = null): Promise<ShopTill> {
  const { client } = wechat;
  const till = await openShopTill(office, terminalId, { clock, gateway: client, refunds: client, relayUrl });
  open.push(till);
  await till.enrol();
  await till.drained();
  return till;
}
const ledger = (outTradeNo: string) =>
  wechat.simulator.ledger().orders.find((order) => order.outTradeNo === outTradeNo);

/** A sale of 10.00, paid by phone. */
async function sellByPhone(till: ShopTill): Promise<{ saleId: string; outTradeNo: string }> {
  const { bench } = till;
  await bench.scan(chips);
  await bench.must("take-payment", {});
  await bench.scan(wechat.simulator.wallet.showCode());
  const done = await until("it is paid", () => bench.till.view().payment?.done);
  await bench.must("next-sale", {});
  const tender = bench.store.sale(done.saleId)?.sale.tenders[0];
  return { saleId: done.saleId, outTradeNo: tender?.kind === "wechat" ? tender.outTradeNo : "" };
}
async function givenBack(till: ShopTill, refundNo: string): Promise<void> {
  await until("the gateway has given it back", async () => {
    await clock.advance(5_000);
    return till.bench.store.refund(refundNo)?.state === "succeeded";
  });
}

describe("a payment by phone that two tills give back", () => {
  it("goes back under a number of each, and never beyond what was paid", async () => {
    const [first, second] = [await openTill("T01"), await openTill("T02")];
    const { saleId, outTradeNo } = await sellByPhone(first);
    await first.drained();
    await second.bench.must("find-sale", { text: "T01-000001" });
    expect(await second.refund(saleId, 400)).toMatchObject({ ok: true, value: { refundNo: `${outTradeNo}-T02R1` } });
    await givenBack(second, `${outTradeNo}-T02R1`);
    await first.drained();
    expect(await first.refund(saleId, 601)).toMatchObject({ fault: { kind: "over-refundable", remainingFen: 600 } });
    expect(await first.refund(saleId, 600)).toMatchObject({ ok: true, value: { refundNo: `${outTradeNo}R1` } });
    await givenBack(first, `${outTradeNo}R1`);
    expect(ledger(outTradeNo)).toMatchObject({ chargedFen: 1_000, refundedFen: 1_000 });
  });

  it("that the gateway refused is free for the other till, and is sent again only under a new grant", async () => {
    const [first, second] = [await openTill("T01"), await openTill("T02")];
    const { saleId, outTradeNo } = await sellByPhone(first);
    await first.drained();
    await second.bench.must("find-sale", { text: "T01-000001" });
    const script = wechat.simulator.routes.find(({ path, method }) => path === "/gateway/script" && method === "POST");
    await script?.handle({ outcome: "not-enough", operation: "refund", next: true });
    await second.refund(saleId, 1_000);
    const refundNo = `${outTradeNo}-T02R1`;
    await until("it is refused", () => second.bench.store.refund(refundNo)?.state === "refused");
    const before = second.bench.store.refund(refundNo)?.check?.grantId;
    await second.drained();
    expect(await first.refund(saleId, 300)).toMatchObject({ ok: true });
    const again = () => second.bench.send("retry-refund", { refundNo, approvalPin: "8888" });
    expect(await again()).toMatchObject({ fault: { kind: "over-refundable", remainingFen: 700 } });
    expect(second.bench.store.refund(refundNo)?.check?.grantId).toBe(before);
    expect(second.bench.store.openGrants()).toEqual([]);
  });

  it("goes back by the paper's QR as a phone reads it off 58 and 80 mm paper, while nobody can be asked", async () => {
    const [first, second] = [await openTill("T01"), await openTill("T02")];
    await until("they know each other", async () => {
      await second.drained();
      return second.bench.store.sync.shopTills().length === 2;
    });
    const { saleId, outTradeNo } = await sellByPhone(first);
    const qr = await first.qrOf(saleId);
    for (const columns of [32, 42, 48] as const satisfies readonly PaperColumns[]) {
      const lines = layOut({ elements: [{ kind: "qr", text: qr }] }, columns);
      const [page] = drawReceipt(lines, { columns, qr: "raster" });
      if (page === undefined) throw new Error("a receipt is a page");
      expect(await readQr(pngOf(page))).toBe(qr);
    }
    second.isLineUp = false;
    expect(await second.bench.must("find-sale", { text: qr })).toEqual({ saleId, isOther: true });
    expect(await second.refund(saleId, 1_000)).toMatchObject({ ok: true, value: { isUnchecked: true } });
    await givenBack(second, `${outTradeNo}-T02R1`);
    expect(ledger(outTradeNo)).toMatchObject({ refundedFen: 1_000 });
  });
});

describe("the shop's relay while the line is out", () => {
  it("caps among the tills that ask it, and brings its grants to head office", async () => {
    const { relay, url } = await openShopRelay(office, folder);
    open.push(relay);
    const [first, second] = [await openTill("T01", url), await openTill("T02", url)];
    relay.sendOn.start();
    await until("it is vouched for", async () => (await readCertificate(relay.office.sql)) !== null);
    await relay.sendOn.stop();
    for (const till of [first, second]) till.isLineUp = false;
    const saleId = await first.sellForCash();
    first.sync.now();
    await until("the relay has it", async () => {
      const sold = await relay.office.sql.rows("SELECT sale_id FROM sales");
      return sold.length === 1;
    });
    // By its number alone: the relay has seen it go by.
    expect(await second.bench.must("find-sale", { text: "T01-000001" })).toEqual({ saleId, isOther: true });
    expect(await second.bench.must("other-sale", { saleId })).toMatchObject({ toldBy: "relay", totalFen: 1_000 });
    expect(await second.refund(saleId, 700)).toMatchObject({ ok: true, value: { isUnchecked: false } });
    expect(second.bench.store.refundsOfSale(saleId)).toMatchObject([{ check: { kind: "granted", by: "relay" } }]);
    expect(await first.refund(saleId, 301)).toMatchObject({ fault: { kind: "over-refundable", remainingFen: 300 } });
    relay.sendOn.start();
    await until(
      "head office knows of the grant",
      async () => (await office.count("SELECT COUNT(*) AS n FROM refund_grants WHERE by_relay = 1")) === 1,
    );
    for (const till of [first, second]) till.isLineUp = true;
    await Promise.all([first.drained(), second.drained()]);
    expect(await first.refund(saleId, 301)).toMatchObject({ fault: { kind: "over-refundable", remainingFen: 300 } });
    expect(await first.refund(saleId, 300)).toMatchObject({ ok: true });
  });
});
