import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { payloadOf as requestOf, sampleRequest } from "#tests/support/carried-request.ts";
import { payloadOf, showRequest, toPayment } from "#tests/support/carried-story.ts";
import { confirmationDigits } from "#tests/support/carried-words.ts";
import { moneyByPayment, readBooks } from "#tests/support/books.ts";
import { handsOf, type Hands } from "#tests/support/cut-off-hands.ts";
import { type CutOffShop, officeKeyOf, openCutOffShop, payHost } from "#tests/support/cut-off-shop.ts";
import { openLyingOffice } from "#tests/support/lying-office.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { readOfficeBooks } from "#tests/support/office-books.ts";
import { adminPassword, officeBrowser } from "#tests/support/office-browser.ts";
import { officeTill } from "#tests/support/office-till.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";
import { openWebPage, type WebPage } from "#tests/support/web-page.ts";

/*
 * What goes wrong with a payment on the customer's phone: one shop's day with its line down. The till has two cables and no
 * other way out, both are pulled, and what goes through them is counted; head office and the phone are processes of their own.
 */

const dayMs = 86_400_000;
const patienceMs = 150_000;
/** What a cola costs. */
const totalFen = 280;

let at: CutOffShop;
let hands: Hands;
/** Head office's manager's; opened when it is wanted. */
let browser: WebPage | null = null;

beforeAll(async () => {
  at = await openCutOffShop();
  hands = handsOf(at);
  // The control: these two cables are the till's ways, and both go somewhere.
  await toPayment(at);
  await hands.hold(await at.shop.paymentCode());
  await part(at.till.page, "done").waitFor();
  for (const cable of Object.values(at.cables)) expect(cable.counts().bytes).toBeGreaterThan(0);
  await at.plug(false);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await at?.close();
});

function soldWith(attempt: Attempt, by: "scan" | "code"): object {
  return { totalFen, tenders: [{ method: "carried", outTradeNo: attempt.outTradeNo, proof: { by } }] };
}

let unpaid: Attempt;
let late: Attempt;

