import { fen } from "#core/money/fen.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Attempt,
  type AttemptEvent,
  type AttemptKind,
  type AttemptState,
  type AttemptStep,
  defaultAttemptTiming as timing,
} from "./attempt.ts";
import { attemptTable, isFinished, moneyWord, newAttempt, stepAttempt } from "./step-attempt.ts";

const facts = {
  transactionId: "4200000891202103228088184743",
  payerTotalFen: fen(90),
  successTime: "2026-11-22T19:00:00+08:00",
};
const unknown = { kind: "unknown", cause: "timeout", code: null } as const;
const codeUrl = "weixin://wxpay/bizpayurl/up?pr=1";

/** Every event there is, by a short name; `@` gives the time in seconds after sending where it is not 10. */
const events: Readonly<Record<string, AttemptEvent>> = {
  stored: { kind: "stored" },
  "pay paid": { kind: "pay-answered", answer: { kind: "paid", facts } },
  "pay user-paying": { kind: "pay-answered", answer: { kind: "user-paying" } },
  "pay code-expired": {
    kind: "pay-answered",
    answer: { kind: "refused", reason: "code-expired", code: "AUTHCODEEXPIRE" },
  },
  "pay not-enough": {
    kind: "pay-answered",
    answer: { kind: "refused", reason: "not-enough-money", code: "NOTENOUGH" },
  },
  "pay unknown": { kind: "pay-answered", answer: unknown },
  "native opened": { kind: "native-answered", answer: { kind: "opened", codeUrl } },
  "native refused": {
    kind: "native-answered",
    answer: { kind: "refused", reason: "limit-reached", code: "RULE_LIMIT" },
  },
  "native unknown": { kind: "native-answered", answer: unknown },
  "query paid": { kind: "query-answered", answer: { kind: "paid", facts } },
  "query not-paid": { kind: "query-answered", answer: { kind: "not-paid" } },
  "query user-paying": { kind: "query-answered", answer: { kind: "user-paying" } },
  "query pay-error": { kind: "query-answered", answer: { kind: "pay-error" } },
  "query closed": { kind: "query-answered", answer: { kind: "closed" } },
  "query revoked": { kind: "query-answered", answer: { kind: "revoked" } },
  "query refunded": { kind: "query-answered", answer: { kind: "refunded" } },
  "query not-found": { kind: "query-answered", answer: { kind: "not-found" } },
  "query unknown": { kind: "query-answered", answer: unknown },
  "reverse accepted": { kind: "reverse-answered", answer: { kind: "accepted" } },
  "reverse refused": { kind: "reverse-answered", answer: { kind: "refused", code: "USERPAYING" } },
  "reverse unknown": { kind: "reverse-answered", answer: unknown },
  "close closed": { kind: "close-answered", answer: { kind: "closed" } },
  "close already-paid": { kind: "close-answered", answer: { kind: "already-paid" } },
  "close user-paying": { kind: "close-answered", answer: { kind: "user-paying" } },
  "close unknown": { kind: "close-answered", answer: unknown },
  timer: { kind: "timer" },
  "timer @200": { kind: "timer" },
  "query not-paid @200": { kind: "query-answered", answer: { kind: "not-paid" } },
  "cancel-requested": { kind: "cancel-requested" },
  proved: { kind: "proved", facts: { ...facts, transactionId: null, proof: { by: "code", code: "00000012" } } },
  resumed: { kind: "resumed" },
  "resumed @200": { kind: "resumed" },
};

const carriedFacts = { nonce: "AAECAwQFBgcICQoL", secretId: "3q2-7w", linesFen: fen(100), lineCount: 1 };

/** An attempt in the given state, sent at 0; one that is being undone has tried once. */
function inState(kind: AttemptKind, state: AttemptState, more: Partial<Attempt> = {}): Attempt {
  const created = newAttempt({
    kind,
    outTradeNo: "S1T0126112219A",
    saleId: "s",
    tenderId: "t",
    amountFen: fen(100),
    nowMs: 0,
    ...(kind === "carried" ? { request: { facts: carriedFacts, address: "HTTPS://P" } } : {}),
  });
  if (state === "created") return { ...created, ...more };
  if (kind === "carried") return { ...created, state, sentAtMs: 0, ...more };
  const deadlineAtMs = kind === "codepay" ? timing.codepayDeadlineMs : timing.nativeDeadlineMs;
  const sent: Attempt = {
    ...created,
    state,
    sentAtMs: 0,
    deadlineAtMs,
    codeUrl: kind === "native" && state !== "sent" ? codeUrl : null,
  };
  if (state !== "undoing") return { ...sent, ...more };
  return { ...sent, undoingSinceMs: 0, undoReason: "deadline", undoTries: 1, ...more };
}

