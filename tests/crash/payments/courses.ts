import type { WalletBehaviour } from "#contract/bench/wallet.ts";
import { readLedger } from "#tests/support/books.ts";
import { customerWill, enterPassword } from "#tests/support/shop-day.ts";
import { must, openPayment, paymentsEnd, scanCode } from "./basket.ts";
import type { Counter } from "./counter.ts";
import type { Notebook } from "./notebook.ts";
import { refundCourses } from "./refund-courses.ts";

/**
 * One way through a payment, as a cashier and a customer go it, until the till is killed or there is nothing left to do.
 * Arms the counter when the kill may come.
 */
export interface Course {
  /** What new payment codes are paid over; null where none is. */
  readonly protocol: "v3" | "v2" | null;
  run(counter: Counter, notebook: Notebook): Promise<void>;
}

type Protocol = "v3" | "v2";

interface CodeWay {
  readonly onCode?: WalletBehaviour;
  /** What the gateway does with the request. */
  readonly outcome?: "never-answered" | "never-answered-but-charged";
  /** The customer types the password while the till asks for the so-many-th time. */
  readonly typesAtQuery?: number;
  readonly isCancelled?: true;
}

function codeCourses<P extends Protocol>(protocol: P) {
  const course = (way: CodeWay): Course => ({
    protocol,
    run: (counter, notebook) => payByCode(counter, notebook, way),
  });
  return {
    [`${protocol} paid`]: course({}),
    [`${protocol} password`]: course({ onCode: "password", typesAtQuery: 1 }),
    [`${protocol} waiting`]: course({ onCode: "password", typesAtQuery: 3 }),
    [`${protocol} refused`]: course({ onCode: "not-enough" }),
    [`${protocol} ignored`]: course({ onCode: "ignore" }),
    [`${protocol} never answered`]: course({ outcome: "never-answered" }),
    [`${protocol} charged unheard`]: course({ outcome: "never-answered-but-charged" }),
    [`${protocol} charged unheard, cancelled`]: course({ outcome: "never-answered-but-charged", isCancelled: true }),
    [`${protocol} resumed, charged`]: resumed(protocol, { outcome: "never-answered-but-charged" }),
    [`${protocol} resumed, waiting`]: resumed(protocol, { onCode: "password" }),
    [`${protocol} resumed, undoing`]: resumed(protocol, { outcome: "never-answered-but-charged", isCancelled: true }),
  } as { readonly [K in `${P} ${CodeCourse}`]: Course };
}

type CodeCourse =
  | ("paid" | "password" | "waiting" | "refused" | "ignored" | "never answered" | "charged unheard")
  | ("charged unheard, cancelled" | "resumed, charged" | "resumed, waiting" | "resumed, undoing");

export const courses = {
  cash: { protocol: null, run: payInCash },
  ...codeCourses("v3"),
  ...codeCourses("v2"),
  "QR paid": qr({ paysAtQuery: 1 }),
  "QR waiting": qr({ paysAtQuery: 3 }),
  "QR cancelled": qr({ isCancelled: true }),
  "QR paid while it is cancelled": qr({ isCancelled: true, paysAtClose: true }),
  "QR resumed": qr({ isCutOff: true }),
  "QR resumed, paid": qr({ isCutOff: true, paysBefore: true }),
  ...refundCourses,
} as const satisfies Readonly<Record<string, Course>>;

export type CourseName = keyof typeof courses;

async function payInCash(counter: Counter, notebook: Notebook): Promise<void> {
  await openPayment(counter, notebook, counter.random() < 0.3);
  const { payment } = await counter.till().view();
  counter.arm();
  await counter.press("cash", () => counter.till().send("pay-cash", { receivedFen: payment?.leftFen ?? 0 }));
}

async function payByCode(counter: Counter, notebook: Notebook, way: CodeWay): Promise<void> {
  await beginCode(counter, notebook, way);
  counter.arm();
  await scanCode(counter);
  if (way.isCancelled) await cancelWhenCharged(counter);
  // The next customer is served while this one thinks.
  else if (counter.random() < 0.2) await counter.till().send("park-sale", {});
  await paymentsEnd(counter);
}

async function beginCode(counter: Counter, notebook: Notebook, way: CodeWay): Promise<void> {
  const { shop } = counter;
  await customerWill(shop, way.onCode ?? "pay");
  if (way.outcome !== undefined) await shop.control("POST", "/gateway/script", { outcome: way.outcome, next: true });
  let queries = 0;
  shop.relay.meanwhile(async ({ operation }) => {
    if (operation !== "query") return;
    queries += 1;
    if (queries === way.typesAtQuery) await enterPassword(shop, true);
  });
  await openPayment(counter, notebook, counter.random() < 0.3);
}

async function cancelWhenCharged(counter: Counter): Promise<void> {
  const attempt = await charged(counter);
  await counter.press("cancel", () => counter.till().send("cancel-attempt", { outTradeNo: attempt }));
}

/** Waits until the gateway has the request of the attempt on the screen; its number. */
async function charged(counter: Counter): Promise<string> {
  return await counter.until("the request is at the gateway", async () => {
    const { openAttempts } = await counter.till().view();
    const { orders } = await readLedger(counter.shop);
    return openAttempts.find(({ outTradeNo }) => orders.some((order) => order.outTradeNo === outTradeNo))?.outTradeNo;
  });
}

/** The payment is left as it is, and the till starts again. */
function resumed(protocol: Protocol, way: CodeWay): Course {
  return {
    protocol,
    async run(counter, notebook) {
      await beginCode(counter, notebook, way);
      await scanCode(counter);
      if (way.isCancelled) await cancelWhenCharged(counter);
      else await charged(counter);
      await counter.cutPower();
      counter.arm();
      await counter.start();
    },
  };
}

interface QrWay {
  readonly paysAtQuery?: number;
  readonly isCancelled?: true;
  readonly paysAtClose?: true;
  /** The power goes with the code on the display; the customer may have paid it before. */
  readonly isCutOff?: true;
  readonly paysBefore?: true;
}

function qr(way: QrWay): Course {
  return {
    protocol: null,
    async run(counter, notebook) {
      let queries = 0;
      counter.shop.relay.meanwhile(async ({ operation }) => {
        if (operation === "query") queries += 1;
        const isTime = operation === "query" && queries === way.paysAtQuery;
        if (isTime || (operation === "close" && way.paysAtClose === true)) await payQr(counter, notebook);
      });
      await openPayment(counter, notebook, counter.random() < 0.3);
      if (way.isCutOff !== true) counter.arm();
      await counter.press("qr", () => counter.till().send("show-qr", { amountFen: null }));
      const { codeUrl, outTradeNo } = await counter.until("the QR is shown", async () => {
        const { payment } = await counter.till().view();
        return payment?.attempt?.codeUrl === null ? null : payment?.attempt;
      });
      notebook.seenQr = codeUrl;
      if (way.isCutOff === true) {
        if (way.paysBefore === true) await payQr(counter, notebook);
        await counter.cutPower();
        counter.arm();
        await counter.start();
        return;
      }
      if (way.isCancelled) await counter.press("cancel", () => must(counter.till(), "cancel-attempt", { outTradeNo }));
      await paymentsEnd(counter);
    },
  };
}

/** The customer pays the code that was seen, once. */
export async function payQr(counter: Counter, notebook: Notebook): Promise<void> {
  const codeUrl = notebook.seenQr;
  notebook.seenQr = null;
  if (codeUrl === null) return;
  await counter.shop.control("POST", "/wallet/scan-qr", { codeUrl });
  await counter.shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
}
