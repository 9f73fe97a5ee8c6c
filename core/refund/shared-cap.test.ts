import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type GoodsPart,
  judgeClaim,
  judgeGoods,
  type JudgeClaim,
  type JudgeGoods,
  overRefunds,
  type RefundClaim,
} from "./shared-cap.ts";

const paid = [
  { tenderId: "w", amountFen: 1_000 },
  { tenderId: "c", amountFen: 500 },
];
const claim = fc.record({ tenderId: fc.constantFrom("w", "c"), amountFen: fc.integer({ min: 0, max: 800 }) });
/** Asked for, given back unused, or settled; a grant that was settled as failed is void like one that was returned. */
const deed = fc.oneof(
  fc.record({ kind: fc.constant("ask" as const), claim }),
  fc.record({ kind: fc.constantFrom("return" as const, "keep" as const), which: fc.nat() }),
);

/** All that is ever claimed at the same time, where `judge` decides. */
function mostClaimed(judge: JudgeClaim, deeds: readonly (typeof deed extends fc.Arbitrary<infer T> ? T : never)[]) {
  const claims: RefundClaim[] = [];
  const most = { w: 0, c: 0 };
  for (const one of deeds) {
    if (one.kind === "ask" && judge(paid, claims, one.claim).ok) claims.push(one.claim);
    if (one.kind === "return" && claims.length > 0) claims.splice(one.which % claims.length, 1);
    for (const tenderId of ["w", "c"] as const) {
      const sum = claims.reduce((all, each) => all + (each.tenderId === tenderId ? each.amountFen : 0), 0);
      most[tenderId] = Math.max(most[tenderId], sum);
    }
  }
  return most;
}

describe("the cap that several tills share", () => {
  it("is never exceeded, for any order of grants and returns", () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const most = mostClaimed(judgeClaim, deeds);
        expect(most.w).toBeLessThanOrEqual(1_000);
        expect(most.c).toBeLessThanOrEqual(500);
      }),
    );
  });

  it("would be missed here if it looked at the tender alone and not at what others claim", () => {
    const blind: JudgeClaim = (parts, _claims, asked) => judgeClaim(parts, [], asked);
    const found = fc.check(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => mostClaimed(blind, deeds).w <= 1_000),
      { seed: 1 },
    );
    expect(found.failed).toBe(true);
  });

  it("gives what is left to the fen, and says how much that is", () => {
    const claims = [{ tenderId: "w", amountFen: 400 }];
    expect(judgeClaim(paid, claims, { tenderId: "w", amountFen: 600 })).toEqual({ ok: true, value: null });
    expect(judgeClaim(paid, claims, { tenderId: "w", amountFen: 601 })).toEqual({
      ok: false,
      fault: { kind: "over", remainingFen: 600 },
    });
    expect(judgeClaim(paid, claims, { tenderId: "x", amountFen: 1 })).toEqual({
      ok: false,
      fault: { kind: "unknown-tender" },
    });
    expect(judgeClaim(paid, claims, { tenderId: "w", amountFen: 0 }).ok).toBe(false);
  });

  it("counts a claim on a tender that is not among the paid ones against the whole sale", () => {
    const claims = [{ tenderId: "lost", amountFen: 1_400 }];
    expect(judgeClaim(paid, claims, { tenderId: "c", amountFen: 200 })).toMatchObject({ fault: { remainingFen: 100 } });
  });
});

