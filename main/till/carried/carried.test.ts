import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { businessDay, chips, openingMs, paymentCode, people } from "#tests/support/bench-shop.ts";
import { createCarriedShop, deadLine } from "#tests/support/carried-shop.ts";
import { confirmationDigits, newSigningKey } from "#tests/support/carried-words.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { createVirtualClock } from "#tests/support/virtual-clock.ts";

let bench: TillBench;
let shop: ReturnType<typeof createCarriedShop>;

async function open(config: object = {}): Promise<void> {
  shop = createCarriedShop();
  bench = await openTillBench({
    ...{ clock: createVirtualClock(openingMs), inquiry: deadLine, sync: () => shop.sync(), config },
  }).atWork();
}
beforeEach(() => open());
afterEach(() => bench.close());

/** A cart of 10.00 with the payment dialog open. */
async function atPayment(gateway: "online" | "offline" = "offline"): Promise<void> {
  bench.till.gatewayReached(gateway);
  await bench.scan(chips);
  await bench.must("take-payment", {});
}

/** The request is on the customer's display. */
async function shown(): Promise<Attempt> {
  await atPayment();
  await bench.must("show-carried", { amountFen: null });
  return current();
}

function current(): Attempt {
  const attempt = bench.store.unfinishedAttempts().at(-1);
  assert(attempt !== undefined, "an attempt is under way");
  return attempt;
}

async function signInAgain(): Promise<void> {
  await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
}

