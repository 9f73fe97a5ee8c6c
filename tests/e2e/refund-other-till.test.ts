import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { type OfficeBench, openOfficeBench } from "#tests/sync/office-bench.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";

/* Two tills of a shop, one open at a time at the same counter: what T01 sold T02 gives back, and T01 then gives the rest. */

// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";

let shop: Shop;
let office: OfficeBench;
let otherDir: string;
let till: TillUnderTest;
const pins = new Map<string, ReadonlyMap<string, string>>();

beforeAll(async () => {
  shop = await openShop();
  office = await openOfficeBench();
  const more = { headOffice: { url: office.url.href }, store: { ...shop.terminal.store, code: "BJ01" } };
  shop.configure(more);
  otherDir = join(dirname(shop.dataDir), "data-2");
  mkdirSync(otherDir);
  writeFileSync(join(otherDir, "terminal.json"), JSON.stringify({ ...shop.terminal, ...more, terminalId: "T02" }));
});

afterAll(async () => {
  await till.close();
  await office.close();
  await shop.close();
});

async function openAt(terminalId: "T01" | "T02"): Promise<void> {
  const dataDir = terminalId === "T01" ? shop.dataDir : otherDir;
  const known = pins.get(terminalId);
  till = await openTill({ dataDir, ...(known === undefined ? {} : { pins: known }) });
  pins.set(terminalId, till.pins);
  await till.page.setViewportSize({ width: 1_280, height: 800 });
  await beginSelling(till, "manager-1");
  if (known !== undefined) return;
  const code = await office.code(terminalId);
  expect(await till.send("enrol", { code })).toMatchObject({ ok: true });
  await drained();
}

async function drained(): Promise<void> {
  await till.send("sync-now", {});
  await until("everything is at head office", async () => (await till.view()).sync.waiting === 0);
}

/** Two bottles for cash, ¥7.00. */
async function sell(): Promise<{ readonly saleId: string; readonly qr: string }> {
  await ringUp(till, barcode, barcode);
  await till.send("take-payment", {});
  await till.send("pay-cash", { receivedFen: 700 });
  const done = await until("the sale is done", async () => (await till.view()).payment?.done);
  await till.send("next-sale", {});
  const detail = await till.send("sale-detail", { saleId: done.saleId });
  const lines = detail.ok ? detail.value.receipt.lines : [];
  return { saleId: done.saleId, qr: lines.flatMap((line) => (line.kind === "qr" ? [line.text] : []))[0] ?? "" };
}

async function picture(name: string): Promise<void> {
  const seen = await lookAt(till.page);
  expect([seen.barriers, seen.isTooWide]).toEqual([[], false]);
  await pictureIfWanted(till.page, `refunds/${name}`);
}

/** In both languages, each looked at. */
async function pictureOfBoth(name: string): Promise<void> {
  await picture(`${name}.zh-CN`);
  await till.send("set-locale", { locale: "en" });
  await picture(`${name}.en`);
  await till.send("set-locale", { locale: "zh-CN" });
}

async function typeAmount(yuan: string): Promise<void> {
  await part(till.page, "refund-amount").focus();
  await till.page.keyboard.press("Control+A");
  await type(till.page, yuan);
}

async function lastPaper(): Promise<string> {
  const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
  return plainLines(papers.filter(({ complete }) => complete).at(-1)?.elements ?? [], 48).join("\n");
}

describe("A sale that another till of the shop made", () => {
  let online: { readonly saleId: string; readonly qr: string };
  let onPaper: { readonly saleId: string; readonly qr: string };

  it("is found by its number at head office, and goes back in part with both tills on the paper", async () => {
    await openAt("T01");
    online = await sell();
    onPaper = await sell();
    await drained();
    await till.close();

    await openAt("T02");
    await till.page.keyboard.press("F8");
    await till.page.locator("[data-testid=find-sale-number]:focus").waitFor();
    await type(till.page, "T01-000001");
    await till.page.keyboard.press("Enter");
    await part(till.page, "other-sale").waitFor();
    expect(await part(till.page, "other-told").getAttribute("data-by")).toBe("office");
    await pictureOfBoth("other-sale-at-head-office");
    await part(till.page, "refund").click();
    await part(till.page, "refund-dialog").waitFor();
    await typeAmount("3.00");
    await part(till.page, "refund-reason-returned").click();
    await part(till.page, "refund-confirm").click();
    await part(till.page, "refund-row").waitFor();
    expect(await part(till.page, "refund-row").getAttribute("data-word")).toBe("paid");
    expect(await part(till.page, "refund-unchecked").count()).toBe(0);
    await pictureOfBoth("other-sale-given-back");
    const paper = await until("the paper is out", async () => {
      const text = await lastPaper();
      return text.includes("T01-000001-T02R1") ? text : null;
    });
    expect(paper).toMatch(/原单号 +T01-000001[\s\S]*收银机 +T02[\s\S]*售出收银机 +T01[\s\S]*现金退还 +￥3\.00/u);
    await till.page.keyboard.press("Escape");
    await drained();
  });

  it("goes back by the QR of its receipt while head office is away, marked as not checked; a forged one does not", async () => {
    await office.stop();
    await till.page.keyboard.press("F8");
    await till.page.locator("[data-testid=find-sale-number]:focus").waitFor();
    await scan(shop, onPaper.qr.replaceAll(":700:", ":900:"));
    await part(till.page, "find-sale").getByText("不是本店收银机打印的").waitFor();
    await pictureOfBoth("receipt-not-genuine");
    await till.page.keyboard.press("Escape");
    await scan(shop, onPaper.qr);
    await part(till.page, "notice-refund-other").click();
    await part(till.page, "other-sale").waitFor();
    expect(await part(till.page, "other-told").getAttribute("data-by")).toBe("receipt");
    await pictureOfBoth("other-sale-by-paper");
    await part(till.page, "refund").click();
    await typeAmount("7.00");
    await part(till.page, "refund-reason-returned").click();
    await part(till.page, "refund-confirm").click();
    await part(till.page, "refund-unchecked").waitFor();
    await pictureOfBoth("other-sale-not-checked");
    await till.page.keyboard.press("Escape");
    await office.start();
    await until("head office is there again", async () => (await till.view()).sync.state === "online");
    await drained();
    await till.close();
  });

  it("then goes back at its own till to the rest of what was paid, and not a fen more", async () => {
    await openAt("T01");
    const [tenderId, left] = await tenderOf(online.saleId);
    expect(left).toBe(700); // by its own books alone
    const asked = { saleId: online.saleId, tenderId, reason: "退货" };
    expect(await till.send("refund-sale", { ...asked, requestId: "a", amountFen: 500 })).toEqual({
      ok: false,
      fault: { kind: "over-refundable", remainingFen: 400 },
    });
    expect(await till.send("refund-sale", { ...asked, requestId: "b", amountFen: 400 })).toMatchObject({ ok: true });
    const [paperTender] = await tenderOf(onPaper.saleId);
    expect(
      await till.send("refund-sale", {
        ...{ requestId: "c", saleId: onPaper.saleId, tenderId: paperTender, amountFen: 1, reason: "退货" },
      }),
    ).toEqual({ ok: false, fault: { kind: "over-refundable", remainingFen: 0 } });
  });

  async function tenderOf(saleId: string): Promise<readonly [tenderId: string, remainingFen: number]> {
    const detail = await till.send("sale-detail", { saleId });
    const one = detail.ok ? detail.value.refundable[0] : undefined;
    return [one?.tenderId ?? "", one?.remainingFen ?? 0];
  }
});
