import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { readBooks } from "#tests/support/books.ts";
import {
  answerSheet,
  type DemoStore,
  holdToScanner,
  noticesOf,
  orderAtGateway,
  pageOnPhone,
  scanWithPhone,
  showRequest,
  tapOnOtherPhone,
  toPayment,
  turnLine,
} from "#tests/support/carried-story.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { readQr } from "#tests/support/read-qr.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";

/*
 * A payment carried by the customer, whole: the demo store of `npm start` with its head office in a process of its own, the
 * shop's line pulled on the bench, and the customer's phone as a window of real Chromium.
 */

let store: DemoStore;

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "tillway-carried-"));
  const till = await openTill({ dataDir });
  store = { till, bench: await till.window("bench.html"), dataDir };
  await beginSelling(till);
  const { bench } = store;
  const note = part(bench, "office-note");
  await until("the till is enrolled", async () => (await note.getAttribute("data-state")) === "online", 90_000);
  await until("it has its code secret", () => existsSync(join(dataDir, "carried-secrets.json")), 90_000);
  await turnLine(store, true);
}, 240_000);

afterAll(async () => {
  await store.till.close();
  rmSync(store.dataDir, { recursive: true, force: true });
});

/** Both languages' pictures of what the guides show. */
async function keep(locale: Locale, pages: Readonly<Record<string, Page>>): Promise<void> {
  for (const [name, page] of Object.entries(pages)) await pictureIfWanted(page, `carried/${name}.${locale}`);
}

async function speak(locale: Locale): Promise<void> {
  const { till, bench } = store;
  expect(await till.send("set-locale", { locale })).toMatchObject({ ok: true });
  await bench.getByRole("button", { name: locale === "en" ? "English" : "中文" }).click();
  await until("the till speaks it", async () => (await till.page.locator("html").getAttribute("lang")) === locale);
}

const lastSale = () => journalBodies(store.dataDir, "sale-completed").at(-1);
const refusals = () => journalBodies(store.dataDir, "carried-refused");
const salesCount = () => readBooks(store.dataDir).sales.length;

/** Held there until the till says why not: what has just counted is let pass for three seconds, as a tired hand's second. */
async function refusedAtScanner(): Promise<unknown> {
  const before = refusals().length;
  return until("the till refuses it", async () => {
    await holdToScanner(store);
    return refusals()[before];
  });
}