function describeStep(before: Attempt, { attempt, effects }: AttemptStep): string {
  const words = effects.map((effect) => {
    if (effect.kind === "wait") return `wait ${effect.ms}`;
    return effect.kind === "settle" ? `settle ${effect.outcome}` : effect.kind;
  });
  const isSame = JSON.stringify(attempt) === JSON.stringify(before);
  return isSame && words.length === 0 ? "-" : `${attempt.state}: ${words.join(", ")}`.trim();
}

const carriedWaits = { "cancel-requested": "abandoned: settle abandoned", proved: "paid: settle paid" };

/** What every cell that does anything does; a cell that is not listed changes nothing. */
const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "codepay created": {
    stored: "sent: wait 45000, send-pay",
    "cancel-requested": "failed: settle failed",
    resumed: "failed: settle failed",
    "resumed @200": "failed: settle failed",
  },
  "codepay sent": {
    "pay paid": "paid: settle paid",
    "pay user-paying": "pending: wait 5000",
    "pay code-expired": "failed: settle failed",
    "pay not-enough": "undoing: wait 5000",
    "pay unknown": "pending: wait 5000",
    "query paid": "paid: settle paid",
    timer: "sent: wait 35000",
    "timer @200": "undoing: wait 5000, reverse",
    "cancel-requested": "undoing: wait 5000",
    resumed: "pending: wait 5000, query",
    "resumed @200": "pending: wait 5000, query",
  },
  "codepay pending": {
    "pay paid": "paid: settle paid",
    "pay user-paying": "pending:",
    "pay unknown": "pending:",
    "query paid": "paid: settle paid",
    "query user-paying": "pending:",
    "query pay-error": "undoing: wait 5000",
    "query closed": "undoing: wait 5000",
    "query revoked": "undoing: wait 5000",
    "query refunded": "undoing: wait 5000",
    "query unknown": "pending:",
    timer: "pending: wait 5000, query",
    "timer @200": "undoing: wait 5000, reverse",
    "query not-paid @200": "undoing: wait 5000, reverse",
    "cancel-requested": "undoing: wait 5000",
    resumed: "pending: wait 5000, query",
    "resumed @200": "pending: wait 5000, query",
  },
  "codepay undoing": {
    "pay user-paying": "undoing:",
    "query closed": "reversed: settle reversed",
    "query revoked": "reversed: settle reversed",
    "query refunded": "reversed: settle reversed",
    "query unknown": "undoing:",
    "reverse accepted": "undoing: query",
    "reverse refused": "undoing: query",
    "reverse unknown": "undoing: query",
    timer: "undoing: wait 10000, reverse",
    "timer @200": "undoing: wait 10000, reverse",
    "cancel-requested": "undoing:",
    resumed: "undoing: wait 10000, reverse",
    "resumed @200": "undoing: wait 10000, reverse",
  },
  "native created": {
    stored: "sent: wait 150000, open-native",
    "cancel-requested": "failed: settle failed",
    resumed: "failed: settle failed",
    "resumed @200": "failed: settle failed",
  },
  "native sent": {
    "native opened": "pending: wait 5000",
    "native refused": "failed: settle failed",
    "native unknown": "sent: wait 5000",
    "query paid": "paid: settle paid",
    timer: "sent: wait 140000, open-native",
    "timer @200": "undoing: wait 5000, close",
    "cancel-requested": "undoing: wait 5000, close",
    resumed: "pending: wait 5000, query",
    "resumed @200": "pending: wait 5000, query",
  },
  "native pending": {
    "query paid": "paid: settle paid",
    "query user-paying": "pending:",
    "query closed": "reversed: settle reversed",
    "query revoked": "reversed: settle reversed",
    "query refunded": "reversed: settle reversed",
    "query unknown": "pending:",
    timer: "pending: wait 5000, query",
    "timer @200": "undoing: wait 5000, close",
    "query not-paid @200": "undoing: wait 5000, close",
    "cancel-requested": "undoing: wait 5000, close",
    resumed: "pending: wait 5000, query",
    "resumed @200": "pending: wait 5000, query",
  },
  "native undoing": {
    "query paid": "paid: settle paid",
    "query closed": "reversed: settle reversed",
    "query revoked": "reversed: settle reversed",
    "query refunded": "reversed: settle reversed",
    "query unknown": "undoing:",
    "close closed": "reversed: settle reversed",
    "close already-paid": "undoing: query",
    "close user-paying": "undoing: query",
    "close unknown": "undoing: query",
    timer: "undoing: wait 10000, close",
    "timer @200": "undoing: wait 10000, close",
    "cancel-requested": "undoing:",
    resumed: "undoing: wait 10000, close",
    "resumed @200": "undoing: wait 10000, close",
  },
  "carried created": {
    stored: "pending:",
    "cancel-requested": "failed: settle failed",
    resumed: "failed: settle failed",
    "resumed @200": "failed: settle failed",
  },
  "carried sent": carriedWaits,
  "carried pending": carriedWaits,
  "carried undoing": carriedWaits,
};
const states: readonly AttemptState[] = [
  ...(["created", "sent", "pending", "undoing"] as const),
  ...(["paid", "failed", "reversed", "abandoned"] as const),
];
const kinds: readonly AttemptKind[] = ["codepay", "native", "carried"];
const cells = kinds.flatMap((kind) => states.map((state) => [kind, state] as const));

