import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { type Action, may, type Permission } from "./permissions.ts";
import {
  changeRight,
  defaultRights,
  type Grant,
  grantsOf,
  isLimited,
  limitUnits,
  mostLimit,
  type RightChange,
  rightNames,
  type Rights,
  settableRoles,
} from "./rights.ts";

const must = (rights: Rights, change: RightChange): Rights => {
  const changed = changeRight(rights, change);
  if (!changed.ok) throw new Error(changed.fault.kind);
  return changed.value;
};

/** One change as the page can make it. */
const change: fc.Arbitrary<RightChange> = fc
  .tuple(fc.constantFrom(...settableRoles), fc.constantFrom(...rightNames), fc.nat(), fc.nat(1_000_000_000))
  .map(([role, right, which, size]) => {
    const grants = grantsOf(right);
    const grant = grants[which % grants.length] ?? "no";
    const limit = grant === "yes" && isLimited(right) ? size % (mostLimit[limitUnits[right]] + 1) : null;
    return { role, right, grant, limit };
  });

const managersAlone: readonly Action[] = [
  { kind: "manage-cashiers" },
  { kind: "change-settings" },
  { kind: "manage-catalog" },
];

describe("a shop's table of rights", () => {
  it("gives no cashier the right to change it, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const rights = changes.reduce(must, defaultRights);
        for (const role of settableRoles)
          for (const action of managersAlone) expect(may(role, action, rights)).toBe("no");
      }),
    );
  });

  it("changes one right of one role and leaves every other as it was", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 10 }), change, (changes, last) => {
        const before = changes.reduce(must, defaultRights);
        const after = must(before, last);
        for (const role of settableRoles) {
          for (const right of rightNames) {
            if (role === last.role && right === last.right) continue;
            expect(after[role][right]).toBe(before[role][right]);
          }
        }
      }),
    );
  });

  it("never takes anything from a manager", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.nat(1_000_000_000), (changes, amount) => {
        const rights = changes.reduce(must, defaultRights);
        expect(may("manager", { kind: "refund-sale", amountFen: fen(amount) }, rights)).toBe("yes");
        expect(may("manager", { kind: "manage-cashiers" }, rights)).toBe("yes");
      }),
    );
  });

  const senseless: readonly (readonly [string, RightChange, string])[] = [
    ["more than all", { role: "cashier", right: "discount-line", grant: "yes", limit: 10_001 }, "limit-out-of-range"],
    ["less than nothing", { role: "cashier", right: "pay-out", grant: "yes", limit: -1 }, "limit-out-of-range"],
    ["a part of a fen", { role: "lead", right: "refund-sale", grant: "yes", limit: 0.5 }, "limit-out-of-range"],
    [
      "no limit where one belongs",
      { role: "lead", right: "refund-sale", grant: "yes", limit: null },
      "limit-out-of-range",
    ],
    ["a limit of what has none", { role: "lead", right: "void-sale", grant: "yes", limit: 100 }, "right-has-no-limit"],
    [
      "asking where nobody asks",
      { role: "lead", right: "see-reports", grant: "needs-approval", limit: null },
      "no-such-grant",
    ],
  ];
  it.each(senseless)("refuses %s", (_name, wanted, kind) => {
    expect(changeRight(defaultRights, wanted)).toEqual({ ok: false, fault: { kind } });
  });
});

describe("a limit", () => {
  const withLimit = (right: "discount-line" | "discount-sale", limit: number): Rights =>
    must(defaultRights, { role: "cashier", right, grant: "yes", limit });

  it("is compared as a product, so that no share is ever rounded in anybody's favour", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.nat(1_000_000_000),
        fc.integer({ min: 0, max: 10_000 }),
        (ofFen, discountFen, limit) => {
          const action: Action = { kind: "discount-line", discountFen: fen(discountFen), ofFen: fen(ofFen) };
          const isWithin = BigInt(discountFen) * 10_000n <= BigInt(ofFen) * BigInt(limit);
          expect(may("cashier", action, withLimit("discount-line", limit))).toBe(isWithin ? "yes" : "needs-approval");
        },
      ),
    );
  });

  it("of a refund covers its last fen and not one more, and no refund without an amount", () => {
    const refund = (amountFen: number): Permission => may("lead", { kind: "refund-sale", amountFen: fen(amountFen) });
    expect([refund(20_000), refund(20_001), may("lead", { kind: "refund-sale" })]).toEqual([
      "yes",
      "needs-approval",
      "needs-approval",
    ]);
  });

  it("grants no more when it is lowered, and no less when it is raised", () => {
    const rank: Record<Grant, number> = { no: 0, "needs-approval": 1, yes: 2 };
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), (a, b, off, of) => {
        const action: Action = { kind: "discount-sale", discountFen: fen(off), ofFen: fen(of) };
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map(
          (limit) => rank[may("cashier", action, withLimit("discount-sale", limit))],
        );
        expect(low).toBeLessThanOrEqual(high ?? 0);
      }),
    );
  });
});
