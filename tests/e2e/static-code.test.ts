import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { readBooks } from "#tests/support/books.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* A payment to the shop's printed code as people meet it: the cashier, the paper, and the manager who looks for it. */

// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";
const number = "4200002026030212345678901234";

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir });
  await till.page.setViewportSize({ width: 1_280, height: 800 });
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

const managersPin = (): string => till.pins.get("manager-1") ?? "";

async function typeManagersPin(): Promise<void> {
  await part(till.page, "approval").waitFor();
  await type(till.page, managersPin());
  await till.page.keyboard.press("Enter");
  await part(till.page, "approval").waitFor({ state: "detached" });
}

async function toPayment(): Promise<void> {
  await ringUp(till, barcode, barcode);
  await till.page.keyboard.press("Space");
  await part(till.page, "pay-static-code").waitFor();
}

describe("The shop's printed code", () => {
  it("is taken by keys and a manager's PIN while WeChat answers, and neither screen nor paper calls it paid", async () => {
    await toPayment();
    await till.page.keyboard.press("-");
    await part(till.page, "static-code").waitFor();
    expect(await part(till.page, "static-code-amount").inputValue()).toBe("7.00");
    expect(await lookAt(till.page)).toMatchObject({ barriers: [], isTooWide: false });
    await till.page.keyboard.press("Enter");
    await typeManagersPin();
    await part(till.page, "done").waitFor();
    expect(await part(till.page, "money-word").getAttribute("data-word")).toBe("not-known");
    expect(await part(till.page, "money-word").innerText()).toContain("尚未核实");
    expect(readBooks(shop.dataDir).tenders).toEqual([{ kind: "static-code", amountFen: 700, outTradeNo: null }]);
    const paper = await until("the receipt is out", async () => {
      const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
      const lines = plainLines(papers.filter(({ complete }) => complete).at(-1)?.elements ?? [], 48);
      return lines.some((line) => line.includes("T01-000001")) ? lines.join("\n") : null;
    });
    expect(paper).toMatch(/店铺收款码 +￥7\.00\n +收款未经系统核实/u);
    await till.send("next-sale", {});
  });

  it("is offered at once and needs no PIN while WeChat is out of reach", async () => {
    await shop.control("POST", "/gateway/offline", { offline: true });
    await ringUp(till, barcode);
    await till.send("take-payment", {});
    await till.send("show-qr", { amountFen: null });
    await until(
      "the till knows that WeChat is away",
      async () => (await till.view()).status.gateway.state === "offline",
    );
    await till.send("park-sale", {});
    await toPayment();
    expect(await part(till.page, "wechat-hint").getAttribute("data-state")).toBe("offline");
    expect(await lookAt(till.page)).toMatchObject({ barriers: [], isTooWide: false });
    await part(till.page, "pay-static-code").click();
    await part(till.page, "static-code-confirm").click();
    await part(till.page, "done").waitFor();
    expect(readBooks(shop.dataDir).tenders.map(({ kind }) => kind)).toEqual(["static-code", "static-code"]);
    await till.send("next-sale", {});
    await shop.control("POST", "/gateway/offline", { offline: false });
  });

  it("stands on the manager's page until it is found or written off", async () => {
    await till.send("sign-out", {});
    await till.send("sign-in", { cashierId: "manager-1", pin: managersPin() });
    await till.page.keyboard.press("F12");
    await part(till.page, "more-manager").click();
    await part(till.page, "decision-takings").waitFor();
    expect(await part(till.page, "day-tender-static-code").innerText()).toBe("¥14.00");
    await part(till.page, "decision-takings-open").click();
    await until("both are listed", async () => (await part(till.page, "taking").count()) === 2);
    expect(await lookAt(till.page)).toMatchObject({ barriers: [], isTooWide: false });
    await part(till.page, "taking-match").first().click();
    await part(till.page, "end-taking-field").fill("4200");
    await till.page.keyboard.press("Enter");
    await part(till.page, "end-taking").getByText("10 到 32 位").waitFor();
    await part(till.page, "end-taking-field").fill(number);
    await till.page.keyboard.press("Enter");
    await until("one is open", async () => (await part(till.page, "taking-match").count()) === 1);
    await part(till.page, "taking-write-off").click();
    await part(till.page, "end-taking-field").fill("账单里没有");
    await part(till.page, "end-taking-confirm").click();
    // The list is asked for again after each: for a moment it is not there at all.
    await until("both have ended, each its own way", async () => {
      const states = await part(till.page, "taking").evaluateAll((rows) => rows.map((row) => row.dataset["state"]));
      return states.length === 2 && states.includes("matched") && states.includes("never-received");
    });
    const listed = await till.send("static-takings", {});
    expect(listed).toMatchObject({ ok: true, value: { open: { count: 0, fen: 0 } } });
  });
});
