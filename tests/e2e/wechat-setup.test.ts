import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConnectionVerdict } from "#contract/ipc/setup-view.ts";
import { rsaPair } from "#main/payments/wechat/testing-gateway.ts";
import { selfSigned } from "#main/payments/wechat/testing-certificates.ts";
import { moneyByPayment, readBooks } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { moneyWord, part } from "#tests/support/sale-screen.ts";
import {
  chooseKey,
  enterPapers,
  keyState,
  openSettings,
  papersOf,
  stepIs,
  verdictOf,
  willChoose,
} from "#tests/support/set-up-wechat.ts";
import { allPaymentsEnd, customerWill, scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";

let shop: Shop;
let till: TillUnderTest;
afterEach(async () => {
  await till.close();
  await shop.close();
});

const terminalJson = (): string => readFileSync(join(shop.dataDir, "terminal.json"), "utf8");

async function restart(): Promise<void> {
  await till.close();
  till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
}

async function sellByCode(): Promise<void> {
  const before = readBooks(shop.dataDir).sales.length;
  await customerWill(shop, "pay");
  await ringUp(till, barcode);
  await till.send("take-payment", {});
  await scan(shop, await shop.paymentCode());
  await until("it is paid", () => readBooks(shop.dataDir).sales.length > before);
  await till.send("next-sale", {});
  const { charged, booked } = await moneyByPayment(shop);
  expect(booked).toEqual(charged);
}

describe("A till that takes cash only", () => {
  beforeEach(async () => {
    shop = await openShop({ wechatPay: undefined });
    till = await openTill({ dataDir: shop.dataDir });
  });

  it("is set up by a manager, tested, and takes payment codes at once and after a restart", async () => {
    const { page } = till;
    await beginSelling(till, "manager-1");
    await openSettings(page);
    expect(await part(page, "merchant-state").getAttribute("data-state")).toBe("none");
    await part(page, "setup-begin").click();
    await enterPapers(till, papersOf(shop));
    expect(await verdictOf(page)).toBe("ok");
    await part(page, "setup-save").click();
    await part(page, "setup-done").waitFor();
    await part(page, "settings-leave").click();
    await sellByCode();
    await restart();
    await beginSelling(till);
    await sellByCode();

    expect(terminalJson()).not.toMatch(/PRIVATE|pem|File/u);
    const { gateway } = shop.simulators.ready;
    const secrets = readFileSync(gateway.privateKeyPath, "utf8").split("\n").slice(1, -2);
    // This machine has no key ring: the keys are sealed by the account's own key, and in no file in clear all the same.
    const found = filesBelow(shop.dataDir).filter(({ bytes }) => secrets.some((line) => bytes.includes(line)));
    expect([secrets.length > 20, found.map(({ name }) => name)]).toEqual([true, []]);
  });

  it("loses nothing of what was entered to a wrong file, a scan, a notice or a window that is loaded again", async () => {
    const { page } = till;
    const papers = papersOf(shop);
    await beginSelling(till, "manager-1");
    await openSettings(page);
    await part(page, "setup-begin").click();
    await enterPapers(till, papers);
    await part(page, "step-merchant-key").click();
    await chooseKey(till, "certificate", papers.files["private-key"] ?? "");
    await until("the wrong file is told", async () => (await keyState(page, "certificate")) === "wrong");
    expect(await part(page, "key-certificate").getAttribute("data-problem")).toBe("is-a-private-key");
    await scan(shop, barcode);
    await scan(shop, "6999999999997");
    await part(page, "notice").first().waitFor();
    await willChoose(till, null);
    await part(page, "choose-certificate").click();
    await part(page, "step-merchant").click();
    await stepIs(page, "merchant");
    await part(page, "field-notifyUrl").fill("https://half.typed");
    await until("main has what was typed", async () => {
      const looked = await till.send("setup", {});
      return looked.ok && looked.value.draft?.fields.notifyUrl === "https://half.typed";
    });

    await page.reload();
    await part(page, "cart-line").first().waitFor();
    await openSettings(page);
    await stepIs(page, "merchant");
    expect(await part(page, "field-mchid").inputValue()).toBe(papers.fields.mchid);
    expect(await part(page, "field-notifyUrl").inputValue()).toBe("https://half.typed");
    await part(page, "step-merchant-key").click();
    expect(await keyState(page, "private-key")).toBe("good");
    await chooseKey(till, "certificate", papers.files.certificate ?? "");
    await enterPapers(till, { ...papers, files: {} });
    expect(await verdictOf(page)).toBe("ok");
    expect((await till.view()).sale.lines).toHaveLength(1);
  });

  it("is not set up by a cashier: neither the page nor main lets them", async () => {
    await beginSelling(till);
    await till.page.keyboard.press("F12");
    await part(till.page, "more").waitFor();
    expect(await part(till.page, "more-settings").count()).toBe(0);
    const refused = { ok: false, fault: { kind: "not-allowed" } };
    expect(await till.send("setup", {})).toEqual(refused);
    expect(await till.send("setup-choose-file", { slot: "private-key" })).toEqual(refused);
    expect(await till.send("setup-save", {})).toEqual(refused);
  });

  it("tells what keeps it from being paid, each by its own sentence, and can be made to stop asking", async () => {
    const { page } = till;
    const papers = papersOf(shop);
    await beginSelling(till, "manager-1");
    await openSettings(page);
    await part(page, "setup-begin").click();
    await enterPapers(till, papers);
    const sentences = new Set<string>();
    const verdictIs = async (kind: ConnectionVerdict["kind"]): Promise<void> => {
      expect(await verdictOf(page)).toBe(kind);
      sentences.add(await part(page, "test-verdict").locator("strong").innerText());
    };
    const retype = async (step: string, field: string, text: string): Promise<void> => {
      await part(page, `step-${step}`).click();
      await part(page, `field-${field}`).fill(text);
      await part(page, "step-test").click();
      await stepIs(page, "test");
    };
    await verdictIs("ok");
    await retype("merchant", "mchid", "1900000001");
    await verdictIs("wrong-merchant");
    await retype("merchant", "mchid", papers.fields.mchid ?? "");
    await retype("protocol", "baseUrl", "http://127.0.0.1:9");
    await verdictIs("network");
    await retype("protocol", "baseUrl", papers.fields.baseUrl ?? "");
    await retype("gateway-key", "publicKeyId", "PUB_KEY_ID_1");
    await verdictIs("signature");
    await retype("gateway-key", "publicKeyId", papers.fields.publicKeyId ?? "");
    await shop.control("POST", "/gateway/clock", { wireSkewMs: -600_000 });
    await verdictIs("clock");
    await until("the cashier is warned of the clock too", async () => {
      const offsetMs = (await till.view()).status.gateway.clockOffsetMs;
      return offsetMs !== null && Math.abs(offsetMs - 600_000) < 5_000;
    });
    await shop.control("POST", "/gateway/clock", { wireSkewMs: 0 });
    await shop.control("POST", "/gateway/script", { outcome: "no-auth", next: true });
    await verdictIs("product-not-enabled");
    await shop.control("POST", "/gateway/script", { outcome: "service-unavailable", operation: "query", next: true });
    await verdictIs("gateway-trouble");

    await shop.control("POST", "/gateway/script", { outcome: "never-answered", operation: "query", next: true });
    await part(page, "test-run").click();
    await part(page, "test-cancel").click();
    await part(page, "test-run").waitFor();
    expect((await till.view()).connectionTest).toEqual({ kind: "none" });

    const stranger = rsaPair(2_048);
    const certSerial = shop.simulators.ready.gateway.certSerial;
    writeFileSync(join(shop.dataDir, "..", "key.pem"), stranger.privateKey);
    writeFileSync(join(shop.dataDir, "..", "cert.pem"), selfSigned(stranger.privateKey, certSerial, 300));
    await part(page, "step-merchant-key").click();
    await chooseKey(till, "private-key", join(shop.dataDir, "..", "key.pem"));
    await chooseKey(till, "certificate", join(shop.dataDir, "..", "cert.pem"));
    await until("they fit", async () => (await keyState(page, "certificate")) === "good");
    await part(page, "step-test").click();
    await verdictIs("signature");
    expect(sentences.size).toBe(8);

    const { charged } = await moneyByPayment(shop);
    expect(charged).toEqual({});
  });
});

describe("A till whose keys lie in files", () => {
  beforeEach(async () => {
    shop = await openShop();
    const { gateway } = shop.simulators.ready;
    const { fields, files } = papersOf(shop);
    shop.configure({
      wechatPay: {
        ...{ mchid: gateway.mchid, appid: gateway.appid, certSerial: gateway.certSerial, baseUrl: gateway.baseUrl },
        ...{
          privateKeyFile: files["private-key"],
          publicKeyFile: files["public-key"],
          publicKeyId: gateway.publicKeyId,
        },
        ...{ storeInfo: { outId: "S01" }, notifyUrl: fields.notifyUrl ?? "" },
        timing: { queryIntervalMs: 200, codepayDeadlineMs: 60_000, reverseNotBeforeMs: 800, requestTimeoutMs: 2_000 },
      },
    });
    till = await openTill({ dataDir: shop.dataDir });
  });

  it("lets them be kept by the till, which then names none, and starts with cash when they are damaged", async () => {
    await beginSelling(till, "manager-1");
    await openSettings(till.page);
    await part(till.page, "setup-import").click();
    await part(till.page, "setup-done").waitFor();
    expect(terminalJson()).not.toMatch(/PRIVATE|pem|privateKeyFile/u);
    await part(till.page, "settings-leave").click();
    await sellByCode();

    const keys = join(shop.dataDir, "wechatpay-keys.json");
    const whole = readFileSync(keys, "utf8");
    writeFileSync(keys, whole.slice(0, 200));
    await restart();
    await beginSelling(till, "manager-1");
    await until(
      "the cashier sees it",
      async () => (await part(till.page, "status-gateway").getAttribute("data-value")) === "broken",
    );
    await ringUp(till, barcode);
    await till.send("take-payment", {});
    await till.send("pay-cash", { receivedFen: 350 });
    await until("it is paid in cash", async () => (await moneyWord(till.page)) === "paid");
    await till.send("next-sale", {});
    await openSettings(till.page);
    await part(till.page, "merchant-off").waitFor();
    writeFileSync(keys, whole);
    await part(till.page, "setup-reopen").click();
    await until("it is on", async () => (await till.view()).shop.takesWechat);
    await part(till.page, "settings-leave").click();
    await sellByCode();
  });

  it("stays with its merchant while a payment is not known, and takes it along to other keys", async () => {
    await customerWill(shop, "ignore");
    await beginSelling(till, "manager-1");
    await ringUp(till, barcode);
    await till.send("take-payment", {});
    await scan(shop, await shop.paymentCode());
    await until("it is asked about", async () => (await till.view()).openAttempts.length === 1);
    // The queue moves on, and the manager with it.
    await till.send("park-sale", {});
    await part(till.page, "empty-cart").waitFor();
    await openSettings(till.page);
    await part(till.page, "setup-begin").click();
    const papers = papersOf(shop);
    await enterPapers(till, { ...papers, fields: { ...papers.fields, mchid: "1900000001" } });
    await part(till.page, "setup-save").click();
    await part(till.page, "setup-bound").waitFor();
    expect(JSON.parse(terminalJson()).wechatPay.mchid).toBe(papers.fields.mchid);

    await enterPapers(till, papers);
    await part(till.page, "setup-save").click();
    await part(till.page, "setup-done").waitFor();
    expect(JSON.parse(terminalJson()).wechatPay.keptKeys).not.toBe("");
    const [attempt] = (await till.view()).openAttempts;
    await till.send("cancel-attempt", { outTradeNo: attempt?.outTradeNo ?? "" });
    await allPaymentsEnd(till);
    const { charged, booked } = await moneyByPayment(shop);
    expect([charged, booked]).toEqual([{}, {}]);
  });
});

interface FileFound {
  readonly name: string;
  readonly bytes: Buffer;
}

function filesBelow(folder: string): readonly FileFound[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      try {
        return [{ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }];
      } catch {
        return []; // Chromium's own temporary files come and go while the till runs
      }
    });
}
