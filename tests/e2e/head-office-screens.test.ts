import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SyncView } from "#contract/ipc/sync-view.ts";
import { openRelay } from "#headoffice/relay/open-relay.ts";
import { readCertificate } from "#headoffice/relay/relay-state.ts";
import { openOffice, type OfficeOfTest } from "#tests/support/head-office.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openSettings } from "#tests/support/set-up-wechat.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";

let shop: Shop;
let till: TillUnderTest;
let office: OfficeOfTest;

beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await till.close();
  await shop.close();
  await office.close();
});

async function openWith(terminal: Parameters<typeof openShop>[0]): Promise<void> {
  shop = await openShop(terminal);
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till, "manager-1");
}

/** The same data directory, after a start of its own. */
async function openAgain(): Promise<void> {
  till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
  await beginSelling(till, "manager-1");
}

const sync = async (): Promise<SyncView> => (await till.view()).sync;

async function sellForCash(): Promise<void> {
  await ringUp(till, barcode);
  await till.send("take-payment", {});
  expect(await till.send("pay-cash", { receivedFen: 350 })).toEqual({ ok: true, value: null });
  await till.send("next-sale", {});
}

/** The word on the status bar, once it is there. */
async function barSays(word: string): Promise<void> {
  await until(
    `the status bar says ${word}`,
    async () => (await part(till.page, "status-office").getAttribute("data-value")) === word,
  );
}

async function everythingIsSent(): Promise<void> {
  await until("everything is sent", async () => {
    const { state, waiting } = await sync();
    return state === "online" && waiting === 0;
  });
}

async function openOfficeSettings(): Promise<void> {
  await openSettings(till.page);
  await part(till.page, "settings-office").click();
  await part(till.page, "office-page").waitFor();
}

/** By the page, as a manager does it. */
async function enrolByPage(code: string): Promise<void> {
  await part(till.page, "office-code").fill(code);
  await part(till.page, "office-enrol-do").click();
}

