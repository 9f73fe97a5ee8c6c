import { chips } from "#tests/support/bench-shop.ts";
import { type Course, sinceHealing } from "./course.ts";
import { judgeManners, judgePayment, type PaymentFacts, type Waits } from "./judge.ts";
import { happen, heal, scriptWrongs, signInAgain, stepMs } from "./happenings.ts";
import type { Scene } from "./scene.ts";
import { heldFen, type Watch, watchPayment } from "./watch.ts";

/** How one course came out. */
export interface Ran {
  readonly course: Course;
  readonly end: "paid" | "not paid" | "money back" | "given back" | "refused" | "closed" | "stuck";
  readonly waits: Waits;
  readonly complaints: readonly string[];
}

const priceFen = 1_000;
/** Nothing is due later than this after the last word: late charges land after 35 s, orders revoke themselves after 45 s. */
const quietMs = 60_000;
/** What has no end by then, after the last thing that happens, has none. */
const mostMs = 24 * 3_600_000;

/** Rings up a sale, asks for its money as the course says, lets time pass until nothing moves any more, and judges. */
export async function runPayment(scene: Scene, course: Course): Promise<Ran> {
  const { till, simulator } = scene;
  await signInAgain(scene);
  simulator.wallet.setBehaviour(course.phone);
  await till.scan(chips);
  await till.must("take-payment", {});
  const { saleId } = till.shown.sale;
  const watch = watchPayment(scene, saleId);
  const authCode = simulator.wallet.showCode();
  await scriptWrongs(scene, course);
  if (course.way === "native") await till.must("show-qr", { amountFen: null });
  else await till.scan(authCode);
  await pass(scene, course, watch);
  await heal(scene);

  const facts = factsOf(scene, course, saleId, watch);
  const complaints = [
    ...judgePayment(facts, course),
    ...judgeManners(simulator.ledger().refusedRequests, scene.logged, authCode),
  ];
  scene.look = () => {};
  if (facts.sale === "open" && facts.unfinished === 0) complaints.push(...(await payAnotherWay(scene, saleId)));
  await till.send("next-sale", {});
  const wasCharged = facts.orders.some(({ chargedFen }) => chargedFen > 0);
  const end = facts.sale === "complete" ? "paid" : wasCharged ? "money back" : "not paid";
  return { course, end, waits: facts.waits, complaints: [...watch.complaints, ...complaints] };
}

/** Time passes: the script's moments, the customer before the QR, and the till's own timers. */
async function pass(scene: Scene, course: Course, watch: Watch): Promise<void> {
  const { till, clock } = scene;
  const startedAtMs = clock.now();
  const passedMs = (): number => clock.now() - startedAtMs;
  const due = [...course.happenings].sort((a, b) => a.atMs - b.atMs);
  const giveUpAtMs = (due.at(-1)?.atMs ?? 0) + mostMs;
  const customer = qrCustomer(scene, course);
  let quietSinceMs = 0;
  for (;;) {
    for (let next = due[0]; next !== undefined && next.atMs <= passedMs(); next = due[0]) {
      due.shift();
      await happen(scene, next, watch.outTradeNo());
    }
    await scene.settled();
    const paysAtMs = customer();
    await scene.settled();
    const isQuiet = due.length === 0 && till.store.unfinishedAttempts().length === 0;
    if (!isQuiet) quietSinceMs = passedMs();
    if (passedMs() - quietSinceMs >= quietMs || passedMs() > giveUpAtMs) return;
    const nextAtMs = Math.min(due[0]?.atMs ?? Number.POSITIVE_INFINITY, paysAtMs - startedAtMs);
    await clock.advance(stepMs(passedMs(), nextAtMs));
  }
}

/**
 * Scans each QR that appears and pays, or does not; a payment that is refused for any reason is not tried again.
 * Answers when the customer will act, infinity for never.
 */
function qrCustomer({ till, simulator, clock }: Scene, { qr }: Course): () => number {
  let seen: { readonly codeUrl: string; readonly atMs: number } | null = null;
  return () => {
    const codeUrl = till.shown.openAttempts[0]?.codeUrl ?? null;
    if (codeUrl !== null && seen?.codeUrl !== codeUrl) seen = { codeUrl, atMs: clock.now() };
    if (seen === null || qr.paysAfterMs === null) return Number.POSITIVE_INFINITY;
    if (clock.now() < seen.atMs + qr.paysAfterMs) return seen.atMs + qr.paysAfterMs;
    const { codeUrl: scanned } = seen;
    seen = { codeUrl: scanned, atMs: Number.POSITIVE_INFINITY };
    try {
      simulator.wallet.scanQr(scanned);
      simulator.wallet.payQr({ codeUrl: scanned, accept: true, settleAfterMs: qr.movesMs ?? 0 });
    } catch {
      // The code is dead, the order closed: the phone says so, and nothing is charged.
    }
    return Number.POSITIVE_INFINITY;
  };
}

function factsOf(scene: Scene, course: Course, saleId: string, watch: Watch): PaymentFacts {
  const { store } = scene.till;
  const committed = store.sale(saleId);
  const draft = store.draft(saleId);
  const tenders = committed?.sale.tenders ?? draft?.tenders ?? [];
  const orders = store.attemptsOfSale(saleId).map(({ outTradeNo }) => scene.order(outTradeNo));
  return {
    priceFen,
    sale: committed === null ? "open" : "complete",
    bookedFen: tenders.reduce((sum, tender) => sum + (tender.kind === "wechat" ? tender.amountFen : 0), 0),
    unfinished: store.attemptsOfSale(saleId).filter(({ state }) => !ends.has(state)).length,
    orders: orders.flatMap((order) =>
      order === undefined ? [] : [{ ...order, violations: order.violations.map(({ rule }) => rule) }],
    ),
    waits: {
      knownMs: sinceHealing(course, watch.knownAfterMs()),
      goesOnMs: watch.goesOnAfterMs(),
    },
  };
}

const ends: ReadonlySet<string> = new Set(["paid", "failed", "reversed"]);

/** An open sale can be paid for at once with another code, and nobody is charged twice for it. */
async function payAnotherWay(scene: Scene, saleId: string): Promise<readonly string[]> {
  const { till, simulator } = scene;
  await signInAgain(scene);
  if (till.shown.sale.saleId !== saleId) await till.must("recall-sale", { saleId });
  await till.must("take-payment", {});
  simulator.wallet.setBehaviour("pay");
  await till.scan(simulator.wallet.showCode());
  await scene.settled();
  const held = till.store
    .attemptsOfSale(saleId)
    .reduce((sum, { outTradeNo }) => sum + heldFen(scene.order(outTradeNo)), 0);
  const isComplete = till.store.sale(saleId) !== null;
  return isComplete && held === priceFen ? [] : [`paid again with another code, and the gateway holds ${held} fen`];
}
