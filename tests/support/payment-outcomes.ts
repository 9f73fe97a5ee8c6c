import { join } from "node:path";
import Database from "better-sqlite3";
import type { Locale } from "#contract/config/terminal.ts";
import displayTexts from "../../resources/locales/zh-CN/display.json" with { type: "json" };
import tillTexts from "../../resources/locales/zh-CN/till.json" with { type: "json" };
import { beginSelling, openTill, ringUp, type TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { moneyWord, part } from "./sale-screen.ts";
import { customerWill, enterPassword, scan } from "./shop-day.ts";
import { openShop, quickTiming, type Shop } from "./shop.ts";

type TillKey = keyof typeof tillTexts;
type DisplayKey = keyof typeof displayTexts;

/** One end of a payment, or a stand on the way to it, with what both windows must say while it lasts. */
export interface OutcomeSeen {
  /** As its pictures are named. */
  readonly name: string;
  readonly till: TillUnderTest;
  readonly word: "paid" | "not-paid" | "not-known";
  /** Sentences on the cashier's screen; none where the word and the panel say it all. */
  readonly says: readonly TillKey[];
  readonly displayStage: string;
  /** The customer's sentence, in both languages at once; null where the stage has none. */
  readonly displaySays: DisplayKey | null;
}

/** Coca-Cola 500 ml, ¥3.50. */
const barcode = "6920536012350";

/** Long enough for every stand on the way to be looked at; the one that runs out has a till of its own. */
const patientTiming = { ...quickTiming, codepayDeadlineMs: 120_000, nativeDeadlineMs: 120_000 };

interface Stage {
  readonly shop: Shop;
  readonly till: TillUnderTest;
}

/** Every payment outcome on the real till, one after the other, each standing still until the next is asked for. */
export async function* paymentOutcomes(locale: Locale): AsyncGenerator<OutcomeSeen> {
  const shop = await openShop({ locale }, patientTiming);
  let till = await open(shop);
  try {
    yield* paid({ shop, till });
    yield* refused({ shop, till });
    yield* undone({ shop, till });
    yield* byQr({ shop, till });
    yield* offline({ shop, till });
    await till.kill();
    shop.configure({ locale }, { ...patientTiming, nativeDeadlineMs: 1_500 });
  } finally {
    await till.close();
  }
  try {
    letSevenDaysPass(shop.dataDir);
    till = await open(shop, till.pins);
    yield* needingManager({ shop, till });
    await shop.control("POST", "/gateway/offline", { offline: false });
    yield* timedOut({ shop, till });
  } finally {
    await till.close();
    await shop.close();
  }
}

async function open(shop: Shop, pins: ReadonlyMap<string, string> = new Map()): Promise<TillUnderTest> {
  const till = await openTill({ dataDir: shop.dataDir, pins, args: ["--display-at=0,0,1024,600"] });
  await till.page.setViewportSize({ width: 1_280, height: 800 });
  await beginSelling(till);
  return till;
}

async function* paid({ shop, till }: Stage): AsyncGenerator<OutcomeSeen> {
  await customerWill(shop, "pay");
  await showCode({ shop, till });
  yield await stands(till, "paid-at-once", "paid", [], "paid", "thanks");
  await till.send("next-sale", {});

  await customerWill(shop, "password");
  await showCode({ shop, till });
  await phase(till, "customer-enters-password");
  const asked = ["attempt.phase.customer-enters-password", "attempt.next.waiting"] as const;
  yield await stands(till, "password-asked", "not-known", asked, "paying", "password");
  await enterPassword(shop, true);
  yield await stands(till, "password-paid", "paid", [], "paid", "thanks");
  await till.send("next-sale", {});
}

/** What the script calls it, what the till calls it. */
const refusals = [
  ["code-expired", "code-expired"],
  ["code-used", "code-invalid"],
  ["not-enough", "not-enough-money"],
  ["card-not-supported", "card-not-supported"],
  ["limit-reached", "limit-reached"],
  ["order-closed", "order-closed"],
  ["no-auth", "merchant-configuration"],
  ["sign-error", "signature-rejected"],
] as const;

/** The code is refused for each reason in turn; the sale is then paid in cash. */
async function* refused({ shop, till }: Stage): AsyncGenerator<OutcomeSeen> {
  await customerWill(shop, "pay");
  for (const [outcome, reason] of refusals) {
    await script(shop, outcome);
    await showCode({ shop, till });
    await until(`${reason} is told`, async () => {
      const attempt = (await till.view()).payment?.attempt;
      return attempt?.refusedReason === reason && attempt.word === "not-paid";
    });
    yield await stands(till, `refused-${reason}`, "not-paid", [`attempt.refused.${reason}`], "not-paid", "not-paid");
    await payCash(till);
  }
}

/** Silence, cancelling, and what comes of it: nothing was taken, or it was and goes back. */
async function* undone({ shop, till }: Stage): AsyncGenerator<OutcomeSeen> {
  await customerWill(shop, "ignore");
  await silent(shop, "never-answered-but-done");
  await showCode({ shop, till });
  await phase(till, "waiting-for-answer");
  const silentWords = ["attempt.phase.waiting-for-answer", "attempt.cause.timeout", "attempt.next.waiting"] as const;
  yield await stands(till, "not-known", "not-known", silentWords, "paying", "waiting");
  await part(till.page, "cancel-attempt").click();
  await phase(till, "cancelling");
  const cancelling = ["attempt.phase.cancelling", "attempt.next.cancelling"] as const;
  yield await stands(till, "cancelling", "not-known", cancelling, "paying", "cancelling");
  await shop.control("POST", "/gateway/script/clear");
  yield await stands(till, "reversed", "not-paid", ["attempt.phase.reversed"], "not-paid", "not-paid");
  await payCash(till);

  await silent(shop, "never-answered-but-charged");
  await showCode({ shop, till });
  await phase(till, "waiting-for-answer");
  await part(till.page, "cancel-attempt").click();
  await phase(till, "cancelling");
  await shop.control("POST", "/gateway/script/clear");
  const returned = ["attempt.phase.reversed-refunded"] as const;
  yield await stands(till, "reversed-refunded", "not-paid", returned, "not-paid", "returned");
  await payCash(till);
}

async function* byQr(stage: Stage): AsyncGenerator<OutcomeSeen> {
  const { shop, till } = stage;
  const shown = async (): Promise<string> => {
    await takePayment(till);
    await part(till.page, "pay-qr").click();
    await phase(till, "qr-shown");
    await part(till.page, "qr-copy").waitFor();
    return (await till.view()).payment?.attempt?.codeUrl ?? "";
  };
  const codeUrl = await shown();
  yield await stands(till, "qr-shown", "not-known", ["attempt.phase.qr-shown"], "qr", "qr.scan");
  await shop.control("POST", "/wallet/scan-qr", { codeUrl });
  await shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
  yield await stands(till, "qr-paid", "paid", [], "paid", "thanks");
  await till.send("next-sale", {});

  await shown();
  await part(till.page, "cancel-attempt").click();
  yield await stands(till, "qr-cancelled", "not-paid", ["attempt.phase.closed"], "not-paid", "not-paid");
  await payCash(till);
}

/** The line is down when the code is scanned: the money is in doubt, the sale is put aside, the next one sold. */
async function* offline({ shop, till }: Stage): AsyncGenerator<OutcomeSeen> {
  await shop.control("POST", "/gateway/offline", { offline: true });
  await customerWill(shop, "pay");
  await showCode({ shop, till });
  await phase(till, "waiting-for-answer");
  await part(till.page, "status-gateway").and(till.page.locator("[data-value=offline]")).waitFor();
  const words = ["attempt.phase.waiting-for-answer", "attempt.cause.network", "attempt.next.waiting"] as const;
  yield await stands(till, "offline", "not-known", words, "paying", "waiting");
}

/** The attempt that the offline till left, a week later and still without an answer. */
async function* needingManager({ till }: Stage): AsyncGenerator<OutcomeSeen> {
  await phase(till, "needs-manager");
  const words = ["attempt.phase.needs-manager", "attempt.next.needs-manager"] as const;
  yield await stands(till, "needs-manager", "not-known", words, "paying", "cancelling");
  await part(till.page, "park-sale").click();
  await part(till.page, "empty-cart").waitFor();
  await part(till.page, "status-attempts").click();
  await part(till.page, "attempt-ask").waitFor();
  const list = ["attempts.title", "attempts.explain", "attempts.parked", "attempt.ask", "attempt.give-back"] as const;
  yield await stands(till, "open-attempts", "not-known", [...list, ...words], "idle", null);
  await till.page.keyboard.press("Escape");
}

/** The code is on the display until its time is over. */
async function* timedOut({ till }: Stage): AsyncGenerator<OutcomeSeen> {
  await takePayment(till);
  await part(till.page, "pay-qr").click();
  yield await stands(till, "qr-timed-out", "not-paid", ["attempt.phase.closed"], "not-paid", "not-paid");
  await payCash(till);
}

/** Moves what is stored of the open attempt a week back, as if the till had stood in doubt all the while. */
function letSevenDaysPass(dataDir: string): void {
  const weekMs = 7 * 24 * 3_600_000;
  const db = new Database(join(dataDir, "sales.db"));
  try {
    db.prepare(`
      UPDATE attempts SET state = 'undoing', body = json_set(body, '$.state', 'undoing', '$.undoReason', 'deadline',
        '$.undoTries', 12, '$.undoingSinceMs', body ->> '$.createdAtMs' - ${weekMs},
        '$.sentAtMs', body ->> '$.sentAtMs' - ${weekMs}, '$.deadlineAtMs', body ->> '$.deadlineAtMs' - ${weekMs})
      WHERE state IN ('sent', 'pending')`).run();
  } finally {
    db.close();
  }
}

/** Rings up, opens the payment and scans the customer's code. */
async function showCode({ shop, till }: Stage): Promise<void> {
  await takePayment(till);
  await scan(shop, await shop.paymentCode());
}

async function takePayment(till: TillUnderTest): Promise<void> {
  await ringUp(till, barcode);
  await till.send("take-payment", {});
  await part(till.page, "pay-qr").waitFor();
}

async function payCash(till: TillUnderTest): Promise<void> {
  await till.send("take-payment", {});
  await till.send("pay-cash", { receivedFen: 350 });
  await until("the sale is done", async () => (await till.view()).payment?.stage === "done");
  await till.send("next-sale", {});
  await part(till.page, "empty-cart").waitFor();
}

async function script(shop: Shop, outcome: string, operation = "codepay", times = 1): Promise<void> {
  await shop.control("POST", "/gateway/script", { outcome, operation, next: true, times });
}

/** The gateway does what `outcome` says with the next payment, and says nothing to anything any more. */
async function silent(shop: Shop, outcome: string): Promise<void> {
  await script(shop, outcome);
  for (const operation of ["query", "reverse"]) await script(shop, "never-answered", operation, 1_000);
}

async function phase(till: TillUnderTest, wanted: string): Promise<void> {
  await until(`phase ${wanted}`, async () => (await till.view()).payment?.attempt?.phase === wanted);
}

async function stands(
  till: TillUnderTest,
  name: string,
  word: OutcomeSeen["word"],
  says: readonly TillKey[],
  displayStage: string,
  displaySays: DisplayKey | null,
): Promise<OutcomeSeen> {
  await until(`${name}: the screen says ${word}`, async () => (await moneyWord(till.page)) === word);
  const display = await till.window("display.html");
  await display.locator(`[data-testid=display][data-stage=${displayStage}]`).waitFor();
  return { name, till, word, says, displayStage, displaySays };
}
