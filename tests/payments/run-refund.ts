import { assert } from "#core/result.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import { chips, people } from "#tests/support/bench-shop.ts";
import { type Course, sinceHealing } from "./course.ts";
import { happen, heal, scriptWrongs, signInAgain, stepMs } from "./happenings.ts";
import { judgeRefund, type RefundFacts } from "./judge.ts";
import type { Ran } from "./run-payment.ts";
import type { Scene } from "./scene.ts";

const amountFen = 400;
const quietMs = 60_000;
/** What has no end or alarm by then, after the last thing that happens, has none. */
const mostMs = 24 * 3_600_000;
const approvalPin = people.manager.pin;

/** Sells, gives a part back as the course says, lets time pass until nothing moves any more, and judges. */
export async function runRefund(scene: Scene, course: Course): Promise<Ran> {
  const { till } = scene;
  const { saleId, tenderId, outTradeNo } = await sold(scene);
  const askedAtMs = scene.clock.now();
  const bookedBefore = booked(scene, askedAtMs);
  await scriptWrongs(scene, course);
  const complaints: string[] = [];
  const asked = { requestId: `press ${saleId}`, saleId, tenderId, amountFen, reason: "退货" };
  const { refundNo } = await till.must("refund-sale", { ...asked, approvalPin });
  const watch = watchRefund(scene, refundNo, outTradeNo);
  await pass(scene, course, { refundNo, outTradeNo });
  await heal(scene);

  const facts = factsOf(scene, {
    course,
    refundNo,
    outTradeNo,
    askedAtMs,
    bookedBefore,
    knownMs: watch.knownAfterMs(),
  });
  complaints.push(...judgeRefund(facts, course));
  if (facts.word !== "given-back") complaints.push(...(await giveAnotherWay(scene, refundNo, outTradeNo)));
  scene.look = () => {};
  const end = facts.word === "given-back" ? "given back" : facts.word === "stuck" ? "stuck" : endOf(scene, refundNo);
  return { course, end, waits: facts.waits, complaints: [...watch.complaints, ...complaints] };
}

/** A sale of 10.00, paid by code, a minute ago. */
async function sold(scene: Scene): Promise<{ saleId: string; tenderId: string; outTradeNo: string }> {
  const { till, simulator } = scene;
  await signInAgain(scene);
  simulator.wallet.setBehaviour("pay");
  await till.scan(chips);
  await till.must("take-payment", {});
  const { saleId } = till.shown.sale;
  await till.scan(simulator.wallet.showCode());
  await scene.settled();
  await till.send("next-sale", {});
  await scene.clock.advance(60_000);
  const tender = till.store.sale(saleId)?.sale.tenders[0];
  assert(tender?.kind === "wechat", "the sale was paid by code");
  return { saleId, tenderId: tender.tenderId, outTradeNo: tender.outTradeNo };
}

/** Holds what the till says of the refund against the gateway's book, as long as it says it. */
function watchRefund(scene: Scene, refundNo: string, outTradeNo: string) {
  const { till, clock } = scene;
  const startedAtMs = clock.now();
  const complaints: string[] = [];
  let knownAtMs: number | null = null;
  scene.look = () => {
    const word = wordOf(till.store.refund(refundNo));
    knownAtMs = word === "not-known" ? null : (knownAtMs ?? clock.now());
    const status = scene.order(outTradeNo)?.refunds.find((refund) => refund.outRefundNo === refundNo)?.status;
    if (word === "given-back" && status !== "SUCCESS") complain("given back, and it is not");
    if (word === "not-given-back" && status !== undefined && status !== "CLOSED") complain("not given back, and it is");
  };
  return { complaints, knownAfterMs: () => (knownAtMs === null ? null : knownAtMs - startedAtMs) };

  function complain(what: string): void {
    const complaint = `the screen says ${what} (${refundNo})`;
    if (!complaints.includes(complaint)) complaints.push(complaint);
  }
}