describe("A till without any way out", () => {
  it("is paid by the phone's QR, and no byte of its own has gone out though it has tried", async () => {
    const before = { gateway: at.cables.gateway.counts(), office: at.cables.office.counts() };
    const attempt = await hands.begin();
    await hands.payOnPhone(attempt);
    // The till's own questions, to WeChat as the payment began and to head office ever since, find no way.
    await at.till.send("sync-now", {});
    await until("the till has tried both", () => {
      const { gateway, office } = at.cables;
      return gateway.counts().refused > before.gateway.refused && office.counts().refused > before.office.refused;
    });
    expect((await at.till.view()).status.gateway.state).toBe("offline");
    await hands.paidByScan(await at.phone.digits());
    expect(hands.lastSale()).toMatchObject(soldWith(attempt, "scan"));
    expect(await hands.orderOf(attempt)).toMatchObject({
      kind: "jsapi",
      state: "SUCCESS",
      chargedFen: 280,
      violations: [],
    });
    for (const name of ["gateway", "office"] as const) {
      const { connections, bytes } = before[name];
      expect([name, at.cables[name].counts()]).toMatchObject([name, { connections, bytes }]);
    }
  });

  it("is paid by the typed code, with head office killed before the customer paid and again behind it", async () => {
    const attempt = await hands.begin();
    await at.phone.open(attempt.codeUrl ?? "", "ready");
    await at.phone.tap();
    await at.office.kill();
    await at.phone.answer(true);
    expect(await hands.orderOf(attempt)).toMatchObject({ state: "SUCCESS", chargedFen: 280 });
    await at.office.start();
    await at.phone.shows("paid");
    const code = await at.phone.code();
    await at.office.kill();
    await hands.paidByCode(code);
    expect(hands.lastSale()).toMatchObject(soldWith(attempt, "code"));
    await at.office.start();
    await at.phone.open(attempt.codeUrl ?? "", "paid");
    expect(await at.phone.code()).toBe(code);
    expect(await hands.orderOf(attempt)).toMatchObject({ chargedFen: 280, refundedFen: 0 });
  });

  it("whose power was cut and whose clock is three days behind then has its request again and takes both proofs", async () => {
    const attempt = await hands.begin();
    await at.till.kill();
    await at.startTill(-3 * dayMs);
    await part(at.till.page, "carried").waitFor();
    expect(Date.now() - (await at.till.app.evaluate(() => Date.now()))).toBeGreaterThan(2 * dayMs);
    await hands.payOnPhone(attempt);
    await hands.paidByScan(await at.phone.digits());
    expect(hands.lastSale()).toMatchObject(soldWith(attempt, "scan"));
    const next = await hands.begin();
    await hands.payOnPhone(next);
    await hands.paidByCode(await at.phone.code());
    expect(hands.lastSale()).toMatchObject(soldWith(next, "code"));
    await at.till.close();
    await at.startTill();
  });

  it("takes no word for another amount, another till or by another key, journals each, and then the right one, once", async () => {
    const attempt = await hands.begin();
    const { outTradeNo, amountFen, carried } = attempt;
    const word = { outTradeNo, amountFen, nonce: carried?.nonce ?? "" };
    const key = officeKeyOf(at.dataDir);
    const other = await otherTillsPayment();
    const refused = [
      [confirmationDigits({ ...word, amountFen: amountFen - 1 }, key), outTradeNo, "other-amount"],
      [confirmationDigits({ ...word, nonce: "AAECAwQFBgcICQoL" }, key), outTradeNo, "other-amount"],
      [other.digits, other.outTradeNo, "other-till"],
      [confirmationDigits(word, other.key), outTradeNo, "signature"],
    ] as const;
    for (const [digits, number, why] of refused)
      expect(await hands.refusedAtScanner(digits)).toMatchObject({ why, outTradeNo: number, by: "scan" });
    expect((await at.till.view()).payment).toMatchObject({ leftFen: totalFen, tenders: [] });

    // Nor does head office open a request with another amount: a fen more, and it is not the till's any more.
    const payload = payloadOf(attempt);
    const forged = `${payload.slice(0, -1)}${payload.endsWith("A") ? "Q" : "A"}`;
    await at.phone.open((attempt.codeUrl ?? "").replace(payload, forged), "refused");
    await hands.payOnPhone(attempt);
    const digits = await at.phone.digits();
    await hands.paidByScan(digits);
    expect(await hands.refusedAtScanner(digits)).toMatchObject({ why: "replayed", outTradeNo });
  });

  it("believes nobody in its own network who says that it is head office and that all is paid", async () => {
    const attempt = await hands.begin();
    const liar = await openLyingOffice(attempt);
    at.lead(liar.port);
    await until("the till has asked the liar", async () => {
      await at.till.send("sync-now", {});
      return liar.asked() >= 3;
    });
    const { sync, payment } = await at.till.view();
    expect([sync.state, payment]).toMatchObject(["offline", { leftFen: totalFen, tenders: [] }]);
    await at.plug(false);
    await liar.close();
    await hands.giveUp();
    await hands.takeCash();
  });

  it("is left by a customer who has paid nothing, and takes cash", async () => {
    unpaid = await hands.begin();
    await at.phone.open(unpaid.codeUrl ?? "", "ready");
    await at.phone.tap();
    await at.phone.answer(false);
    await hands.giveUp();
    await hands.takeCash();
    expect(await hands.orderOf(unpaid)).toMatchObject({ state: "NOTPAY", chargedFen: 0 });
  });

  it("has taken cash when the phone pays all the same, and takes its word for nothing", async () => {
    late = await hands.begin();
    await at.phone.open(late.codeUrl ?? "", "ready");
    await at.phone.tap();
    await hands.giveUp();
    await hands.takeCash();
    await at.phone.answer(true);
    await at.phone.shows("paid");
    expect(await hands.refusedAtScanner(await at.phone.digits())).toMatchObject({
      ...{ why: "abandoned", outTradeNo: late.outTradeNo },
    });
    expect(await hands.orderOf(late)).toMatchObject({ chargedFen: 280, refundedFen: 0 });
  });

  it("shows a new request where the first one's time was over, and that order is closed", async () => {
    const attempt = await hands.begin();
    await at.phone.open(attempt.codeUrl ?? "", "ready");
    await at.phone.tap();
    await at.phone.answer(false);
    // Six minutes later, as head office and WeChat see it.
    await at.restartOffice(6 * 60_000);
    await at.phone.shows("expired");
    // Of all that ran out meanwhile: what head office has put off by that clock it would see to six minutes later.
    await until("head office has closed both", () => [attempt, unpaid].every(isClosedThere), patienceMs);
    await at.restartOffice();
    await hands.giveUp();
    const next = await showRequest(at);
    await hands.payOnPhone(next);
    await hands.paidByCode(await at.phone.code());
    expect(hands.lastSale()).toMatchObject(soldWith(next, "code"));
    expect(await hands.orderOf(attempt)).toMatchObject({ state: "CLOSED", chargedFen: 0 });
  });

  it("has its line again: nothing is left open, late money has gone back once, and both sides agree", async () => {
    await at.till.send("next-sale", {});
    await at.plug(true);
    await untilSynced("the late money is back", async () => (await hands.orderOf(late))?.refundedFen === totalFen);
    await untilSynced("the unpaid order is closed", async () => (await hands.orderOf(unpaid))?.state === "CLOSED");
    expect(await hands.orderOf(late)).toMatchObject({
      refunds: [{ outRefundNo: `${late.outTradeNo}R1`, amountFen: totalFen }],
      violations: [],
    });
    await untilSynced("the manager's list is empty", async () => {
      const open = await at.till.send("open-carried", {});
      return open.ok && open.value.payments.length === 0;
    });
    await untilSynced("both sides agree on every day", async () => {
      const days = await at.till.send("agreement-days", {});
      return days.ok && days.value.every(({ isAgreed, there }) => isAgreed && (there?.saleCount ?? 0) > 0);
    });
    const { charged, booked } = await moneyByPayment(at.shop);
    delete charged[othersNumber];
    expect(charged).toEqual(booked);
    expect(readBooks(at.dataDir).attempts.filter(({ state }) => state !== "paid" && state !== "abandoned")).toEqual([]);
  }, 700_000);
});

