import { beginSelling } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { customerWill } from "#tests/support/shop-day.ts";
import type { WalletView } from "#contract/bench/wallet.ts";
import { must, paymentsEnd, scanCode } from "./basket.ts";
import { lateWithinMs, type Counter, type Setup } from "./counter.ts";
import { payQr } from "./courses.ts";
import type { Notebook } from "./notebook.ts";
import { letTimePass, sendRefund } from "./refund-courses.ts";

/** A basket is paid after so many tries at most: a code that fails is followed by cash. */
const mostTries = 4;

/**
 * After the kill: the customer does or does not do what was asked of him, the till starts again, and the cashier goes on
 * from what is on the screen until nothing is left to pay.
 */
export async function goOn(counter: Counter, notebook: Notebook, next: Setup): Promise<void> {
  const { random, shop } = counter;
  const customer = random();
  if (customer < 0.35) await answerPhone(counter);
  if (random() < 0.5) await payQr(counter, notebook).catch(() => null); // closed meanwhile
  if (random() < 0.5) await letTimePass(counter);
  const callsBefore = shop.relay.calls.length;
  const killedAt = performance.now();
  await counter.start(next);
  const late = (async () => {
    await until(
      "the till has asked, or a late call comes by itself",
      () => shop.relay.calls.length > callsBefore + 1 || performance.now() - killedAt > lateWithinMs,
    );
    await shop.relay.deliverLate();
  })();
  await beginSelling(counter.till());
  if (customer > 0.65) await answerPhone(counter);
  await paymentsEnd(counter);
  await late;
  // The till has said of every payment whether it is paid: whatever the phone still shows must be dead by now.
  await answerPhone(counter);
  await payQr(counter, notebook).catch(() => null);
  await finishBaskets(counter, notebook);
  await followRefunds(counter, notebook);
}

/** The customer finds the phone asking, and says yes; the shop may take it back in that very moment. */
async function answerPhone({ shop }: Counter): Promise<void> {
  const { pending } = (await shop.control("GET", "/wallet")) as WalletView;
  for (const { kind, outTradeNo } of pending) {
    if (kind !== "codepay") continue;
    await shop.control("POST", "/wallet/password", { outTradeNo, accept: true }).catch(() => null);
  }
}

/** The sale on the screen, then those that were put aside: recalled, and the rest of each is paid. */
export async function finishBaskets(counter: Counter, notebook: Notebook): Promise<void> {
  for (;;) {
    await payTheRest(counter, notebook);
    const [held] = (await counter.till().view()).held;
    if (held === undefined) return;
    await must(counter.till(), "recall-sale", { saleId: held.saleId });
  }
}

async function payTheRest(counter: Counter, notebook: Notebook): Promise<void> {
  const till = counter.till();
  for (let tries = 0; ; tries += 1) {
    const { payment, sale } = await till.view();
    if (payment?.done) {
      notebook.noteDone(await till.view());
      await must(till, "next-sale", {});
    }
    if (sale.lines.length === 0) return;
    if (tries === mostTries) throw new Error("the basket cannot be paid");
    await must(till, "take-payment", {});
    const { payment: opened } = await till.view();
    if (opened === null || opened.done !== null || opened.leftFen === 0) continue;
    if (tries > 0 || counter.random() < 0.5) await must(till, "pay-cash", { receivedFen: opened.leftFen });
    else {
      await customerWill(counter.shop, "pay");
      await counter.shop.control("POST", "/gateway/script/clear");
      await scanCode(counter);
      await paymentsEnd(counter);
    }
  }
}

/** Looks every refund up that was asked for: one that never began is asked for again, one that is given is noted. */
export async function followRefunds(counter: Counter, notebook: Notebook): Promise<void> {
  for (const asked of notebook.askedRefunds) {
    const { refunds } = await must(counter.till(), "sale-detail", { saleId: asked.saleId });
    const ours = refunds.filter(({ tenderId }) => tenderId === asked.tenderId).at(-1);
    // The screen may have lost the answer and send the same again: it must stay one refund.
    const refund = ours === undefined || counter.random() < 0.2 ? await sendRefund(counter, asked) : ours;
    if (refund.word === "paid") notebook.noteGivenBack(asked.requestId, refund.refundNo);
    else if (refund.word === "not-paid") throw new Error(`refund ${refund.refundNo} ended as ${refund.state}`);
  }
}
