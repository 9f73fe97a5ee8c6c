import { until } from "#tests/support/poll.ts";
import type { Shop } from "#tests/support/shop.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { pickOne, type Random } from "#tests/support/random.ts";
import type { Acknowledged } from "./books.ts";

/**
 * The kill comes within this of the start or of the first basket, by turns: starts, commits and payments all fall inside. Early
 * ones are more, a quarter of this on average: most of what can be cut in two happens in the first second, and a thousand cycles
 * are to end within an hour.
 */
const mostSellingMs = 4_000;

const barcodes = ["6920536012350", "6920536012725"];
/** What the customer's phone does; each leads to other states of the payment to be killed in. */
const behaviours = ["pay", "pay", "pay", "pay", "password", "refuse", "ignore"] as const;

/** Starts the till, sells until a random moment, kills it. The last cycle ends everything that is open instead. */
export async function runCycle(run: {
  readonly shop: Shop;
  readonly random: Random;
  readonly pins: Map<string, string>;
  readonly isLast: boolean;
}): Promise<readonly Acknowledged[]> {
  const { shop, random, pins } = run;
  const till = await openTill({ dataDir: shop.dataDir, pins });
  const sold: Acknowledged[] = [];
  if (run.isLast) {
    await finishAll(till, pins);
    await till.close();
    return sold;
  }
  const selling = Promise.withResolvers<void>();
  // Every fourth kill may fall into the start itself; the others find a till that sells.
  if (random() < 0.25) selling.resolve();
  const killed = killAfter(till, selling.promise, random() * random() * mostSellingMs, pins);
  try {
    await beginSelling(till);
    selling.resolve();
    for (;;) await sellOne(till, shop, random, sold);
  } catch (cause) {
    // The till died under our hands, which is the point; anything else is a fault of the harness or of the till.
    if (!killed.isDone()) throw cause;
  }
  await killed.whenGone;
  return sold;
}

function killAfter(
  till: TillUnderTest,
  begun: Promise<void>,
  ms: number,
  pins: Map<string, string>,
): { isDone: () => boolean; whenGone: Promise<void> } {
  let isDone = false;
  const whenGone = (async () => {
    // The PINs are told once, on the first start: do not kill before they were read.
    await until("the first PINs", () => till.pins.get("cashier-1"));
    for (const [id, pin] of till.pins) pins.set(id, pin);
    await begun;
    await until("the moment of the kill", afterMs(ms), ms + 1_000);
    isDone = true;
    await till.kill();
  })();
  return { isDone: () => isDone, whenGone };
}

function afterMs(ms: number): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() >= end;
}

async function sellOne(till: TillUnderTest, shop: Shop, random: Random, sold: Acknowledged[]): Promise<void> {
  if ((await till.view()).sale.lines.length === 0) {
    await till.send("scan", { text: pickOne(random, barcodes), by: "typed" });
    await till.send("scan", { text: pickOne(random, barcodes), by: "typed" });
  }
  await till.send("take-payment", {});
  if (random() < 0.4) await payCash(till);
  else await payByCode(till, shop, random);
  noteDone(await till.view(), sold);
}

async function payCash(till: TillUnderTest): Promise<void> {
  const { payment } = await till.view();
  if (payment !== null && payment.leftFen > 0) await till.send("pay-cash", { receivedFen: payment.leftFen });
}

async function payByCode(till: TillUnderTest, shop: Shop, random: Random): Promise<void> {
  const onCode = pickOne(random, behaviours);
  await shop.control("POST", "/wallet/behaviour", { onCode });
  await till.send("scan", { text: await shop.paymentCode(), by: "typed" });
  await until("the payment ends", async () => {
    if (onCode === "password") await enterPasswords(shop);
    const { payment } = await till.view();
    return (
      payment === null || payment.stage === "done" || payment.attempt === null || payment.attempt.word !== "not-known"
    );
  });
}

async function enterPasswords(shop: Shop): Promise<void> {
  const { pending } = (await shop.control("GET", "/wallet")) as {
    readonly pending: readonly { readonly outTradeNo: string }[];
  };
  for (const { outTradeNo } of pending) {
    // A request that the till reversed meanwhile is gone from the phone; that refusal is expected.
    await shop.control("POST", "/wallet/password", { outTradeNo, accept: true }).catch(() => null);
  }
}

function noteDone(view: Awaited<ReturnType<TillUnderTest["view"]>>, sold: Acknowledged[]): void {
  const done = view.payment?.done;
  if (!done || sold.some((sale) => sale.saleId === done.saleId)) return;
  sold.push({ saleId: done.saleId, saleNumber: done.saleNumber, totalFen: done.totalFen });
}

/** Waits until no payment is open; an unfinished basket that is partly paid is paid to its end. */
async function finishAll(till: TillUnderTest, pins: ReadonlyMap<string, string>): Promise<void> {
  await until("every payment is resolved", async () => (await till.view()).openAttempts.length === 0, 60_000);
  if (pins.size === 0) return;
  await beginSelling(till);
  if ((await till.view()).sale.lines.length === 0) return;
  await till.send("take-payment", {});
  await payCash(till);
  await until("the last basket is sold", async () => (await till.view()).payment?.stage === "done");
}
