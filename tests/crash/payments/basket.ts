import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import { ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { pickOne } from "#tests/support/random.ts";
import type { Counter } from "./counter.ts";
import type { Notebook } from "./notebook.ts";

/** ¥3.50, ¥21.00. */
const barcodes = ["6920536012350", "6920536012725"];

/** An intent that must be carried out; its answer. */
export async function must<N extends IntentName>(
  till: TillUnderTest,
  intent: N,
  args: IntentArgs<N>,
): Promise<Extract<IntentResult<N>, { ok: true }>["value"]> {
  const result = await till.send(intent, args);
  if (!result.ok) throw new Error(`${intent}: ${JSON.stringify(result.fault)}`);
  return result.value;
}

/** Rings up a basket and opens the payment; now and then a part of it is paid in cash before. */
export async function openPayment(counter: Counter, notebook: Notebook, isSplit: boolean): Promise<void> {
  const till = counter.till();
  await ringUp(till, pickOne(counter.random, barcodes), pickOne(counter.random, barcodes));
  notebook.beginBasket((await till.view()).sale.saleId);
  await must(till, "take-payment", {});
  if (isSplit) await must(till, "pay-cash", { receivedFen: 200 });
}

export async function scanCode(counter: Counter): Promise<void> {
  const text = await counter.shop.paymentCode();
  await counter.press("code", () => counter.till().send("scan", { text, by: "typed" }));
}

/** Waits until nobody has to wait for the gateway any more. */
export async function paymentsEnd(counter: Counter): Promise<void> {
  await counter.until("every payment ends", async () => (await counter.till().view()).openAttempts.length === 0);
}