function afterEvent(before: Attempt, name: string, seconds: number): AttemptStep {
  const event = events[name];
  if (event === undefined) throw new Error(`no event is called ${name}`);
  return stepAttempt(before, event, seconds * 1_000, timing);
}

describe("the table of attempts", () => {
  it.each(cells)("%s %s answers every event as written", (kind, state) => {
    const before = inState(kind, state);
    const actual = Object.keys(events).map((name) => {
      return [name, describeStep(before, afterEvent(before, name, name.endsWith("@200") ? 200 : 10))] as const;
    });
    const written = expected[`${kind} ${state}`] ?? {};
    expect(Object.fromEntries(actual)).toEqual(
      Object.fromEntries(actual.map(([name]) => [name, written[name] ?? "-"])),
    );
  });

  it("has a cell for every kind of event in every state, and every kind of event is tried above", () => {
    const kindsTried = [...new Set(Object.values(events).map((event) => event.kind))].toSorted();
    for (const [kind, state] of cells) expect(Object.keys(attemptTable[kind][state]).toSorted()).toEqual(kindsTried);
  });

  it("shows each state as exactly one of the three words", () => {
    const words = states.map((state) => [
      state,
      moneyWord(inState("codepay", state)),
      isFinished(inState("codepay", state)),
    ]);
    expect(words).toEqual([
      ["created", "not-known", false],
      ["sent", "not-known", false],
      ["pending", "not-known", false],
      ["undoing", "not-known", false],
      ["paid", "paid", true],
      ["failed", "not-paid", true],
      ["reversed", "not-paid", true],
      ["abandoned", "not-known", true],
    ]);
  });
});

