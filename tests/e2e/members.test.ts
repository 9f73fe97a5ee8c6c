import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { filesHold, journalBodies, journalEntries } from "#tests/support/journal-bodies.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { enrolByKeys, leaveMembersPage, openMembersPage } from "#tests/support/member-screens.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part, totalOnScreen, type } from "#tests/support/sale-screen.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { arePicturesWanted, pictureIfWanted } from "#tests/support/wanted-pictures.ts";

/* Members as a cashier and a manager know them: by keys, by the card's scan, on paper, and gone for good. */

const cola = "6920536011247"; // 2.80
const phone = "13812341234";
const sizes = [
  [1_280, 800],
  [1_920, 1_080],
] as const;

const words = {
  "zh-CN": {
    name: "陈阿姨",
    earned: "本次积分",
    spent: "积分抵扣",
    balance: "积分余额",
    price: "会员价",
    back: "扣回积分",
  },
  en: {
    ...{ name: "Ms Chen", earned: "Points earned", spent: "Points used", balance: "Points balance" },
    ...{ price: "Member price", back: "Points taken back" },
  },
} as const;

/** Several looks at a screen in one test, each of a second or two. Milliseconds. */
const looksMs = 180_000;

describe.each(["zh-CN", "en"] as const)("Members in %s", { timeout: looksMs }, (locale) => {
  const said = words[locale];
  let shop: Shop;
  let till: TillUnderTest;

  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
    await till.page.setViewportSize({ width: 1_280, height: 800 });
    await beginSelling(till, "manager-1");
    await till.send("save-promotion", {
      promotion: {
        ...{ id: "members", nameZh: "可乐", nameEn: "Cola", isMemberOnly: true, coupon: null },
        deal: { kind: "fixed-price", priceFen: 250 },
        scope: { kind: "some", skus: [await skuOf(cola)], categoryIds: [] },
        schedule: { fromDate: null, toDate: null, weekdays: [], hours: null },
      },
    });
    await till.send("save-point-rates", { pointsPerYuan: 10, fenPerPoint: 1 });
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  async function skuOf(code: string): Promise<string> {
    const found = await till.send("search-items", { text: code, limit: 1 });
    return found.ok ? (found.value.items[0]?.sku ?? "none") : "none";
  }

  /** Nothing a screen reader stumbles over, nothing sticks out; and a picture where they are wanted. */
  async function looksRight(name: string, page = till.page): Promise<void> {
    const isTill = page === till.page;
    for (const [width, height] of !arePicturesWanted || !isTill ? sizes.slice(0, 1) : sizes) {
      if (isTill) await page.setViewportSize({ width, height });
      const seen = await lookAt(page);
      expect([name, seen.barriers, seen.isTooWide]).toEqual([name, [], false]);
      await pictureIfWanted(page, `members/${name}.${locale}.${isTill ? `${width}x${height}` : "display"}`);
    }
    if (isTill) await page.setViewportSize({ width: 1_280, height: 800 });
  }

  async function lastPaper(): Promise<readonly string[]> {
    await until("the receipt is out", async () => (await till.view()).payment?.done?.receipt === "printed");
    const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
    return plainLines(papers.at(-1)?.elements ?? [], 48).map((line) => line.trim().replaceAll(/ {2,}/g, " "));
  }

  it("one is enrolled by keys alone; the member price counts at once, and the paper says what was earned", async () => {
    const { page } = till;
    await ringUp(till, cola);
    await until("the shelf's price", async () => (await totalOnScreen(page)) === 280);
    await enrolByKeys(page, phone, said.name);
    await looksRight("member-new");
    await page.keyboard.press("Enter");
    await part(page, "member-balance").waitFor();
    await looksRight("member-enrolled");
    await page.keyboard.press("Escape");
    await until("the member's price", async () => (await totalOnScreen(page)) === 250);
    expect(await part(page, "sale-member").innerText()).toContain("138****1234");
    expect(await part(page, "line-promotion").innerText()).toContain(said.price);
    const { lines } = (await till.view()).sale;
    await till.send("set-quantity", { lineId: lines[0]?.lineId ?? "", quantity: 20_000 });
    await until("twenty of them", async () => (await totalOnScreen(page)) === 5_000);
    await page.keyboard.press("Space");
    await part(page, "pay-qr").waitFor();
    await part(page, "cash-quick").first().click();
    // First the customer's screen: it says thank you for some seconds only.
    const display = await till.window("display.html");
    await part(display, "display-points").waitFor();
    await looksRight("display-points", display);
    await part(page, "done-points").waitFor();
    await looksRight("member-done");
    const paper = await lastPaper();
    for (const line of [`${said.earned} +500`, `${said.balance} 500`]) expect(paper).toContain(line);
    expect(paper.some((line) => line.includes(said.price) && line.endsWith("-6.00"))).toBe(true);
    expect(paper.some((line) => line.endsWith("138****1234"))).toBe(true);
    await page.keyboard.press("Space");
    await part(page, "empty-cart").waitFor();
  });

  it("the card that was printed is scanned before the goods, and points pay a part of the next sale", async () => {
    const { page } = till;
    const found = await till.send("find-members", { text: phone });
    const memberId = found.ok ? (found.value[0]?.memberId ?? "") : "";
    expect(await till.send("print-member-card", { memberId })).toEqual({ ok: true, value: null });
    const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
    const card = papers.at(-1)?.elements.find(({ kind }) => kind === "barcode");
    if (card?.kind !== "barcode") throw new Error("no card on the paper");
    await scan(shop, card.text);
    await part(page, "sale-member").waitFor();
    await ringUp(till, cola, cola);
    await linesOnScreen(page, 1);
    await page.keyboard.press("Insert");
    await page.locator("[data-testid=points-input]:focus").waitFor();
    await type(page, "501");
    await page.keyboard.press("Enter");
    await part(page, "member").locator(".dialog-trouble").waitFor();
    await type(page, ["Backspace", "Backspace", "Backspace", "1", "2", "0"]);
    await looksRight("member");
    await page.keyboard.press("Enter");
    await until("120 points came off", async () => (await totalOnScreen(page)) === 380);
    await looksRight("sale-member");
    const display = await till.window("display.html");
    await part(display, "display-member").waitFor();
    await looksRight("display-member", display);
    await page.keyboard.press("Space");
    await part(page, "pay-qr").waitFor();
    await part(page, "cash-quick").first().click();
    const paper = await lastPaper();
    for (const line of [`${said.spent} 120 -1.20`, `${said.spent} -120`, `${said.earned} +38`, `${said.balance} 418`])
      expect(paper).toContain(line);
    expect(journalBodies(shop.dataDir, "sale-completed").at(-1)).toMatchObject({
      ...{ totalFen: 380, saleDiscountFen: 120 },
      member: { memberId, earned: 38, spent: 120, spentFen: 120, balance: 418 },
    });
    await page.keyboard.press("Space");
    await part(page, "empty-cart").waitFor();
  });

  it("goods that come back take their points back, and the paper says so", async () => {
    const [first] = journalBodies(shop.dataDir, "sale-completed") as readonly { readonly saleId: string }[];
    const saleId = first?.saleId ?? "";
    const lines = [{ lineNumber: 1, quantity: 10_000 }];
    const plan = await till.send("plan-return", { saleId, lines });
    const given = await till.send("give-return", {
      ...{ requestId: "half-back", saleId, amountFen: plan.ok ? plan.value.amountFen : 0, reason: "退货" },
      lines: [{ lineNumber: 1, quantity: 10_000, condition: "back-to-stock" }],
      approvalPin: till.pins.get("manager-1") ?? "",
    });
    expect(given).toMatchObject({ ok: true });
    const paper = await until("the return's paper is out", async () => {
      const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
      const text = plainLines(papers.at(-1)?.elements ?? [], 48).map((line) => line.trim().replaceAll(/ {2,}/g, " "));
      return text.includes(`${said.back} -250`) ? text : null;
    });
    expect(paper).toContain(`${said.balance} 168`);
  });

  it("a manager finds the member, sees every move with its sale, and changes what is known of them", async () => {
    const { page } = till;
    await openMembersPage(page);
    await part(page, "members-search").fill("1234");
    await part(page, "member-row").first().click();
    await until("every move", async () => (await part(page, "point-row").count()) === 4);
    expect(await part(page, "member-detail-balance").innerText()).toContain("168");
    await looksRight("members");
    await part(page, "point-row").first().click();
    await part(page, "paper").waitFor();
    await page.keyboard.press("Escape");
    await part(page, "paper").waitFor({ state: "detached" });
    await part(page, "member-change").click();
    await part(page, "edit-phone").fill("12345");
    await page.keyboard.press("Enter");
    await part(page, "member-edit").locator(".dialog-trouble").waitFor();
    await looksRight("member-edit");
    await page.keyboard.press("Escape");
    await part(page, "edit-phone").waitFor({ state: "detached" });
  });

  it("who was deleted is gone from every file of the till, and their sales are not", async () => {
    const { page } = till;
    expect(filesHold(shop.dataDir, phone)).toBe(true);
    await part(page, "member-delete").click();
    await looksRight("member-delete");
    await part(page, "member-delete-go").press("Enter");
    await part(page, "members-said").waitFor();
    await until("the list is read again", async () => (await part(page, "member-row").count()) === 0);
    for (const trace of [phone, said.name]) {
      expect([trace, filesHold(shop.dataDir, trace)]).toEqual([trace, false]);
      expect(JSON.stringify(journalEntries(shop.dataDir))).not.toContain(trace);
    }
    const logs = join(shop.dataDir, "logs");
    for (const file of readdirSync(logs)) expect(readFileSync(join(logs, file), "utf8")).not.toContain(phone);
    expect(journalBodies(shop.dataDir, "member-deleted")).toMatchObject([{ cashierId: "manager-1" }]);
    await leaveMembersPage(page);
    expect(await till.send("find-members", { text: phone })).toEqual({ ok: true, value: [] });
  });
});
