import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeClaim, overRefunds, type JudgeClaim, type RefundClaim } from "./shared-cap.ts";

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
