import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backOffMs, mostBackOffMs, mostRetryAfterMs } from "./back-off.ts";
import { afterAnswer, beginUpload, mostBatch, type SentBatch, type UploadAnswer, type UploadState } from "./upload.ts";

const hash = "a".repeat(64);
const other = "b".repeat(64);
const sent: SentBatch = { epoch: "e1", fromSeq: 11, throughSeq: 20, isQuarantine: false };
const random = fc.double({ min: 0, max: 0.999, noNaN: true });
const mark = fc.record({ epoch: fc.constantFrom("e1", "e2"), seq: fc.nat(40), hash: fc.constantFrom(hash, other) });
const anyAnswer: fc.Arbitrary<UploadAnswer> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant("acked" as const), acked: mark, maxBatch: fc.integer({ min: 1, max: mostBatch }) },
    ownHash: fc.constantFrom(hash, other, null),
  }),
  fc.record({
    kind: fc.constant("refused" as const),
    fault: fc.constantFrom(
      ...(["bad-request", "bad-signature", "wrong-clock", "unknown-terminal", "revoked"] as const),
      ...(["broken-chain", "fork", "too-large", "busy", "internal"] as const),
    ),
    at: fc.option(mark),
    retryAfterMs: fc.option(fc.nat(10_000_000)),
  }),
  fc.record({ kind: fc.constant("no-answer" as const), isTimeout: fc.boolean() }),
  fc.record({ kind: fc.constant("not-understood" as const), isWrongOffice: fc.boolean() }),
);

const acked = (seq: number, ownHash: string | null = hash): UploadAnswer => ({
  ...{ kind: "acked", acked: { epoch: "e1", seq, hash }, ownHash, maxBatch: mostBatch },
});
const refused = (fault: Extract<UploadAnswer, { kind: "refused" }>["fault"], retryAfterMs: number | null = null) =>
  ({ kind: "refused", fault, at: null, retryAfterMs }) as const;