function isClosedThere({ outTradeNo }: Attempt): boolean {
  return readOfficeBooks(at.dataDir, "T01").carried[outTradeNo] === "closed";
}

/** Till and head office talk whenever they may, rather than when their pauses are over. */
function untilSynced(what: string, ask: () => Promise<boolean>): Promise<true> {
  const askAgain = async () => {
    await at.till.send("sync-now", {});
    return ask();
  };
  return until(what, askAgain, patienceMs);
}

describe("A till that head office has let go of while its line was down", () => {
  let sold: Attempt;
  let kept: Attempt;

  beforeAll(() => at.plug(false));

  it("keeps what was paid before, and its requests open nothing any more", async () => {
    kept = await hands.begin();
    await hands.payOnPhone(kept);
    await at.till.send("park-sale", {});
    sold = await hands.begin();
    await hands.payOnPhone(sold);
    await at.office.command("revoke", "--store", "S01", "--terminal", "T01");
    await at.phone.open(sold.codeUrl ?? "", "paid");
    await hands.paidByScan(await at.phone.digits());
    expect(hands.lastSale()).toMatchObject(soldWith(sold, "scan"));

    const refused = await hands.begin();
    await at.phone.open(refused.codeUrl ?? "", "revoked");
    expect(await at.phone.page.locator("#pay").count()).toBe(0);
    await hands.giveUp();
    await hands.takeCash();
    expect(await hands.orderOf(refused)).toBeUndefined();
    await at.till.send("next-sale", {});
  });

  it("brings its sales, which are kept apart, and has the payment that nobody agrees on on its manager's list", async () => {
    await at.plug(true);
    await untilSynced("its sales are kept apart", async () => {
      const { apart } = readOfficeBooks(at.dataDir, "T01");
      return apart.filter(({ kind }) => kind === "sale-completed").length === 2;
    });
    await untilSynced("the till knows that it is let go", async () => (await at.till.view()).sync.state === "stopped");
    const open = await at.till.send("open-carried", {});
    expect(open).toMatchObject({
      value: { payments: [{ outTradeNo: sold.outTradeNo, here: "paid", there: null }, { here: "abandoned" }] },
    });
  });

  it("leaves payments to head office's manager, who gives one back on the page of what needs a look", async () => {
    // Eleven minutes later: a till that is there has said by then what became of a payment.
    await at.restartOffice(11 * 60_000);
    const page = await managersPage();
    for (const locale of ["zh-CN", "en"] as const) await lookAtReviews(page, locale);

    const orders = page.getByTestId("carried-order");
    const mine = orders.filter({ hasText: kept.outTradeNo });
    await orders.filter({ hasText: othersNumber }).waitFor();
    expect(await orders.filter({ hasText: othersNumber }).getByRole("button").count()).toBe(0);
    await mine.getByRole("button", { name: "Refund" }).click();
    await page.getByText("cannot be called back").waitFor();
    await pictureIfWanted(page, "office/carried-refund.en.1920x1080");
    await page.locator(".office-form button[type=submit]").click();
    await mine.waitFor({ state: "detached" });
    await until("the money is back", async () => (await hands.orderOf(kept))?.refundedFen === totalFen, patienceMs);
    await at.phone.open(kept.codeUrl ?? "", "refunded");
    expect(await orders.filter({ hasText: sold.outTradeNo }).count()).toBe(1);
    expect(await hands.orderOf(sold)).toMatchObject({ chargedFen: totalFen, refundedFen: 0 });
  }, 240_000);
});