describe("A till that stands alone", () => {
  it("shows nothing of a head office, and is given one, enrolled and kept in step without a restart", async () => {
    await openWith({});
    const { page } = till;
    await sellForCash();
    expect(await part(page, "status-office").count()).toBe(0);

    await openOfficeSettings();
    expect(await part(page, "office-enrol").count()).toBe(0);
    await part(page, "office-address-field").fill("http://hq.example.com");
    await part(page, "office-address-save").click();
    expect(await part(page, "trouble").innerText()).toContain("https");
    await part(page, "office-address-field").fill(office.url);
    await part(page, "office-address-save").click();
    await part(page, "office-enrol").waitFor();
    expect(JSON.parse(readFileSync(join(shop.dataDir, "terminal.json"), "utf8"))).toMatchObject({
      headOffice: { url: office.url },
    });
    expect(await part(page, "office-enrol").innerText()).toContain("S01-T01");

    await enrolByPage("AB2CD3EF4G");
    await part(page, "trouble").waitFor();
    expect(await part(page, "trouble").innerText()).toMatch(/登记码/);

    const code = await office.code();
    await scan(shop, `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase());
    await until(
      "the code is in its field",
      async () => (await part(page, "office-code").inputValue()).replace("-", "") === code,
    );
    await part(page, "office-enrol-do").click();
    await part(page, "office-enrolled").waitFor();
    expect(await part(page, "office-enrolled").innerText()).toContain(office.name);
    expect(await part(page, "office-enrol").count()).toBe(0);
    expect((await till.view()).notices).toEqual([]);

    await everythingIsSent();
    await part(page, "settings-leave").click();
    await barSays("online");
    expect(await part(page, "status-office").getAttribute("data-waiting")).toBe("0");
  });
});

describe("A till with a head office", () => {
  it("says calmly since when head office is away, sells on, and shows both sides agreed afterwards", async () => {
    await openWith({ headOffice: { url: office.url } });
    const { page } = till;
    await barSays("not-enrolled");
    expect(await till.send("enrol", { code: await office.code() })).toMatchObject({ ok: true });
    await sellForCash();
    await everythingIsSent();
    await barSays("online");

    await office.goAway();
    await till.send("sync-now", {});
    await barSays("offline");
    await sellForCash();
    await sellForCash();
    await until("the bar counts what waits", async () => (await part(page, "status-office").innerText()).match(/\d/));
    expect(await part(page, "status-office").getAttribute("class")).toContain("status-office-calm");
    expect(Number(await part(page, "status-office").getAttribute("data-waiting"))).toBeGreaterThan(0);

    await part(page, "status-office").click();
    await part(page, "sync-page").waitFor();
    expect(await part(page, "sync-standing").getAttribute("data-standing")).toBe("offline");
    await office.comeBack();
    await part(page, "sync-now").click();
    await everythingIsSent();
    await until("today is agreed", async () => {
      const today = part(page, "sync-day").first();
      return (await today.getAttribute("data-state")) === "agreed" && (await today.innerText()).includes("¥10.50");
    });
    expect(await part(page, "sync-standing").getAttribute("data-standing")).toBe("online");
    await page.keyboard.press("Escape");
    await part(page, "empty-cart").waitFor();
  });

  it("says loudly that it was shut out and what to do, and comes back with a new code", async () => {
    await openWith({ headOffice: { url: office.url } });
    const { page } = till;
    expect(await till.send("enrol", { code: await office.code() })).toMatchObject({ ok: true });
    await everythingIsSent();
    await office.revoke();
    await sellForCash();
    await barSays("stopped");
    expect(await part(page, "status-office").getAttribute("class")).toContain("status-office-grave");
    await part(page, "status-office").click();
    expect(await part(page, "sync-trouble").getAttribute("data-trouble")).toBe("revoked");
    await page.keyboard.press("Escape");

    await openOfficeSettings();
    await enrolByPage(await office.code({ replaces: true }));
    await part(page, "office-enrolled").waitFor();
    await everythingIsSent();
    await part(page, "settings-leave").click();
    await barSays("online");
  });

  it("says in plain words that a backup was restored, until a manager has seen it, and uses no number twice", async () => {
    await openWith({ headOffice: { url: office.url } });
    expect(await till.send("enrol", { code: await office.code() })).toMatchObject({ ok: true });
    await sellForCash();
    await everythingIsSent();
    await till.close();
    const backup = join(shop.dataDir, "before.db");
    copyFileSync(join(shop.dataDir, "sales.db"), backup);
    await openAgain();
    await sellForCash();
    await everythingIsSent();
    await till.close();
    for (const file of ["sales.db", "sales.db-wal", "sales.db-shm"]) rmSync(join(shop.dataDir, file), { force: true });
    copyFileSync(backup, join(shop.dataDir, "sales.db"));

    // Rung up the moment the sign-in is answered: by then the till has heard which numbers are given away.
    await openAgain();
    await sellForCash();
    expect((await till.view()).lastSales[0]?.saleNumber).toBe("T01-000003");
    await barSays("alarm");
    const { page } = till;
    await part(page, "status-office").click();
    expect(await part(page, "sync-alarm").getAttribute("data-kind")).toBe("tail-lost");
    expect(await part(page, "sync-alarm").innerText()).toContain("备份");
    await part(page, "sync-alarm-seen").click();
    await part(page, "sync-alarm").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await sellForCash();
    await everythingIsSent();
    expect((await till.view()).lastSales[0]?.saleNumber).toBe("T01-000004");
    expect(await part(page, "status-office").getAttribute("data-value")).not.toBe("alarm");
  });

  it("is given the shop's relay on the page, and keeps a copy there at once, without a restart", async () => {
    await openWith({ headOffice: { url: office.url } });
    const { page } = till;
    expect(await till.send("enrol", { code: await office.code() })).toMatchObject({ ok: true });
    await everythingIsSent();
    const opened = await openRelay({
      ...{ database: { kind: "sqlite", path: join(shop.dataDir, "relay.db") }, upstream: office.url },
      enrol: { place: { storeCode: "S01", terminalId: "R1" }, code: await office.relayCode("R1") },
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    const relay = opened.value;
    try {
      const relayUrl = await relay.app.listen({ host: "127.0.0.1", port: 0 });
      relay.sendOn.start();
      await until("head office vouches for it", async () => (await readCertificate(relay.office.sql)) !== null);

      await openOfficeSettings();
      await part(page, "office-relay-change").click();
      await part(page, "office-relay-field").fill("http://8.8.8.8:8460");
      await part(page, "office-relay-save").click();
      expect(await part(page, "trouble").innerText()).toContain("店内的地址");
      await part(page, "office-relay-field").fill(relayUrl);
      await part(page, "office-relay-save").click();
      await part(page, "office-saved").waitFor();
      expect(JSON.parse(readFileSync(join(shop.dataDir, "terminal.json"), "utf8"))).toMatchObject({
        headOffice: { url: office.url, relayUrl },
      });
      await everythingIsSent();
      await part(page, "settings-leave").click();

      await office.goAway();
      await till.send("sync-now", {});
      await sellForCash();
      await until("the relay has what waits", async () => {
        const { state, waiting, withRelay } = await sync();
        return state === "offline" && waiting > 0 && withRelay === waiting;
      });
      await openOfficeSettings();
      await part(page, "office-relay-change").click();
      await part(page, "office-relay-field").fill("");
      await part(page, "office-relay-save").click();
      await until("the till knows of no relay", async () => (await sync()).withRelay === null);
      await office.comeBack();
      await till.send("sync-now", {});
      await everythingIsSent();
    } finally {
      await relay.close();
    }
  });

  it("is told by another head office that it is not known there, and enrols with it by a code of its own", async () => {
    await openWith({ headOffice: { url: office.url } });
    const { page } = till;
    expect(await till.send("enrol", { code: await office.code() })).toMatchObject({ ok: true });
    await sellForCash();
    await everythingIsSent();
    const other = await openOffice();
    try {
      await openOfficeSettings();
      await part(page, "office-address-change").click();
      await part(page, "office-address-field").fill(other.url);
      await part(page, "office-address-save").click();
      await until("the other does not know it", async () => (await sync()).state === "stopped");
      await part(page, "office-enrol").waitFor();
      await enrolByPage(await other.code());
      await part(page, "office-enrolled").waitFor();
      await sellForCash();
      await everythingIsSent();
      await part(page, "office-sync").click();
      await until("both sales are agreed", async () => {
        await part(page, "sync-now").click();
        const today = part(page, "sync-day").first();
        return (await today.getAttribute("data-state")) === "agreed" && (await today.innerText()).includes("¥7.00");
      });
    } finally {
      await other.close();
    }
  });

  it("shows a cashier how it stands, and the days to managers alone", async () => {
    await openWith({ headOffice: { url: office.url } });
    const { page } = till;
    expect(await till.send("enrol", { code: await office.code() })).toMatchObject({ ok: true });
    await everythingIsSent();
    await till.send("sign-out", {});
    await beginSelling(till, "cashier-1");
    await part(page, "status-office").click();
    await part(page, "sync-page").waitFor();
    expect(await part(page, "sync-day").count()).toBe(0);
    expect(await till.send("agreement-days", {})).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    expect(await till.send("head-office", {})).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    await part(page, "sync-leave").click();
    await page.keyboard.press("F12");
    await part(page, "more-devices").click();
    await part(page, "settings").waitFor();
    expect(await part(page, "settings-office").count()).toBe(0);
  });
});
