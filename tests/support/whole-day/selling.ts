import type { IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { customerWill, scan } from "#tests/support/shop-day.ts";
import type { Shop } from "#tests/support/shop.ts";
import { put } from "#tests/support/weighing-screens.ts";
import { type Change, type Goods, type Member, memberPhones, type PlannedSale, type Way } from "./plan.ts";

/** The counter of a day: the till, its shop, and what was sold at it so far. */
export interface Counter {
  /** Another one after a power cut. */
  till: TillUnderTest;
  readonly shop: Shop;
  readonly locale: Locale;
  /** Who signed up so far: their ids. */
  readonly members: Map<Member, string>;
}

export interface Sold {
  readonly saleId: string;
  readonly saleNumber: string;
}

/** A thing scanned only to be taken out again: in no other basket of the day, so that it never joins a line. */
const thrownAway = "6910111010871";
/** A scale that stands still says so within a breath. Milliseconds; a busy machine's too. */
const weighingMs = 30_000;

/** Sends it, and throws what the till refused it with. */
export async function must<N extends IntentName>(
  { till }: Counter,
  intent: N,
  args: IntentArgs<N>,
): Promise<Extract<IntentResult<N>, { readonly ok: true }>["value"]> {
  const answer = await till.send(intent, args);
  if (!answer.ok) throw new Error(`${intent}: ${JSON.stringify(answer.fault)}`);
  return answer.value;
}

export function managersPin({ till }: Counter): string {
  return till.pins.get("manager-1") ?? "";
}

/** Rings up, changes and takes money for one planned sale. */
export async function sell(counter: Counter, { goods, changes, way }: PlannedSale): Promise<Sold> {
  for (const one of goods) await ringUpOne(counter, one);
  for (const change of changes) await make(counter, change);
  await takeMoney(counter, way);
  return finished(counter);
}

/** A basket of one thing that its customer leaves behind. */
export async function throwAway(counter: Counter): Promise<void> {
  await ringUp(counter.till, thrownAway, thrownAway);
  await must(counter, "void-sale", { approvalPin: managersPin(counter) });
}

async function ringUpOne(counter: Counter, goods: Goods): Promise<void> {
  const { till, shop } = counter;
  if (goods.kind === "open-price") {
    const name = counter.locale === "en" ? "Odd thing" : "杂项";
    await must(counter, "add-open-price", { name, priceFen: goods.priceFen, barcode: null });
  } else if (goods.kind === "scale") {
    await must(counter, "add-item", { sku: goods.sku, quantity: 1_000, by: "search" });
    await put(shop, goods.grams);
    const isTaken = async () => {
      const { weighing } = await till.view();
      if (weighing?.tray !== "ready" || weighing.grams !== goods.grams) return false;
      return (await till.send("take-weight", { grams: goods.grams })).ok;
    };
    await until(`${goods.grams} g are weighed`, isTaken, weighingMs);
  } else if (goods.times > 1) {
    await must(counter, "set-multiplier", { quantity: goods.times * 1_000 });
    await ringUp(till, goods.code);
  } else {
    const { scanCount } = (await till.view()).sale;
    await scan(shop, goods.code);
    await until(`${goods.code} is answered`, async () => (await till.view()).sale.scanCount > scanCount);
  }
}

async function make(counter: Counter, change: Change): Promise<void> {
  const { till } = counter;
  const approvalPin = managersPin(counter);
  const lineId = (await till.view()).sale.lines[0]?.lineId ?? "";
  switch (change.kind) {
    case "void-line": {
      await ringUp(till, thrownAway);
      const last = (await till.view()).sale.lines.at(-1)?.lineId ?? "";
      await must(counter, "void-line", { lineId: last });
      return;
    }
    case "discount-line": {
      const { basisPoints } = change;
      await must(counter, "discount-line", { lineId, discount: { kind: "percent", basisPoints }, approvalPin });
      return;
    }
    case "discount-sale": {
      const { basisPoints } = change;
      await must(counter, "discount-sale", { discount: { kind: "percent", basisPoints }, approvalPin });
      return;
    }
    case "override": {
      const to = { priceFen: change.priceFen, reason: counter.locale === "en" ? "Near its date" : "临期" };
      const alone = await till.send("override-price", { lineId, to });
      if (alone.ok || alone.fault.kind !== "approval-needed") throw new Error(`no price that low without a word`);
      await must(counter, "override-price", { lineId, to, approvalPin });
      return;
    }
    case "coupon":
      await must(counter, "add-coupon", { code: change.code });
      return;
    case "member":
      return putMember(counter, change.who);
    case "points":
      await must(counter, "spend-points", { count: change.count });
      return;
    case "hold": {
      await must(counter, "hold-sale", { label: "" });
      const [held] = (await till.view()).held;
      await must(counter, "recall-sale", { saleId: held?.saleId ?? "" });
    }
  }
}

async function putMember(counter: Counter, who: Member): Promise<void> {
  const known = counter.members.get(who);
  if (known !== undefined) await must(counter, "set-member", { memberId: known });
  else {
    const name = counter.locale === "en" ? "Ms Chen" : "陈阿姨";
    const { memberId } = await must(counter, "enrol-member", { name, phone: memberPhones[who] });
    counter.members.set(who, memberId);
  }
  await until("it is the member's sale", async () => (await counter.till.view()).sale.member !== undefined);
}

/** What a drawer can hold: from a jiao up. */
const jiaoFen = 10;
const tenYuanFen = 1_000;

/** Pays what is due. Cash comes in whole jiao: what is all cash loses its odd fen (抹零), what is split leaves them to the phone. */
export async function takeMoney(counter: Counter, way: Way): Promise<void> {
  const { till } = counter;
  if (way === "cash") await must(counter, "set-rounding", { rounding: "jiao" });
  await must(counter, "take-payment", {});
  const left = (await till.view()).payment?.leftFen ?? 0;
  const part = Math.max(jiaoFen, 100 * Math.trunc(left / 300));
  if (way === "cash") {
    await must(counter, "pay-cash", {
      receivedFen: left - (left % tenYuanFen) + (left % tenYuanFen > 0 ? tenYuanFen : 0),
    });
  } else if (way === "code") await payByCode(counter);
  else if (way === "qr") await payByQr(counter);
  else if (way === "static-code") await payStatic(counter, left);
  else if (way === "cash-and-code") {
    await must(counter, "pay-cash", { receivedFen: part });
    await payByCode(counter);
  } else if (way === "cash-and-static") {
    await must(counter, "pay-cash", { receivedFen: part });
    await payStatic(counter, left - part);
  } else {
    await must(counter, "pay-cash", { receivedFen: 5 * jiaoFen });
    await payStatic(counter, 70);
    await payByCode(counter);
  }
}

async function payByCode({ till, shop }: Counter): Promise<void> {
  await customerWill(shop, "pay");
  await until("the dialog is open", async () => (await till.view()).payment?.stage === "choose");
  await scan(shop, await shop.paymentCode());
}

async function payByQr(counter: Counter): Promise<void> {
  const { till, shop } = counter;
  await must(counter, "show-qr", { amountFen: null });
  const codeUrl = await until("the code is shown", async () => (await till.view()).payment?.attempt?.codeUrl);
  await shop.control("POST", "/wallet/scan-qr", { codeUrl });
  await shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
}

async function payStatic(counter: Counter, amountFen: number): Promise<void> {
  await must(counter, "pay-static-code", { amountFen, approvalPin: managersPin(counter) });
}

/** Waits until the sale is committed, and goes on to the next. */
export async function finished(counter: Counter): Promise<Sold> {
  const { saleId, saleNumber } = await until("the sale is done", async () => (await counter.till.view()).payment?.done);
  await must(counter, "next-sale", {});
  return { saleId, saleNumber };
}