/** A page that shows nothing by then was opened too early. Milliseconds. */
const lookMs = 5_000;
const othersNumber = "S01T02261127000001";

let isPasswordChosen = false;

/** Head office's page in a browser, at the reviews, with the first admin signed in. */
async function managersPage(): Promise<Page> {
  const url = `http://127.0.0.1:${at.office.port}`;
  const api = officeBrowser(url);
  // The second try of a test finds what the first has changed.
  if (!isPasswordChosen) {
    await api.signIn("admin", at.firstPassword);
    const words = { current: at.firstPassword, next: adminPassword };
    expect(await api.send("POST", "/password", words)).toMatchObject({ status: 204 });
    isPasswordChosen = true;
  }
  await browser?.close();
  browser = await openWebPage(url, { width: 1_280, height: 800 });
  const { page } = browser;
  await page.locator("form").waitFor();
  await page.locator("input").first().fill("admin");
  await page.locator("input[type=password]").fill(adminPassword);
  await page.keyboard.press("Enter");
  await page.locator("main .office-card").first().waitFor();
  return page;
}

async function lookAtReviews(page: Page, locale: Locale): Promise<void> {
  await page.evaluate((language) => localStorage.setItem("tillway-office-language", language), locale);
  await page.goto(`http://127.0.0.1:${at.office.port}/#/reviews`);
  // A page asks when it is opened, and what it asks for may be on its way to head office still.
  const order = page.getByTestId("carried-order").first();
  await until(
    "a payment that needs a look",
    async () => {
      await page.reload();
      return order.waitFor({ timeout: lookMs }).then(
        () => true,
        () => false,
      );
    },
    patienceMs,
  );
  await page.getByTestId("carried-refusals").locator("summary").click();
  for (const [width, height] of [
    [1_280, 800],
    [1_920, 1_080],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await lookAt(page)).toMatchObject({ barriers: [], isTooWide: false });
    await pictureIfWanted(page, `office/carried-review.${locale}.${width}x${height}`);
  }
}

/** Of the shop's second till, which is another's machine: paid on the phone, and head office's word for it. */
async function otherTillsPayment() {
  const url = `http://127.0.0.1:${at.office.port}`;
  const other = officeTill({ url, now: Date.now, storeCode: "S01", terminalId: "T02" });
  const code = await at.office.command("enrol-code", "--store", "S01", "--terminal", "T02");
  expect((await other.enrol(code.replace("-", ""))).status).toBe(201);
  const facts = { ...sampleRequest, outTradeNo: othersNumber, amountFen: totalFen };
  await hands.payOnPhone({ codeUrl: `https://${payHost}/P/${requestOf(other, facts)}` });
  return { digits: await at.phone.digits(), outTradeNo: othersNumber, key: other.privateKey };
}