describe("any sequence of events at any time", () => {
  it("settles at most once, acts no more after that, and posts one pay at most", () => {
    const happenings = fc.array(
      fc.tuple(fc.constantFrom(...Object.values(events)), fc.integer({ min: -60_000, max: 120_000 })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kinds), happenings, (kind, sequence) => {
        let attempt = inState(kind, "created");
        let nowMs = 0;
        const performed: string[] = [];
        for (const [event, passedMs] of [[{ kind: "stored" }, 0] as const, ...sequence]) {
          nowMs += passedMs; // also backwards: clocks are set
          const step = stepAttempt(attempt, event, nowMs, timing);
          if (isFinished(attempt)) expect(step).toEqual({ attempt, effects: [] });
          attempt = step.attempt;
          for (const effect of step.effects) {
            if (effect.kind === "wait") expect(effect.ms).toBeGreaterThanOrEqual(0);
            performed.push(effect.kind);
          }
        }
        expect(performed.filter((effect) => effect === "settle").length).toBe(isFinished(attempt) ? 1 : 0);
        expect(performed.filter((effect) => effect === "send-pay").length).toBe(kind === "codepay" ? 1 : 0);
        if (kind === "native" || attempt.state === "paid") expect(performed).not.toContain("reverse");
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a payment in the race with the undo", () => {
  const notYetReversed = { undoTries: 0, undoReason: "pay-error" } as const;

  it("counts while no reverse may have left", () => {
    const { attempt, effects } = afterEvent(inState("codepay", "undoing", notYetReversed), "pay paid", 12);
    expect([attempt.state, attempt.paid, effects]).toEqual(["paid", facts, [{ kind: "settle", outcome: "paid" }]]);
  });

  it.each(["cashier", "restart"] as const)("goes back when the %s asked for the undo", (undoReason) => {
    const before = inState("codepay", "undoing", { ...notYetReversed, undoReason });
    expect(afterEvent(before, "query paid", 12)).toEqual({ attempt: before, effects: [] });
    expect(describeStep(before, afterEvent(before, "timer", 15))).toBe("undoing: wait 5000, reverse");
  });

  it("goes back once a reverse has left, and the refund ends it", () => {
    const before = inState("codepay", "undoing");
    expect(afterEvent(before, "query paid", 50).effects).toEqual([]);
    expect(afterEvent(before, "query refunded", 50).attempt).toMatchObject({ state: "reversed", wasRefunded: true });
  });

  it("does not take the gateway's own revocation as ours", () => {
    const before = inState("codepay", "undoing", notYetReversed);
    expect(afterEvent(before, "query revoked", 12)).toEqual({ attempt: before, effects: [] });
  });
});

describe("an order the gateway does not find while it is being undone", () => {
  it("is no proof while no reverse was accepted", () => {
    expect(afterEvent(inState("codepay", "undoing"), "query not-found", 3_000).attempt.state).toBe("undoing");
  });

  it("is no proof beside a reverse accepted while the pay may have been on its way", () => {
    const before = inState("codepay", "undoing", { undoAcceptedAtMs: 16_000 });
    expect(afterEvent(before, "query not-found", 70).attempt.state).toBe("undoing");
  });

  it("is proof beside a reverse accepted after the pay must have landed", () => {
    const accepted = afterEvent(inState("codepay", "undoing", { undoTries: 4 }), "reverse accepted", 60).attempt;
    expect(accepted.undoAcceptedAtMs).toBe(60_000);
    expect(afterEvent(accepted, "query not-found", 61).attempt).toMatchObject({
      state: "reversed",
      wasRefunded: false,
    });
  });

  it("is no proof by a clock that jumped ahead: the waits between four tries have to pass by themselves", () => {
    for (const undoTries of [1, 2, 3]) {
      const jumped = inState("codepay", "undoing", { undoTries, undoAcceptedAtMs: 3_600_000 });
      expect(afterEvent(jumped, "query not-found", 3_601).attempt.state).toBe("undoing");
    }
  });

  it("needs no further proof for a native order that was never shown", () => {
    const notShown = inState("native", "undoing", { codeUrl: null });
    expect(afterEvent(notShown, "query not-found", 10).attempt.state).toBe("reversed");
    expect(afterEvent(inState("native", "undoing"), "query not-found", 10).attempt.state).toBe("undoing");
  });
});

describe("undoing that is not confirmed", () => {
  it("doubles its back-off up to the most, calls the manager once after the window, and never gives up", () => {
    let attempt = inState("codepay", "undoing", { undoTries: 0 });
    const waits: number[] = [];
    let nowMs = 45_000;
    let alarms = 0;
    while (nowMs < timing.undoWindowMs + 3_600_000) {
      const step = stepAttempt(attempt, { kind: "timer" }, nowMs, timing);
      attempt = step.attempt;
      for (const effect of step.effects) {
        if (effect.kind === "wait") waits.push(effect.ms);
        if (effect.kind === "alarm") alarms++;
      }
      nowMs += waits.at(-1) ?? 0;
    }
    expect(waits.slice(0, 9)).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 600_000, 600_000]);
    expect([alarms, attempt.needsManager, moneyWord(attempt), waits.at(-1)]).toEqual([1, true, "not-known", 600_000]);
  });
});

describe("a clock that was set back", () => {
  it("undoes a waiting attempt instead of waiting for the clock to catch up", () => {
    const step = stepAttempt(
      inState("codepay", "pending", { sentAtMs: 3_600_000, deadlineAtMs: 3_645_000 }),
      { kind: "timer" },
      0,
      timing,
    );
    expect([step.attempt.state, step.effects]).toEqual(["undoing", [{ kind: "wait", ms: 15_000 }]]);
    const next = stepAttempt(step.attempt, { kind: "timer" }, 15_000, timing);
    expect(next.effects).toEqual([{ kind: "wait", ms: 5_000 }, { kind: "reverse" }]);
  });
});

describe("a refusal", () => {
  it("keeps its reason for the cashier's sentence, also when the order is undone first", () => {
    const refused = { reason: "not-enough-money", code: "NOTENOUGH" };
    const undoing = afterEvent(inState("codepay", "sent"), "pay not-enough", 1);
    expect([undoing.attempt.refused, undoing.effects]).toEqual([refused, [{ kind: "wait", ms: 14_000 }]]);
    const reversing = afterEvent(undoing.attempt, "timer", 15).attempt;
    expect(afterEvent(reversing, "query revoked", 16).attempt).toMatchObject({ state: "reversed", refused });
  });

  it("of a native order that may already exist closes it", () => {
    const before = inState("native", "sent", { lastUnknown: "timeout" });
    expect(describeStep(before, afterEvent(before, "native refused", 10))).toBe("undoing: wait 5000, close");
  });
});