describe("The shop's line is pulled, and the customer's phone", () => {
  it("is offered before any QR was tried, pays on head office's page, and its QR held to the scanner is the sale", async () => {
    const { till, bench } = store;
    await toPayment(store);
    const attempt = await showRequest(store);
    expect(readBooks(store.dataDir).attempts.map(({ kind }) => kind)).toEqual(["carried"]);
    const customers = await till.window("display.html");
    expect(await readQr(await part(customers, "carried-qr").screenshot())).toBe(attempt.codeUrl);

    await keep("zh-CN", { till: till.page, display: customers });
    const phone = await scanWithPhone(store, attempt, "ready");
    await keep("zh-CN", { "phone-ready": phone });
    expect(await part(phone, "amount").innerText()).toBe("¥2.80");
    expect(await lookAt(phone)).toMatchObject({ barriers: [], isTooWide: false });
    await holdToScanner(store);
    await part(bench, "bench-refusal").waitFor();
    await answerSheet(phone, true, () => keep("zh-CN", { "phone-sheet": phone }));
    await pageOnPhone(till, attempt, "paid");
    await keep("zh-CN", { "phone-paid": phone });
    expect(await lookAt(phone)).toMatchObject({ barriers: [], isTooWide: false });
    // A camera reads off the glass what the scanner's twin is told.
    const digits = await part(phone, "confirmation").getAttribute("data-digits");
    expect(await readQr(await part(phone, "confirmation").screenshot())).toBe(digits);

    await holdToScanner(store);
    await part(till.page, "done").waitFor();
    expect(lastSale()).toMatchObject({
      totalFen: 280,
      tenders: [{ kind: "wechat", method: "carried", proof: { by: "scan", confirmation: digits } }],
    });
    expect(await orderAtGateway(store, attempt.outTradeNo)).toMatchObject({
      ...{ kind: "jsapi", state: "SUCCESS", chargedFen: 280, refundedFen: 0, violations: [] },
    });
    // Head office is told of it, past the till and its dead line.
    const notices = () => noticesOf(store, attempt.outTradeNo);
    await until("the gateway has told head office", async () => (await notices())[0]?.state === "told");
    expect(await notices()).toMatchObject([{ tries: [{ status: 204 }] }]);
    expect(await part(bench, "bench-refusal").count()).toBe(0);
  });

  it("opened twice, left once and tried by another phone too, is one order that is paid once, by its typed code", async () => {
    const { till, bench } = store;
    await speak("en");
    await toPayment(store);
    const attempt = await showRequest(store);
    await keep("en", { till: till.page, display: await till.window("display.html") });
    const phone = await scanWithPhone(store, attempt, "ready");
    expect(await phone.locator("html").getAttribute("lang")).toBe("en");
    await keep("en", { "phone-ready": phone });
    await answerSheet(phone, false, () => keep("en", { "phone-sheet": phone }));
    const officeUrl = await part(bench, "office-page").innerText();
    expect(await tapOnOtherPhone(officeUrl, attempt)).toEqual({ kind: "elsewhere" });

    await scanWithPhone(store, attempt, "ready");
    await answerSheet(phone, true);
    await pageOnPhone(till, attempt, "paid");
    expect(await phone.locator("html").getAttribute("lang")).toBe("en");
    await keep("en", { "phone-paid": phone });
    const code = await part(phone, "code").innerText();
    await scanWithPhone(store, attempt, "paid");
    expect(await part(phone, "code").innerText()).toBe(code);

    await type(till.page, code.replace(" ", ""));
    await till.page.keyboard.press("Enter");
    await part(till.page, "done").waitFor();
    expect(lastSale()).toMatchObject({
      totalFen: 280,
      tenders: [{ method: "carried", outTradeNo: attempt.outTradeNo, proof: { by: "code" } }],
    });
    expect(await orderAtGateway(store, attempt.outTradeNo)).toMatchObject({ chargedFen: 280, refundedFen: 0 });
    await speak("zh-CN");
  });

  it("held to the scanner once more pays nothing again", async () => {
    const { till } = store;
    const before = salesCount();
    expect(await refusedAtScanner()).toMatchObject({ why: "replayed" });
    await toPayment(store);
    expect(await refusedAtScanner()).toMatchObject({ why: "replayed" });
    expect((await till.view()).payment).toMatchObject({ leftFen: 280, tenders: [] });
    expect(salesCount()).toBe(before);
    await part(till.page, "pay-static-code").waitFor();
    await till.send("pay-cash", { receivedFen: 280 });
    await part(till.page, "done").waitFor();
  });

  it("that has paid what the cashier then cancels is given back once the line is there, and both sides agree", async () => {
    const { till } = store;
    await toPayment(store);
    const attempt = await showRequest(store);
    const phone = await scanWithPhone(store, attempt, "ready");
    await answerSheet(phone, true);
    await pageOnPhone(till, attempt, "paid");
    await till.page.keyboard.press("Escape");
    await part(till.page, "carried-cancel-yes").click();
    await part(till.page, "pay-static-code").waitFor();

    expect(await refusedAtScanner()).toMatchObject({ why: "abandoned" });
    await till.send("pay-cash", { receivedFen: 280 });
    await part(till.page, "done").waitFor();
    expect(lastSale()).toMatchObject({ totalFen: 280, tenders: [{ kind: "cash" }] });
    expect(await orderAtGateway(store, attempt.outTradeNo)).toMatchObject({ chargedFen: 280, refundedFen: 0 });

    await turnLine(store, false);
    const patienceMs = 90_000;
    await until(
      "the money is back",
      async () => (await orderAtGateway(store, attempt.outTradeNo))?.refundedFen === 280,
      patienceMs,
    );
    await pageOnPhone(till, attempt, "refunded");
    expect(await orderAtGateway(store, attempt.outTradeNo)).toMatchObject({
      ...{ chargedFen: 280, refundedFen: 280, violations: [] },
      refunds: [{ outRefundNo: `${attempt.outTradeNo}R1`, amountFen: 280 }],
    });
    await till.send("next-sale", {});
    await till.send("sign-out", {});
    await beginSelling(till, "manager-1");
    await until(
      "no payment is left on the manager's list",
      async () => {
        await till.send("sync-now", {});
        const open = await till.send("open-carried", {});
        return open.ok && open.value.payments.length === 0;
      },
      patienceMs,
    );
    await until(
      "both sides agree on the day",
      async () => {
        await till.send("sync-now", {});
        const days = await till.send("agreement-days", {});
        const [day] = days.ok ? days.value : [];
        return day?.isAgreed === true && day.there?.saleCount === salesCount();
      },
      patienceMs,
    );
  }, 240_000);

  it("goes to the shop's page and to WeChat, and nowhere else", async () => {
    const { till, bench } = store;
    const phone = await until("the phone", () => till.app.windows().find((page) => page.url().includes(".invalid/P/")));
    const officeUrl = await part(bench, "office-page").innerText();
    for (const address of [officeUrl, "https://other.invalid/", "app://tillway/index.html", "file:///etc/hostname"])
      await expect(phone.goto(address)).rejects.toThrow("net::");
    await part(bench, "phone-qr-text").fill("https://other.invalid/P/AE");
    await part(bench, "phone-scan-text").click();
    await part(bench, "bench-refusal").waitFor();
  });

  it("is put away with the till", async () => {
    const { till } = store;
    const gone = new Promise((resolve) => till.app.process().once("exit", resolve));
    // As a person closes it; till, display, bench and phone are open still.
    expect(till.app.windows()).toHaveLength(4);
    await till.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((one) => one.webContents.getURL().includes("/index.html"))
        ?.close(),
    );
    await gone;
  });
});
