import fc from "fast-check";
import { fen } from "#core/money/fen.ts";
import type { CashMove, CashMoveKind } from "#core/shift/cash-move.ts";
import type { ShiftEvent, ShiftFact } from "#core/shift/shift-event.ts";

/** Shifts for tests: any events in any order, with amounts that a small shop sees. */
const amount = fc.integer({ min: 1, max: 60_000 });

/** A sale by one or two ways to pay. */
export const anySale: fc.Arbitrary<Extract<ShiftFact, { readonly kind: "sale" }>> = fc
  .record({ cash: amount, wechat: amount, code: amount, change: fc.nat(9_999), discount: fc.nat(900), way: fc.nat(3) })
  .map(({ cash, wechat, code, change, discount, way }) => {
    const cashFen = way === 0 || way === 3 ? cash : 0;
    const wechatFen = way === 1 || way === 3 ? wechat : 0;
    const staticCodeFen = way === 2 ? code : 0;
    return {
      ...{ kind: "sale", saleId: "", saleNumber: "", totalFen: fen(cashFen + wechatFen + staticCodeFen) },
      ...{ cashFen: fen(cashFen), wechatFen: fen(wechatFen), staticCodeFen: fen(staticCodeFen) },
      ...{ changeFen: fen(cashFen > 0 ? change : 0), discountFen: fen(discount) },
      discountsFen: discount > 0 ? [fen(discount)] : [],
    };
  });

export const anyFact: fc.Arbitrary<ShiftFact> = fc.oneof(
  { arbitrary: anySale, weight: 6 },
  fc.record({ how: fc.constantFrom("cash", "wechat"), amountFen: amount.map(fen) }).map((refund): ShiftFact => ({
    ...{ kind: "refund", refundNo: "r", saleId: "sale-0", saleNumber: "T01-000001" },
    ...refund,
  })),
  fc
    .record({ kind: fc.constantFrom<CashMoveKind>("pay-in", "pay-out", "safe-drop"), amountFen: amount.map(fen) })
    .map((move): ShiftFact => ({ kind: "cash-moved", move: moveOf(move) })),
  fc.constant<ShiftFact>({ kind: "no-sale", reason: "换零钱" }),
  amount.map((fenOf): ShiftFact => ({ kind: "line-voided", saleId: "gone", name: "可乐", amountFen: fen(fenOf) })),
  amount.map((fenOf): ShiftFact => ({ kind: "sale-voided", saleId: "gone", amountFen: fen(fenOf) })),
  amount.map((fenOf): ShiftFact => ({ kind: "attempt-ended", saleId: "sale-0", amountFen: fen(fenOf) })),
);

export function moveOf({ kind, amountFen }: Pick<CashMove, "kind" | "amountFen">): CashMove {
  return {
    ...{ moveId: "m", shiftId: "shift-1", kind, amountFen, reason: "水费", at: "2026-03-02T12:00:00+08:00" },
    ...{ cashierId: "c1", cashierName: "林小雨", approvedBy: null },
  };
}

/** As they would stand in a journal: each at its place, sales with numbers of their own. */
export function inJournal(facts: readonly ShiftFact[]): readonly ShiftEvent[] {
  return facts.map((fact, index) => {
    const place = { position: index + 10, atMs: 1_772_000_000_000 + index * 60_000 };
    if (fact.kind !== "sale") return { ...fact, ...place };
    return { ...fact, ...place, saleId: `sale-${index}`, saleNumber: `T01-${String(index + 1).padStart(6, "0")}` };
  });
}
