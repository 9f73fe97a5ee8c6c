import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { defaultRefundTiming, type Refund, type RefundEvent, type RefundState } from "./refund.ts";
import type { RefundAnswer } from "./refund-answer.ts";
import { isRefundOver, newRefund, refundTable, refundWord, stepRefund } from "./step-refund.ts";

const t0 = Date.UTC(2026, 10, 21, 4);
const facts = { refundId: "5000", payerRefundFen: fen(300), createTime: null, successTime: null };
const fresh = () =>
  newRefund({
    outRefundNo: "RSH01T01261121120000A",
    outTradeNo: "SH01T01261121110000A",
    transactionId: "4200",
    saleId: "s1",
    tenderId: "t1",
    amountFen: fen(300),
    totalFen: fen(1_000),
    reason: "",
    nowMs: t0,
  });
const answers: readonly RefundAnswer[] = [
  { kind: "processing", facts },
  { kind: "success", facts },
  { kind: "closed", facts },
  { kind: "abnormal", facts },
  { kind: "refused", reason: "merchant-balance", code: "NOT_ENOUGH" },
  { kind: "not-found" },
  { kind: "unknown", cause: "timeout", code: null },
];
const refusal = { kind: "refused", reason: "merchant-balance", code: "NOT_ENOUGH" } as const;
const unclear = { kind: "unknown", cause: "timeout", code: null } as const;
const sent = (answer: RefundAnswer): RefundEvent => ({ kind: "refund-answered", answer });
const onward = (answer: RefundAnswer): RefundEvent => ({ kind: "onward-answered", answer });
const queried = (answer: RefundAnswer): RefundEvent => ({ kind: "query-answered", answer });

/** The refund after these events, one second apart, with the effects of the last. */
function run(...events: readonly RefundEvent[]) {
  let refund: Refund = fresh();
  let effects: readonly { readonly kind: string }[] = [];
  events.forEach((event, index) => {
    ({ refund, effects } = stepRefund(refund, event, t0 + index * 1_000, defaultRefundTiming));
  });
  return { state: refund.state, refund, effects };
}