describe("the decision after an upload", () => {
  it("moves on only by an ack of the epoch that was sent with our own hash, whatever was answered before", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyAnswer, random), { minLength: 1, maxLength: 30 }), (answers) => {
        let state = beginUpload();
        for (const [answer, chance] of answers) {
          const decision = afterAnswer(state, sent, answer, chance);
          if (decision.step.kind === "advance" || decision.step.kind === "rewind") {
            expect(answer).toMatchObject({ kind: "acked", acked: { epoch: "e1" } });
            if (answer.kind !== "acked") return;
            expect(answer.ownHash).toBe(answer.acked.hash);
            expect(decision.step.to).toEqual(answer.acked);
            expect(decision.step.kind === "advance").toBe(answer.acked.seq >= sent.fromSeq);
          }
          state = decision.state;
        }
      }),
    );
  });

  it("never asks again without a pause for more than the few steps that change what is sent", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyAnswer, random), { minLength: 60, maxLength: 120 }), (answers) => {
        let state = beginUpload();
        let free = 0;
        for (const [answer, chance] of answers) {
          const { state: next, step } = afterAnswer(state, sent, answer, chance);
          const isFree = step.kind === "wait" && step.waitMs === 0;
          // Halving a hundred takes seven steps, and a till is revoked once; only success makes batches larger again.
          free = step.kind === "advance" ? 0 : free + (isFree ? 1 : 0);
          expect(free).toBeLessThanOrEqual(8);
          expect(next.batchSize).toBeGreaterThanOrEqual(1);
          expect(next.batchSize).toBeLessThanOrEqual(mostBatch);
          if (step.kind === "wait") expect(step.waitMs).toBeLessThanOrEqual(mostRetryAfterMs);
          state = next;
        }
      }),
    );
  });

  it("takes a partial ack as the normal answer it is", () => {
    expect(afterAnswer(beginUpload(), sent, acked(15), 0.5)).toEqual({
      state: { batchSize: mostBatch, failures: 0, isRevoked: false, reach: "online", trouble: null },
      step: { kind: "advance", to: { epoch: "e1", seq: 15, hash } },
    });
  });

  it("waits when nothing moved, and sends again what a restored head office has lost", () => {
    expect(afterAnswer(beginUpload(), sent, acked(10), 0.5).step).toEqual({ kind: "wait", waitMs: 250 });
    expect(afterAnswer(beginUpload(), sent, acked(4), 0.5).step).toEqual({
      ...{ kind: "rewind", to: { epoch: "e1", seq: 4, hash }, waitMs: 250 },
    });
  });

  it("begins a new epoch where head office holds another past or more than there is here", () => {
    const at = { epoch: "e1", seq: 25, hash };
    expect(afterAnswer(beginUpload(), sent, acked(25, null), 0.5).step).toEqual({
      ...{ kind: "new-epoch", cause: "tail-lost", at },
    });
    expect(afterAnswer(beginUpload(), sent, acked(25, other), 0.5).step).toMatchObject({ cause: "fork" });
    const fork = { kind: "refused", fault: "fork", at, retryAfterMs: null } as const;
    expect(afterAnswer(beginUpload(), sent, fork, 0.5).step).toEqual({ kind: "new-epoch", cause: "fork", at });
    const broken = { ...fork, fault: "broken-chain" } as const;
    expect(afterAnswer(beginUpload(), sent, broken, 0.5).step).toMatchObject({ cause: "broken-chain" });
    // Behind a fork no other is looked for, or a damaged entry would begin one epoch after another.
    const behind = { ...sent, isQuarantine: true };
    expect(afterAnswer(beginUpload(), behind, broken, 0).step).toEqual({ kind: "wait", waitMs: 150_000 });
    expect(afterAnswer(beginUpload(), behind, acked(25, other), 0).step.kind).toBe("wait");
    // The control: a fork without a place proves nothing and changes nothing.
    expect(afterAnswer(beginUpload(), sent, refused("fork"), 0.5).step.kind).toBe("wait");
  });

  it("halves the batch on a time-out and on too much, doubles it with success, and not for a cable that is out", () => {
    let state = beginUpload();
    const sizes: number[] = [];
    const answer = (given: UploadAnswer): void => {
      state = afterAnswer(state, sent, given, 0.5).state;
      sizes.push(state.batchSize);
    };
    answer({ kind: "no-answer", isTimeout: true });
    answer({ kind: "no-answer", isTimeout: false });
    for (let times = 0; times < 6; times += 1) answer(refused("too-large"));
    for (let times = 0; times < 8; times += 1) answer(acked(20));
    expect(sizes).toEqual([50, 50, 25, 12, 6, 3, 1, 1, 2, 4, 8, 16, 32, 64, 100, 100]);
  });

  it("sends to quarantine at once when it is revoked, and says so for as long as it is", () => {
    const first = afterAnswer(beginUpload(), sent, refused("revoked"), 0.5);
    expect(first.step).toEqual({ kind: "wait", waitMs: 0 });
    const kept = afterAnswer(first.state, { ...sent, isQuarantine: true }, acked(20), 0.5);
    expect(kept.step.kind).toBe("advance");
    expect(kept.state).toMatchObject({ isRevoked: true, reach: "stopped", trouble: "revoked" });
    expect(afterAnswer(first.state, sent, refused("revoked"), 0).step).toEqual({ kind: "wait", waitMs: 150_000 });
  });

  it("takes nothing it does not understand for an ack", () => {
    const state: UploadState = { ...beginUpload(), failures: 2 };
    expect(afterAnswer(state, sent, { kind: "not-understood", isWrongOffice: false }, 0.5)).toEqual({
      state: { ...state, failures: 3, reach: "offline", trouble: "not-understood" },
      step: { kind: "wait", waitMs: 1_000 },
    });
    const elsewhere = { ...acked(20), acked: { epoch: "e2", seq: 20, hash } } as UploadAnswer;
    expect(afterAnswer(beginUpload(), sent, elsewhere, 0.5).step.kind).toBe("wait");
  });
});

describe("the pause after failures", () => {
  it("grows from half a second to five minutes, spread over all of it, and never undercuts Retry-After", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        random,
        fc.option(fc.nat(10_000_000)),
        (failures, chance, asked) => {
          const ms = backOffMs(failures, chance, asked);
          const ceiling = Math.min(mostBackOffMs, 500 * 2 ** Math.min(failures - 1, 30));
          expect(ms).toBeGreaterThanOrEqual(Math.min(asked ?? 0, mostRetryAfterMs));
          expect(ms).toBeLessThanOrEqual(Math.max(ceiling, Math.min(asked ?? 0, mostRetryAfterMs)));
        },
      ),
    );
    expect([1, 2, 3, 10, 11, 400].map((failures) => backOffMs(failures, 0.999))).toEqual([
      ...[499, 999, 1998, 255_744, 299_700, 299_700],
    ]);
    expect(backOffMs(1, 0, 7_000)).toBe(7_000);
  });
});