/** A code that is not the attempt's. */
function wrong(attempt: Attempt): string {
  const code = shop.code(attempt);
  return `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
}

const stage = () => bench.displays.at(-1)?.stage;
const refusals = () => journalBodies(bench.directory, "carried-refused") as readonly { readonly why: string }[];
const settledKinds = () =>
  (journalBodies(bench.directory, "attempt-settled") as readonly { readonly state: string }[]).map(
    ({ state }) => state,
  );

describe("a payment on the customer's phone", () => {
  it("is offered while WeChat Pay is away and head office has given a secret, and not otherwise", async () => {
    await atPayment();
    expect(bench.shown.payment?.offersCarried).toBe(true);
    shop.isOffered = false;
    expect(await bench.send("show-carried", { amountFen: null })).toEqual({
      ok: false,
      fault: { kind: "carried-not-now" },
    });
    shop.isOffered = true;
    bench.till.gatewayReached("online");
    expect(await bench.send("show-carried", { amountFen: null })).toEqual({
      ok: false,
      fault: { kind: "carried-not-now" },
    });
    expect(bench.store.unfinishedAttempts()).toEqual([]);
  });

  it("shows its request on the customer's display, from the disk and for as long as it takes", async () => {
    const attempt = await shown();
    expect(stage()).toMatchObject({ kind: "carried-qr", amountFen: 1_000, codeUrl: attempt.codeUrl });
    expect(attempt.codeUrl).toMatch(/^HTTPS:\/\/PAY\.EXAMPLE\/P\/[A-Z2-7]+$/);
    await bench.clock.advance(3_600_000);
    expect(bench.shown.payment).toMatchObject({ stage: "wechat", attempt: { word: "not-known", phase: "qr-shown" } });
    await bench.crash();
    await signInAgain();
    expect(current()).toMatchObject({ outTradeNo: attempt.outTradeNo, state: "pending", codeUrl: attempt.codeUrl });
    expect(bench.shown.openAttempts).toMatchObject([{ outTradeNo: attempt.outTradeNo, codeUrl: attempt.codeUrl }]);
    await bench.scan(shop.digits(attempt));
    expect(bench.sales()).toMatchObject([{ totalFen: 1_000 }]);
  });

  it("is paid by a scan of the phone, and its sale has the proof", async () => {
    const attempt = await shown();
    const confirmation = shop.digits(attempt);
    await bench.scan(confirmation);
    const proof = { by: "scan", confirmation };
    const tender = { kind: "wechat", method: "carried", outTradeNo: attempt.outTradeNo, transactionId: null, proof };
    expect(bench.sales()).toMatchObject([{ totalFen: 1_000, tenders: [tender] }]);
    expect(bench.shown.payment).toMatchObject({ stage: "done", done: { totalFen: 1_000 } });
    expect(stage()).toMatchObject({ kind: "paid", totalFen: 1_000 });
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ wechatFen: 1_000, salesFen: 1_000 });
    expect(bench.kicks).toEqual([]);
    // The hand that scans twice is no replay; a moment later it is.
    await bench.scan(confirmation);
    expect(refusals()).toEqual([]);
    await bench.clock.advance(3_001);
    await bench.scan(confirmation);
    expect(refusals()).toMatchObject([{ why: "replayed", outTradeNo: attempt.outTradeNo }]);
    expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "carried-refused", why: "replayed" });
    expect(bench.sales()).toHaveLength(1);
  });

  it("is paid by its code, with zeros at its beginning or a gap in it", async () => {
    const attempt = await shown();
    const code = shop.code(attempt);
    await bench.must("type-carried-code", {
      outTradeNo: attempt.outTradeNo,
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
    });
    expect(bench.sales()).toMatchObject([{ tenders: [{ method: "carried", proof: { by: "code", code } }] }]);
  });

  it("covers a part beside cash", async () => {
    await atPayment();
    await bench.must("show-carried", { amountFen: 400 });
    const attempt = current();
    expect(attempt.carried).toMatchObject({ linesFen: 1_000, lineCount: 1 });
    await bench.scan(shop.digits(attempt));
    expect(bench.shown.payment).toMatchObject({ leftFen: 600, tenders: [{ kind: "wechat", amountFen: 400 }] });
    await bench.must("pay-cash", { receivedFen: 600 });
    expect(bench.sales()).toMatchObject([{ totalFen: 1_000, tenders: [{ amountFen: 400 }, { amountFen: 600 }] }]);
  });

  it("counts for the sale it was shown for, whatever is on the screen by now", async () => {
    const attempt = await shown();
    await bench.must("park-sale", {});
    await bench.scan(chips);
    await bench.scan(shop.digits(attempt));
    expect(bench.sales()).toMatchObject([{ saleId: attempt.saleId, totalFen: 1_000 }]);
    expect(bench.shown.sale.lines).toHaveLength(1);
  });

  it("is proved by head office itself once the line is back", async () => {
    const attempt = await shown();
    const { outTradeNo } = attempt;
    bench.till.carriedHeard([{ outTradeNo, state: "opened", confirmation: null }]);
    bench.till.carriedHeard([
      { outTradeNo, state: "paid", confirmation: shop.digits(attempt, newSigningKey().privateKey) },
    ]);
    expect(bench.sales()).toEqual([]);
    const confirmation = shop.digits(attempt);
    bench.till.carriedHeard([{ outTradeNo, state: "paid", confirmation }]);
    expect(bench.sales()).toMatchObject([{ tenders: [{ proof: { by: "line", confirmation } }] }]);
    expect(bench.store.openCarried(10)).toEqual([]);
  });
});

describe("a proof that does not count", () => {
  it("is refused in plain words, journaled, and leaves the payment waiting", async () => {
    const attempt = await shown();
    const { outTradeNo, amountFen, carried } = attempt;
    const word = { outTradeNo, amountFen, nonce: carried?.nonce ?? "" };
    const { privateKey } = shop.office;
    const wrongOnes = [
      ["other-till", confirmationDigits({ ...word, outTradeNo: "BJ01T02261127143015K" }, privateKey)],
      ["other-amount", confirmationDigits({ ...word, amountFen: amountFen - 1 }, privateKey)],
      ["other-amount", confirmationDigits({ ...word, nonce: "AAAAAAAAAAAAAAAA" }, privateKey)],
      ["signature", confirmationDigits(word, newSigningKey().privateKey)],
      ["signature", `7701${"0".repeat(13 * 20)}`],
    ] as const;
    for (const [why, digits] of wrongOnes) {
      await bench.scan(digits);
      expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "carried-refused", why });
    }
    expect(refusals().map(({ why }) => why)).toEqual(wrongOnes.map(([why]) => why));
    expect(bench.sales()).toEqual([]);
    await bench.scan(shop.digits(attempt));
    expect(bench.sales()).toHaveLength(1);
  });

  it("gets a plain answer also where no such payment was ever shown", async () => {
    await bench.scan(
      confirmationDigits(
        { outTradeNo: "BJ01T02261127143015K", amountFen: 1, nonce: "AAAAAAAAAAAAAAAA" },
        shop.office.privateKey,
      ),
    );
    expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "carried-refused", why: "other-till" });
  });

  it("has three tries as a code, over every restart", async () => {
    const attempt = await shown();
    const { outTradeNo } = attempt;
    const typed = (code: string) => bench.send("type-carried-code", { outTradeNo, code });
    const refused = (why: string, triesLeft: number) => ({
      ok: false,
      fault: { kind: "carried-refused", why, triesLeft },
    });
    expect(await typed(wrong(attempt))).toEqual(refused("code", 2));
    expect(bench.shown.payment?.attempt?.carried).toEqual({ triesLeft: 2, noCode: null });
    await bench.crash();
    await signInAgain();
    expect(await typed(wrong(attempt))).toEqual(refused("code", 1));
    expect(await typed(wrong(attempt))).toEqual(refused("code", 0));
    expect(await typed(shop.code(attempt))).toEqual(refused("tries", 0));
    expect(refusals().map(({ why }) => why)).toEqual(["code", "code", "code", "tries"]);
    expect(bench.sales()).toEqual([]);
    await bench.scan(shop.digits(attempt));
    expect(bench.sales()).toHaveLength(1);
  });

  it("is a code above the caps: of one payment, and of the business day over a restart", async () => {
    bench.close();
    await open({ payments: { carried: { mostByCodeFen: 1_000, mostByCodePerDayFen: 1_500 } } });
    const first = await shown();
    await bench.must("type-carried-code", { outTradeNo: first.outTradeNo, code: shop.code(first) });
    expect(bench.store.takenByCodeFen(businessDay)).toBe(1_000);
    await bench.crash();
    await signInAgain();
    const second = await shown();
    expect(bench.shown.payment?.attempt?.carried).toEqual({ triesLeft: 3, noCode: "cap" });
    expect(await bench.send("type-carried-code", { outTradeNo: second.outTradeNo, code: shop.code(second) })).toEqual({
      ...{ ok: false, fault: { kind: "carried-refused", why: "cap", triesLeft: 3 } },
    });
    await bench.scan(shop.digits(second));
    expect(bench.sales()).toHaveLength(2);
  });
});

describe("a payment on the phone that is given up", () => {
  it("frees its sale at once, says so to head office by the journal, and takes no proof any more", async () => {
    const attempt = await shown();
    const { outTradeNo, amountFen } = attempt;
    await bench.must("cancel-attempt", { outTradeNo });
    expect(bench.shown.payment).toMatchObject({ stage: "choose", leftFen: 1_000 });
    expect(journalBodies(bench.directory, "carried-abandoned")).toMatchObject([
      { outTradeNo, amountFen, nonce: attempt.carried?.nonce, reason: "cashier" },
    ]);
    expect(settledKinds()).toEqual(["abandoned"]);
    await bench.scan(shop.digits(attempt));
    expect(refusals()).toMatchObject([{ why: "abandoned" }]);
    const fault = { kind: "carried-refused", why: "abandoned", triesLeft: 3 };
    const code = shop.code(attempt);
    expect(await bench.send("type-carried-code", { outTradeNo, code })).toEqual({ ok: false, fault });
    bench.till.carriedHeard([{ outTradeNo, state: "paid", confirmation: shop.digits(attempt) }]);
    expect(bench.sales()).toEqual([]);
    await bench.must("pay-cash", { receivedFen: 1_000 });
    expect(bench.sales()).toMatchObject([{ tenders: [{ kind: "cash" }] }]);
  });

  it("is nobody's to refund but head office's", async () => {
    const { outTradeNo } = await shown();
    await bench.must("cancel-attempt", { outTradeNo });
    expect(
      await bench.send("refund-charge", { requestId: "r", outTradeNo, reason: "", approvalPin: "" }),
    ).toMatchObject({
      ok: false,
    });
  });

  it("stands on the manager's list until head office agrees, and so does one that was sold", async () => {
    const first = await shown();
    await bench.must("cancel-attempt", { outTradeNo: first.outTradeNo });
    await bench.must("show-carried", { amountFen: null });
    const second = current();
    await bench.scan(shop.digits(second));
    const here = () => bench.store.openCarried(10).map(({ attempt, there }) => [attempt.state, there]);
    expect(here()).toEqual([
      ["abandoned", null],
      ["paid", null],
    ]);
    const heard = (attempt: Attempt, state: "unknown" | "opened" | "paid" | "refunding" | "refunded" | "sold") =>
      bench.till.carriedHeard([{ outTradeNo: attempt.outTradeNo, state, confirmation: null }]);
    heard(first, "refunding");
    heard(second, "opened");
    expect(here()).toEqual([
      ["abandoned", "refunding"],
      ["paid", "opened"],
    ]);
    heard(first, "refunded");
    heard(second, "sold");
    expect(here()).toEqual([]);
    // The last word stays the last.
    heard(first, "unknown");
    expect(here()).toEqual([]);
  });

  it("is not paid by a payment code scanned while it waits", async () => {
    await shown();
    await bench.scan(paymentCode);
    expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "scan-while-not-selling", why: "paying" });
  });
});