describe("a refund", () => {
  it("leaves only once it is on disk", () => {
    expect(fresh().state).toBe("requested");
    expect(run({ kind: "stored" })).toMatchObject({
      state: "sent",
      effects: [{ kind: "wait" }, { kind: "send-refund" }],
    });
    expect(run({ kind: "timer" }).effects).toEqual([]);
  });

  it("waits for its answer before it is sent again, and after an unclear one not long", () => {
    expect(run({ kind: "stored" }).effects[0]).toEqual({ kind: "wait", ms: 35_000 });
    expect(run({ kind: "stored" }, sent(unclear)).effects).toEqual([{ kind: "wait", ms: 5_000 }]);
    const again = [{ kind: "stored" }, sent(unclear), { kind: "timer" }, sent(unclear)] as const;
    expect(run(...again).effects).toEqual([{ kind: "wait", ms: 10_000 }]);
  });

  it("is followed from accepted to its end", () => {
    expect(run({ kind: "stored" }, sent({ kind: "processing", facts }))).toMatchObject({
      state: "processing",
      effects: [{ kind: "wait", ms: 60_000 }],
    });
    const ended = run(
      { kind: "stored" },
      sent({ kind: "processing", facts }),
      { kind: "timer" },
      queried({ kind: "success", facts }),
    );
    expect(ended).toMatchObject({ state: "succeeded", effects: [{ kind: "settle", outcome: "succeeded" }] });
  });

  it("that cannot be delivered calls a manager and is still asked about", () => {
    const stuck = run({ kind: "stored" }, sent({ kind: "abnormal", facts }));
    expect(stuck).toMatchObject({ state: "abnormal", refund: { needsManager: true } });
    expect(stuck.effects).toContainEqual({ kind: "alarm" });
    expect(run({ kind: "stored" }, sent({ kind: "abnormal", facts }), { kind: "timer" }).effects).toContainEqual({
      kind: "query-refund",
    });
  });

  it("that is stuck goes on where a manager says, and to nobody else while that may have been taken", () => {
    const stuck = [{ kind: "stored" }, sent({ kind: "abnormal", facts })] as const;
    const toShop = { kind: "onward-requested", to: "shop-account" } as const;
    const toCard = { kind: "onward-requested", to: "customer-card" } as const;
    expect(run(...stuck, toShop).effects).toEqual([{ kind: "wait", ms: 35_000 }, { kind: "send-onward" }]);
    expect(run(...stuck, toShop, toCard)).toMatchObject({ refund: { onward: { to: "shop-account" } }, effects: [] });
    const taken = run(...stuck, toShop, onward({ kind: "processing", facts }));
    expect(taken).toMatchObject({ state: "processing", refund: { needsManager: false } });
    expect(run(...stuck, toShop, onward({ kind: "processing", facts }), toCard).effects).toEqual([]);
    const ended = stepRefund(taken.refund, queried({ kind: "success", facts }), t0, defaultRefundTiming);
    expect(ended.refund).toMatchObject({ state: "succeeded", needsManager: true }); // the shop has it, not the customer
    const refused = run(...stuck, toShop, onward(refusal), toCard);
    expect(refused.refund.onward).toEqual({ to: "customer-card", atMs: t0 + 4_000, refused: null, isDoubtful: false });
  });

  it("whose sending on got no clear answer is free for another word only when it is stuck still", () => {
    const toShop = { kind: "onward-requested", to: "shop-account" } as const;
    const doubtful = run({ kind: "stored" }, sent({ kind: "abnormal", facts }), toShop, onward(unclear), toShop);
    const again = stepRefund(doubtful.refund, onward(refusal), t0 + 6_000, defaultRefundTiming);
    expect(again).toMatchObject({ refund: { onward: { refused: null } }, effects: [{ kind: "query-refund" }] });
    const still = queried({ kind: "abnormal", facts });
    const tooSoon = stepRefund(again.refund, still, t0 + 7_000, defaultRefundTiming);
    expect(tooSoon.refund.onward).toMatchObject({ refused: null, isDoubtful: true });
    const late = stepRefund(again.refund, still, t0 + 40_000, defaultRefundTiming);
    expect(late.refund.onward).toMatchObject({ refused: "ABNORMAL", isDoubtful: false });
    const restarted = stepRefund(
      run({ kind: "stored" }, sent({ kind: "abnormal", facts }), toShop).refund,
      { kind: "resumed" },
      t0,
      defaultRefundTiming,
    );
    expect(restarted).toMatchObject({
      refund: { onward: { isDoubtful: true } },
      effects: [{ kind: "wait" }, { kind: "query-refund" }],
    });
  });

  it("refused by the first answer is refused, and may be sent again under the same number", () => {
    expect(run({ kind: "stored" }, sent(refusal))).toMatchObject({
      state: "refused",
      refund: { refused: { code: "NOT_ENOUGH" } },
    });
    const again = run({ kind: "stored" }, sent(refusal), { kind: "retry-requested" });
    expect(again).toMatchObject({
      state: "sent",
      refund: { outRefundNo: fresh().outRefundNo, refused: null, sendTries: 2 },
    });
  });

  it("refused after an unclear answer is refused only when no such refund exists, past the gateway's own delay", () => {
    const doubtful = run({ kind: "stored" }, sent(unclear), { kind: "timer" }, sent(refusal));
    expect(doubtful).toMatchObject({ state: "unknown", effects: [{ kind: "wait" }, { kind: "query-refund" }] });
    const events = [{ kind: "stored" }, sent(unclear), { kind: "timer" }, sent(refusal)] as const;
    // Accepted and not found yet: what the refusal misses may be the very money that is on its way.
    expect(run(...events, queried({ kind: "not-found" })).state).toBe("unknown");
    const nextQuery = run(...events, queried({ kind: "not-found" }), { kind: "timer" });
    expect(nextQuery.effects).toMatchObject([{ kind: "wait" }, { kind: "query-refund" }]);
    const timer = { kind: "timer" } as const;
    const thirdQuery = run(...events, timer, timer, timer).refund;
    const missing = queried({ kind: "not-found" });
    const { transientNotFoundMs } = defaultRefundTiming;
    // The last request left with the third event, at two seconds.
    const stateAt = (refund: Refund, ms: number) =>
      stepRefund(refund, missing, t0 + 2_000 + ms, defaultRefundTiming).refund.state;
    expect(stateAt(thirdQuery, transientNotFoundMs)).toBe("refused");
    expect(stateAt(thirdQuery, transientNotFoundMs - 1)).toBe("unknown");
    // The clock has jumped over the delay: too little has passed for the request to have landed or died.
    expect(stateAt(nextQuery.refund, transientNotFoundMs)).toBe("unknown");
    expect(run(...events, queried({ kind: "processing", facts })).state).toBe("processing");
  });

  it("of an order the gateway does not know yet is sent again, and given up only after the gateway's own delay", () => {
    const missing = sent({ kind: "not-found" });
    expect(run({ kind: "stored" }, missing, { kind: "timer" }).effects).toContainEqual({ kind: "send-refund" });
    const late = stepRefund(run({ kind: "stored" }).refund, missing, t0 + 300_000, defaultRefundTiming);
    expect(late.effects).toContainEqual({ kind: "query-refund" });
    let asked = late.refund;
    for (const ms of [305_000, 315_000, 335_000]) {
      asked = stepRefund(asked, { kind: "timer" }, t0 + ms, defaultRefundTiming).refund;
    }
    const over = stepRefund(asked, queried({ kind: "not-found" }), t0 + 335_100, defaultRefundTiming);
    expect(over.refund).toMatchObject({ state: "refused", refused: { reason: "order-not-found" } });
  });

  it("found unfinished after a restart is sent again under its number, and a refusal then is no proof", () => {
    const resumed = run({ kind: "stored" }, { kind: "resumed" });
    expect(resumed).toMatchObject({ state: "unknown", refund: { outRefundNo: fresh().outRefundNo, sendTries: 2 } });
    expect(run({ kind: "stored" }, { kind: "resumed" }, sent(refusal)).state).toBe("unknown");
  });

  it("sent again long after it was made is not believed refused before the new request has landed or died", () => {
    const aWeek = t0 + 7 * 24 * 3_600_000;
    const step = (refund: Refund, event: RefundEvent, ms: number) =>
      stepRefund(refund, event, aWeek + ms, defaultRefundTiming).refund;
    let refund = step(run({ kind: "stored" }).refund, { kind: "resumed" }, 0);
    refund = step(refund, sent(refusal), 100);
    expect(step(refund, queried({ kind: "not-found" }), 200).state).toBe("unknown");
    for (const ms of [10_000, 30_000, 70_000]) refund = step(refund, { kind: "timer" }, ms);
    expect(step(refund, queried({ kind: "not-found" }), 70_100).state).toBe("unknown");
    refund = step(refund, { kind: "timer" }, 310_000);
    expect(step(refund, queried({ kind: "not-found" }), 310_100).state).toBe("refused");
  });

  it("calls a manager once when nothing definite comes within the window, and goes on", () => {
    const inDoubt = run({ kind: "stored" }, sent(unclear)).refund;
    const late = stepRefund(inDoubt, { kind: "timer" }, t0 + defaultRefundTiming.windowMs, defaultRefundTiming);
    expect(late.effects.map(({ kind }) => kind)).toEqual(["wait", "send-refund", "alarm"]);
    const later = stepRefund(
      late.refund,
      { kind: "timer" },
      t0 + defaultRefundTiming.windowMs + 1,
      defaultRefundTiming,
    );
    expect(later.effects.map(({ kind }) => kind)).toEqual(["wait", "send-refund"]);
  });

  it("is more than nothing, within its order, under a number the gateway takes", () => {
    const { ...asked } = { ...fresh(), nowMs: t0 };
    expect(() => newRefund({ ...asked, amountFen: fen(0) })).toThrow("part of its order");
    expect(() => newRefund({ ...asked, amountFen: fen(1_001) })).toThrow("part of its order");
    expect(() => newRefund({ ...asked, outRefundNo: "a b" })).toThrow("a refund number");
  });
});