describe("refunds that came to too much", () => {
  it("are told of from the fen on at which there was nothing left", () => {
    const [first, second, third] = [
      { tenderId: "w", amountFen: 600, refundNo: "a" },
      { tenderId: "w", amountFen: 600, refundNo: "b" },
      { tenderId: "w", amountFen: 1, refundNo: "c" },
    ];
    expect(overRefunds(paid, [first, second, third])).toEqual([
      { refund: second, overFen: 200 },
      { refund: third, overFen: 1 },
    ]);
    expect(overRefunds(paid, [first, { tenderId: "c", amountFen: 500 }])).toEqual([]);
  });

  it("are too much by exactly what was given beyond what was paid, in whatever order they are told", () => {
    const refund = fc.record({ tenderId: fc.constantFrom("w", "c"), amountFen: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(fc.array(refund, { maxLength: 8 }), (refunds) => {
        const over = overRefunds(paid, refunds).reduce((sum, { overFen }) => sum + overFen, 0);
        let expected = 0;
        for (const { tenderId, amountFen } of paid) {
          const given = refunds.filter((one) => one.tenderId === tenderId).reduce((sum, one) => sum + one.amountFen, 0);
          expected += Math.max(0, given - amountFen);
        }
        expect(over).toBe(expected);
      }),
    );
  });
});

describe("the goods that several tills take back of one sale", () => {
  const sold = [
    { lineNumber: 1, quantity: 3_000 },
    { lineNumber: 2, quantity: 845 },
  ];
  const part = fc.record({ lineNumber: fc.constantFrom(1, 2, 3), quantity: fc.integer({ min: 0, max: 2_500 }) });
  const goodsDeed = fc.oneof(
    fc.record({ kind: fc.constant("ask" as const), parts: fc.array(part, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("give-up" as const), which: fc.nat() }),
  );
  type GoodsDeed = typeof goodsDeed extends fc.Arbitrary<infer T> ? T : never;

  /** Whether more of a line was ever claimed at the same time than was sold of it. */
  function wentOver(judge: JudgeGoods, deeds: readonly GoodsDeed[]): boolean {
    const returns: (readonly GoodsPart[])[] = [];
    return deeds.some((one) => {
      if (one.kind === "ask" && judge(sold, returns.flat(), one.parts).ok) returns.push(one.parts);
      if (one.kind === "give-up" && returns.length > 0) returns.splice(one.which % returns.length, 1);
      const claimed = new Map<number, number>();
      for (const { lineNumber, quantity } of returns.flat())
        claimed.set(lineNumber, (claimed.get(lineNumber) ?? 0) + quantity);
      return [...claimed].some(
        ([line, quantity]) => quantity > (sold.find(({ lineNumber }) => lineNumber === line)?.quantity ?? 0),
      );
    });
  }

  it("are never more than were sold, line by line, for any order of returns", () => {
    fc.assert(fc.property(fc.array(goodsDeed, { maxLength: 40 }), (deeds) => !wentOver(judgeGoods, deeds)));
  });

  it.each<[string, JudgeGoods]>([
    ["what others claim", (all, _claimed, asked) => judgeGoods(all, [], asked)],
    ["that a line may be asked for twice", (all, claimed, asked) => judgeOnce(all, claimed, asked)],
  ])("would be seen here to be more, where %s was overlooked", (_, broken) => {
    const found = fc.check(
      fc.property(fc.array(goodsDeed, { maxLength: 40 }), (deeds) => !wentOver(broken, deeds)),
      { seed: 1 },
    );
    expect(found.failed).toBe(true);
  });

  it("are told to the gram what is left, and a line that is not there has nothing", () => {
    const claimed = [{ lineNumber: 2, quantity: 800 }];
    expect(judgeGoods(sold, claimed, [{ lineNumber: 2, quantity: 45 }])).toEqual({ ok: true, value: null });
    expect(judgeGoods(sold, claimed, [{ lineNumber: 2, quantity: 46 }])).toEqual({
      ...{ ok: false, fault: { kind: "over-line", lineNumber: 2, remaining: 45 } },
    });
    expect(judgeGoods(sold, [], [{ lineNumber: 9, quantity: 1 }])).toMatchObject({ fault: { remaining: 0 } });
  });

  /** Each part by itself. */
  function judgeOnce(...[all, claimed, asked]: Parameters<JudgeGoods>): ReturnType<JudgeGoods> {
    const faults = asked.map((one) => judgeGoods(all, claimed, [one])).filter(({ ok }) => !ok);
    return faults[0] ?? { ok: true, value: null };
  }
});
