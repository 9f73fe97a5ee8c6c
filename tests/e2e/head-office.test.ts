import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";
import { type LoopbackRelay, openLoopbackRelay } from "#tests/support/loopback-relay.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const demoStore = fileURLToPath(new URL("../../resources/demo-store", import.meta.url));

let shop: Shop;
let office: HeadOfficeProcess;
let cable: LoopbackRelay;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  office = await openHeadOfficeProcess(shop.dataDir);
  cable = await openLoopbackRelay(() => office.port);
  shop.configure({ headOffice: { url: `http://127.0.0.1:${cable.port}` } });
  till = await openTill({ dataDir: shop.dataDir });
});

afterAll(async () => {
  await till.close();
  await cable.close();
  await office.kill();
  await shop.close();
});

async function sell(count: number): Promise<void> {
  for (let sold = 0; sold < count; sold += 1) {
    await ringUp(till, "6920536011247");
    await till.send("take-payment", {});
    const paid = await till.send("pay-cash", { receivedFen: 1_000 });
    if (!paid.ok) throw new Error(JSON.stringify(paid.fault));
    await till.send("next-sale", {});
  }
}

const sync = async () => (await till.view()).sync;

/** Everything is sent, and both sides have said the same of every day since `afterMs`. */
async function agreed(afterMs: number) {
  return until(
    "both sides agree",
    async () => {
      await till.send("sync-now", {});
      const view = await sync();
      return view.waiting === 0 && (view.lastAgreedAtMs ?? 0) > afterMs && view.disagreedDates.length === 0
        ? view
        : null;
    },
    40_000,
  );
}

describe("A till and its head office", () => {
  it("close a shift while its sales wait, and agree on it after a start (odoo#33511)", async () => {
    await beginSelling(till, "manager-1");
    expect(await sync()).toMatchObject({ state: "not-enrolled", officeHost: `127.0.0.1:${cable.port}` });
    await sell(2);
    await office.command("shop", "--store", "S01", "--name-zh", "人民路店", "--name-en", "Renmin Road");
    const code = await office.command("enrol-code", "--store", "S01", "--terminal", "T01");
    const wrong = await till.send("enrol", { code: "22222-22222" });
    expect(wrong).toEqual({ ok: false, fault: { kind: "enrolment-code-unknown" } });
    expect(await till.send("enrol", { code })).toMatchObject({ ok: true });
    expect(await agreed(0)).toMatchObject({ state: "online", trouble: null, alarm: null });

    cable.setPlugged(false);
    await sell(2);
    const counted = await till.send("close-shift", { countedCashFen: 20_000 + 4 * 280 });
    expect(counted.ok).toBe(true);
    await till.kill();
    cable.setPlugged(true);
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await beginSelling(till, "manager-1");
    expect(await agreed(Date.now())).toMatchObject({ state: "online", waiting: 0, officeName: "Tillway" });

    const days = await till.send("agreement-days", {});
    if (!days.ok) throw new Error(JSON.stringify(days.fault));
    const { sales } = readBooks(shop.dataDir);
    expect(sales).toHaveLength(4);
    expect(days.value.every(({ isAgreed }) => isAgreed)).toBe(true);
    expect(days.value.reduce((count, { there }) => count + (there?.saleCount ?? 0), 0)).toBe(4);
    expect(days.value.reduce((fen, { there }) => fen + (there?.salesFen ?? 0), 0)).toBe(
      sales.reduce((fen, { totalFen }) => fen + totalFen, 0),
    );
  }, 180_000);

  it("have the goods again after the till's list of them was damaged, and say what happened", async () => {
    await office.command("fill", "--store", "S01", "--from", demoStore);
    await till.kill();
    const file = join(shop.dataDir, "catalog.db");
    for (const beside of ["-wal", "-shm"]) rmSync(file + beside, { force: true });
    writeFileSync(file, Buffer.alloc(65_536, "damaged"));

    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await beginSelling(till, "manager-1");
    expect((await till.view()).notices.map(({ kind }) => kind)).toContain("catalogue-damaged");
    await until("the cashier reads it", async () =>
      (await part(till.page, "notice").allInnerTexts()).some((words) => words.includes("商品资料文件已损坏")),
    );
    expect(readdirSync(shop.dataDir).filter((name) => name.startsWith("catalog.db.damaged-"))).toHaveLength(1);
    await until("the goods are there again", async () => {
      await till.send("sync-now", {});
      return (await till.send("scan", { text: "6920536011247", by: "typed" })).ok;
    });
    await till.send("take-payment", {});
    expect(await till.send("pay-cash", { receivedFen: 1_000 })).toMatchObject({ ok: true });
  }, 120_000);
});