/** `stuck` is a word too: the manager is told that the money left and did not arrive. */
function wordOf(refund: SaleRefund | null): RefundFacts["word"] {
  if (refund?.state === "succeeded") return "given-back";
  if (refund?.state === "closed" || refund?.state === "refused") return "not-given-back";
  return refund?.state === "abnormal" && refund.gateway?.needsManager === true ? "stuck" : "not-known";
}

async function pass(
  scene: Scene,
  course: Course,
  { refundNo, outTradeNo }: { readonly refundNo: string; readonly outTradeNo: string },
): Promise<void> {
  const { till, clock } = scene;
  const startedAtMs = clock.now();
  const passedMs = (): number => clock.now() - startedAtMs;
  const due = [...course.happenings].sort((a, b) => a.atMs - b.atMs);
  const giveUpAtMs = (due.at(-1)?.atMs ?? 0) + mostMs;
  let quietSinceMs = 0;
  for (;;) {
    for (let next = due[0]; next !== undefined && next.atMs <= passedMs(); next = due[0]) {
      due.shift();
      await happen(scene, next, outTradeNo);
    }
    await scene.settled();
    const isQuiet = due.length === 0 && wordOf(till.store.refund(refundNo)) !== "not-known";
    if (!isQuiet) quietSinceMs = passedMs();
    if (passedMs() - quietSinceMs >= quietMs || passedMs() > giveUpAtMs) return;
    await clock.advance(stepMs(passedMs(), due[0]?.atMs));
  }
}

const dayMs = 24 * 3_600_000;

/** WeChat Pay money given back, in the totals of the days from then till now: it counts on the day it arrives. */
function booked({ till, clock }: Scene, sinceMs: number): number {
  let sum = 0;
  for (let atMs = sinceMs; beijingDay(atMs) <= beijingDay(clock.now()); atMs += dayMs) {
    sum += till.store.dayTotals(beijingDay(atMs)).refundWechatFen;
  }
  return sum;
}

function beijingDay(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 10);
}

function factsOf(
  scene: Scene,
  about: {
    readonly course: Course;
    readonly refundNo: string;
    readonly outTradeNo: string;
    readonly askedAtMs: number;
    readonly bookedBefore: number;
    readonly knownMs: number | null;
  },
): RefundFacts {
  const { course, refundNo, outTradeNo, askedAtMs, bookedBefore, knownMs } = about;
  return {
    amountFen,
    word: wordOf(scene.till.store.refund(refundNo)),
    bookedFen: booked(scene, askedAtMs) - bookedBefore,
    numbers: [...(scene.refundNumbers.get(outTradeNo) ?? [])],
    refunds: scene.order(outTradeNo)?.refunds ?? [],
    waits: { knownMs: sinceHealing(course, knownMs), goesOnMs: 0 },
  };
}

function endOf({ till }: Scene, refundNo: string): "refused" | "closed" {
  return till.store.refund(refundNo)?.state === "closed" ? "closed" : "refused";
}

/** What was not given back can be given back now, once: a refused or closed refund by the manager's word. */
async function giveAnotherWay(scene: Scene, refundNo: string, outTradeNo: string): Promise<readonly string[]> {
  const { till, clock } = scene;
  if (wordOf(till.store.refund(refundNo)) !== "not-given-back") return [];
  await signInAgain(scene);
  scene.look = () => {};
  await clock.advance(60_000); // refunds of one payment stand a minute apart
  const again = await till.must("retry-refund", { refundNo, approvalPin });
  await scene.settled();
  await clock.advance(120_000);
  const refundedFen = scene.order(outTradeNo)?.refundedFen ?? 0;
  const state = till.store.refund(again.refundNo)?.state;
  const isDone = state === "succeeded" && refundedFen === amountFen;
  return isDone ? [] : [`tried again, the refund is ${state} and the gateway gave ${refundedFen} fen`];
}