describe("the table", () => {
  const events: readonly RefundEvent[] = [
    { kind: "stored" },
    { kind: "timer" },
    { kind: "retry-requested" },
    { kind: "onward-requested", to: "shop-account" },
    { kind: "onward-requested", to: "customer-card" },
    { kind: "resumed" },
    ...answers.flatMap((answer) => [sent(answer), queried(answer), onward(answer)]),
  ];
  // The table has one row per state.
  const states = Object.keys(refundTable) as RefundState[];

  it("answers every event in every state, and what is over stays over", () => {
    for (const state of states) {
      for (const event of events) {
        const next = stepRefund({ ...fresh(), state, sendTries: 1 }, event, t0 + 9, defaultRefundTiming);
        expect(next.refund.outRefundNo).toBe(fresh().outRefundNo);
        if (state === "succeeded" || state === "closed") expect(next).toEqual({ refund: next.refund, effects: [] });
      }
    }
  });

  it("under any events keeps its number, always has a timer while unfinished, and settles as what it is", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (list) => {
        let refund = fresh();
        let hasTimer = false;
        let atMs = t0;
        for (const event of [{ kind: "stored" } as const, ...list]) {
          // A timer event comes only from a timer.
          if (event.kind === "timer" && !hasTimer) continue;
          if (event.kind === "timer") hasTimer = false;
          const next = stepRefund(refund, event, (atMs += 700), defaultRefundTiming);
          refund = next.refund;
          for (const effect of next.effects) {
            if (effect.kind === "wait") hasTimer = true;
            if (effect.kind === "send-refund") expect(isRefundOver(refund)).toBe(false);
            if (effect.kind === "settle") expect(effect.outcome).toBe(refund.state);
          }
          if (!isRefundOver(refund)) expect(hasTimer).toBe(true);
          expect(refundWord(refund) === "not-known").toBe(!isRefundOver(refund));
          expect([refund.outRefundNo, refund.amountFen, refund.totalFen]).toEqual([fresh().outRefundNo, 300, 1_000]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("ends with the gateway's book, whatever is lost on the way", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("lost-request", "lost-answer", "heard"), { maxLength: 12 }),
        fc.constantFrom("success", "closed"),
        (network, end) => {
          // The gateway's book: one number is one refund, however often it is asked for.
          const book = new Set<string>();
          const fates = [...network];
          let { refund, effects } = stepRefund(fresh(), { kind: "stored" }, t0, defaultRefundTiming);
          for (let turn = 0; turn < 60 && !isRefundOver(refund); turn += 1) {
            const question = effects.find(({ kind }) => kind === "send-refund" || kind === "query-refund")?.kind;
            const fate = fates.shift() ?? "heard";
            if (question === "send-refund" && fate !== "lost-request") book.add(refund.outRefundNo);
            const told: RefundAnswer = book.has(refund.outRefundNo)
              ? { kind: question === "send-refund" ? "processing" : end, facts }
              : { kind: "not-found" };
            const answer = fate === "heard" ? told : unclear;
            const event: RefundEvent =
              question === undefined ? { kind: "timer" } : question === "send-refund" ? sent(answer) : queried(answer);
            ({ refund, effects } = stepRefund(refund, event, t0 + turn * 1_000, defaultRefundTiming));
          }
          expect(refund.state).toBe(end === "success" ? "succeeded" : "closed");
          expect(book.size).toBe(1);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
