import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRelay, type Relay } from "#headoffice/relay/open-relay.ts";
import { readCertificate } from "#headoffice/relay/relay-state.ts";
import { countWaiting } from "#headoffice/relay/shelf.ts";
import { readBooks } from "#tests/support/books.ts";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { type LoopbackRelay, openLoopbackRelay } from "#tests/support/loopback-relay.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

let shop: Shop;
let office: HeadOfficeProcess;
let cable: LoopbackRelay;
let relay: Relay;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  office = await openHeadOfficeProcess(shop.dataDir);
  cable = await openLoopbackRelay(() => office.port);
  await office.command("shop", "--store", "S01", "--name-zh", "人民路店", "--name-en", "Renmin Road");
  const code = await office.command("enrol-code", "--store", "S01", "--terminal", "R1", "--relay");
  const opened = await openRelay({
    database: { kind: "sqlite", path: join(shop.dataDir, "relay.db") },
    upstream: `http://127.0.0.1:${cable.port}`,
    enrol: { place: { storeCode: "S01", terminalId: "R1" }, code: code.trim().replace("-", "") },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  relay = opened.value;
  const relayUrl = await relay.app.listen({ host: "127.0.0.1", port: 0 });
  shop.configure({ headOffice: { url: `http://127.0.0.1:${cable.port}`, relayUrl } });
  till = await openTill({ dataDir: shop.dataDir });
});

afterAll(async () => {
  await till.close();
  await relay.close();
  await cable.close();
  await office.kill();
  await shop.close();
});

const sync = async () => (await till.view()).sync;

async function sell(count: number): Promise<void> {
  for (let sold = 0; sold < count; sold += 1) {
    await ringUp(till, "6920536011247");
    await till.send("take-payment", {});
    const paid = await till.send("pay-cash", { receivedFen: 1_000 });
    if (!paid.ok) throw new Error(JSON.stringify(paid.fault));
    await till.send("next-sale", {});
  }
}

describe("A till, its shop's relay and its head office", () => {
  it("lose no sale of a till that is gone for ever while the line was out", async () => {
    await beginSelling(till, "manager-1");
    const code = await office.command("enrol-code", "--store", "S01", "--terminal", "T01");
    expect(await till.send("enrol", { code })).toMatchObject({ ok: true });
    await until("everything is sent", async () => (await sync()).waiting === 0);
    relay.sendOn.start();
    await until("head office vouches for the relay", async () => (await readCertificate(relay.office.sql)) !== null);

    cable.setPlugged(false);
    await sell(5);
    const kept = await until("the relay has everything", async () => {
      const { state, waiting, withRelay } = await sync();
      return state === "offline" && waiting > 0 && withRelay === waiting ? waiting : null;
    });
    const bar = part(till.page, "status-office");
    expect([await bar.getAttribute("data-waiting"), await bar.getAttribute("data-with-relay")]).toEqual([
      String(kept),
      String(kept),
    ]);
    expect(await bar.textContent()).toContain(String(kept));
    expect((await lookAt(till.page)).isTooWide).toBe(false);

    const sold = readBooks(shop.dataDir).sales;
    expect(sold).toHaveLength(5);
    await till.kill();
    cable.setPlugged(true);
    await until("the relay has brought everything", async () => (await countWaiting(relay.office.sql)) === 0, 60_000);

    // Its books again, beside what head office has: the same to the fen, and nothing new to send.
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await beginSelling(till, "manager-1");
    const backAtMs = Date.now();
    await until(
      "both sides agree",
      async () => {
        await till.send("sync-now", {});
        const { lastAgreedAtMs, waiting, alarm } = await sync();
        return waiting === 0 && (lastAgreedAtMs ?? 0) > backAtMs && alarm === null;
      },
      40_000,
    );
    const days = await till.send("agreement-days", {});
    if (!days.ok) throw new Error(JSON.stringify(days.fault));
    expect(days.value.map(({ there }) => there?.saleCount)).toEqual([5]);
  }, 180_000);
});
