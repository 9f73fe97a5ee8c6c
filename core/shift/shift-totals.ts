import { addFen, type Fen, zeroFen } from "#core/money/fen.ts";
import { addTaxes } from "#core/tax/tax-sum.ts";
import { expectedCash } from "./expected-cash.ts";
import type { ShiftTotals } from "./shift.ts";
import type { ShiftFact } from "./shift-event.ts";

/** The sums of a shift, without the one that follows from the others and the float. */
type Sums = Omit<ShiftTotals, "expectedCashFen">;

const nothing: Sums = {
  ...{ saleCount: 0, salesFen: zeroFen, cashFen: zeroFen, wechatFen: zeroFen, staticCodeFen: zeroFen },
  ...{ discountFen: zeroFen, refundCount: 0, refundCashFen: zeroFen, refundWechatFen: zeroFen },
  ...{ payInFen: zeroFen, payOutFen: zeroFen, safeDropFen: zeroFen, noSaleCount: 0 },
  taxes: [],
};

/**
 * A shift added up again from what its journal says. The store keeps the same sums with every commit; where the two
 * differ, one of them is wrong, and the manager's page says so.
 */
export function recountShift(floatFen: Fen, facts: readonly ShiftFact[]): ShiftTotals {
  return withExpectedCash(floatFen, facts.reduce(add, nothing));
}

/** The sums with what must be in the drawer. */
export function withExpectedCash(floatFen: Fen, sums: Sums): ShiftTotals {
  return { ...sums, expectedCashFen: expectedCash({ floatFen, ...sums }) };
}

function add(sums: Sums, fact: ShiftFact): Sums {
  switch (fact.kind) {
    case "sale":
      return {
        ...sums,
        saleCount: sums.saleCount + 1,
        salesFen: addFen(sums.salesFen, fact.totalFen),
        cashFen: addFen(sums.cashFen, fact.cashFen),
        wechatFen: addFen(sums.wechatFen, fact.wechatFen),
        staticCodeFen: addFen(sums.staticCodeFen, fact.staticCodeFen),
        discountFen: addFen(sums.discountFen, fact.discountFen),
        taxes: addTaxes(sums.taxes ?? [], fact.taxes ?? [], []),
      };
    case "refund": {
      const key = fact.how === "cash" ? "refundCashFen" : "refundWechatFen";
      const taxes = addTaxes(sums.taxes ?? [], [], fact.taxes ?? []);
      return { ...sums, refundCount: sums.refundCount + 1, [key]: addFen(sums[key], fact.amountFen), taxes };
    }
    case "cash-moved": {
      const key = sumOfMove[fact.move.kind];
      return { ...sums, [key]: addFen(sums[key], fact.move.amountFen) };
    }
    case "no-sale":
      return { ...sums, noSaleCount: sums.noSaleCount + 1 };
    default:
      return sums;
  }
}

const sumOfMove = { "pay-in": "payInFen", "pay-out": "payOutFen", "safe-drop": "safeDropFen" } as const;
