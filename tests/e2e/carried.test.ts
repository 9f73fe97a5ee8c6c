import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Attempt } from "#core/tender/attempt.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { openCarriedSecrets } from "#main/secret/carried-secrets.ts";
import { typedCode } from "#tests/support/carried-words.ts";
import { openOffice, type OfficeOfTest } from "#tests/support/head-office.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { readQr } from "#tests/support/read-qr.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* A payment on the customer's phone as the cashier and the customer meet it, with the till's line to WeChat down. */

/** Seven inches, as the smallest customer display has. */
const display = "--display-at=0,0,1024,600";
// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";
/** What head office and the till would have agreed on. */
const secret = randomBytes(32);
/** A machine without a key ring, as under Xvfb. */
const noKeyStore: KeyStore = {
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error("none")),
  decryptStringAsync: () => Promise.reject(new Error("none")),
};

let office: OfficeOfTest;
let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  office = await openOffice();
  shop = await openShop({ headOffice: { url: office.url } });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till, "manager-1");
  const enrolled = await till.send("enrol", { code: await office.code() });
  expect(enrolled).toMatchObject({ ok: true });
  await till.close();
  const [known] = journalBodies(shop.dataDir, "enrolled") as readonly { officeKey: string; publicKey: string }[];
  await (
    await openCarriedSecrets(shop.dataDir, noKeyStore)
  ).keep({
    ...{ secret: secret.toString("base64"), payUrl: "https://pay.hummingbird.example" },
    ...{ officeKey: known?.officeKey ?? "", terminalPublicKey: known?.publicKey ?? "" },
  });
  till = await openTill({ dataDir: shop.dataDir, pins: till.pins, args: [display] });
  await till.page.setViewportSize({ width: 1_280, height: 800 });
  await beginSelling(till);
  await shop.control("POST", "/gateway/offline", { offline: true });
});

afterAll(async () => {
  await till.close();
  await shop.close();
  await office.close();
});

async function toPayment(): Promise<void> {
  await ringUp(till, barcode, barcode);
  await till.page.keyboard.press("Space");
  await part(till.page, "pay-static-code").waitFor();
}

/** The request is on both screens; the attempt as it is in the journal. */
async function show(): Promise<Attempt> {
  await until("the phone is offered", async () => (await part(till.page, "pay-carried").count()) === 1);
  await till.page.keyboard.press("*");
  await part(till.page, "carried").waitFor();
  const [attempt] = (journalBodies(shop.dataDir, "attempt-created") as readonly Attempt[]).slice(-1);
  if (attempt === undefined) throw new Error("the attempt is in the journal");
  return attempt;
}

function codeOf({ outTradeNo, amountFen, carried }: Attempt): string {
  return typedCode({ outTradeNo, amountFen, nonce: carried?.nonce ?? "" }, secret);
}

describe("The customer's phone", () => {
  it("gets its request from the customer's display, and its code pays the sale", async () => {
    // Learnt by asking: one order that nobody opens.
    await ringUp(till, barcode);
    await till.send("take-payment", {});
    await till.send("show-qr", { amountFen: null });
    await until(
      "the till knows that WeChat is away",
      async () => (await till.view()).status.gateway.state === "offline",
    );
    await till.send("park-sale", {});
    await toPayment();
    const attempt = await show();
    const customers = await till.window("display.html");
    await part(customers, "carried-qr").waitFor();
    expect(await readQr(await part(customers, "carried-qr").screenshot())).toBe(attempt.codeUrl);
    expect(attempt.codeUrl).toMatch(/^HTTPS:\/\/PAY\.HUMMINGBIRD\.EXAMPLE\/P\/[A-Z2-7]+$/);
    expect(await part(till.page, "money-word").getAttribute("data-word")).toBe("not-known");
    expect(await lookAt(till.page)).toMatchObject({ barriers: [], isTooWide: false });
    const code = codeOf(attempt);
    await type(till.page, `${(Number(code[0]) + 1) % 10}${code.slice(1)}`);
    await till.page.keyboard.press("Enter");
    await part(till.page, "trouble").waitFor();
    expect(await part(till.page, "trouble").innerText()).toContain("2");
    await type(till.page, code);
    await till.page.keyboard.press("Enter");
    await part(till.page, "done").waitFor();
    expect(await part(till.page, "money-word").getAttribute("data-word")).toBe("paid");
    const [sale] = (journalBodies(shop.dataDir, "sale-completed") as readonly object[]).slice(-1);
    expect(sale).toMatchObject({ totalFen: 700, tenders: [{ method: "carried", proof: { by: "code", code } }] });
    await till.send("next-sale", {});
  });

  it("has its request again after the power was cut, and is asked about before it is given up", async () => {
    await toPayment();
    const attempt = await show();
    await till.kill();
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins, args: [display] });
    await till.page.setViewportSize({ width: 1_280, height: 800 });
    await beginSelling(till);
    await part(till.page, "carried").waitFor();
    const customers = await till.window("display.html");
    expect(await readQr(await part(customers, "carried-qr").screenshot())).toBe(attempt.codeUrl);
    await till.page.keyboard.press("Escape");
    await part(till.page, "carried-cancel").waitFor();
    await till.page.keyboard.press("Enter");
    await part(till.page, "carried-cancel").waitFor({ state: "detached" });
    await part(till.page, "carried").waitFor();
    await till.page.keyboard.press("Escape");
    await part(till.page, "carried-cancel-yes").click();
    await part(till.page, "pay-static-code").waitFor();
    expect(journalBodies(shop.dataDir, "carried-abandoned")).toMatchObject([{ outTradeNo: attempt.outTradeNo }]);
    expect((await till.view()).notices.at(-1)).toMatchObject({ kind: "carried-abandoned", amountFen: 700 });
    await till.send("pay-cash", { receivedFen: 700 });
    await part(till.page, "done").waitFor();
  });
});
