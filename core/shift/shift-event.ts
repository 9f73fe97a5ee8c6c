import { addFen, type Fen, zeroFen } from "#core/money/fen.ts";
import type { Sale, TenderKind } from "#core/sale/sale.ts";
import type { TaxShare } from "#core/tax/tax-breakdown.ts";
import type { CashMove } from "./cash-move.ts";
import type { DrawerCount } from "./shift.ts";

/** What a shift's journal says of its cash, entry by entry; the rest of the journal says nothing of it. */
export type ShiftFact =
  | {
      readonly kind: "sale";
      readonly saleId: string;
      readonly saleNumber: string;
      readonly totalFen: Fen;
      readonly cashFen: Fen;
      readonly wechatFen: Fen;
      readonly staticCodeFen: Fen;
      readonly changeFen: Fen;
      /** Line and sale discounts, promotions and 抹零 together. */
      readonly discountFen: Fen;
      /** Each line's discount and the sale's, where there is one. */
      readonly discountsFen: readonly Fen[];
      /** By rate; absent where the shop had named none. */
      readonly taxes?: readonly TaxShare[];
    }
  | {
      readonly kind: "refund";
      readonly refundNo: string;
      /** Null where no sale of this till is behind it. */
      readonly saleId: string | null;
      readonly saleNumber: string;
      readonly how: "cash" | "wechat";
      readonly amountFen: Fen;
      /** Of the goods that came back for it, by rate; absent where none say any. */
      readonly taxes?: readonly TaxShare[];
    }
  | { readonly kind: "cash-moved"; readonly move: CashMove }
  | { readonly kind: "no-sale"; readonly reason: string }
  | { readonly kind: "line-voided"; readonly saleId: string; readonly name: string; readonly amountFen: Fen }
  | { readonly kind: "sale-voided"; readonly saleId: string; readonly amountFen: Fen }
  /** A WeChat payment that was begun for a sale and came to nothing. */
  | { readonly kind: "attempt-ended"; readonly saleId: string; readonly amountFen: Fen }
  | { readonly kind: "counted"; readonly count: DrawerCount };

export type ShiftEvent = ShiftFact & {
  /** Of its entry in this till's journal: the order of what happened, and the event's name in lists. */
  readonly position: number;
  /** Milliseconds since the epoch, till clock. */
  readonly atMs: number;
};

/** A sale as a shift sees it. */
export function saleFact(sale: Sale): Extract<ShiftFact, { readonly kind: "sale" }> {
  const { saleId, saleNumber, totalFen, changeFen, lineDiscountFen, saleDiscountFen, roundingFen } = sale;
  const { promotionFen = zeroFen } = sale;
  const given = [...sale.lines.map(({ discountFen }) => discountFen), saleDiscountFen];
  return {
    kind: "sale",
    ...{ saleId, saleNumber, totalFen, changeFen },
    cashFen: sumTenders(sale, "cash"),
    wechatFen: sumTenders(sale, "wechat"),
    staticCodeFen: sumTenders(sale, "static-code"),
    discountFen: addFen(lineDiscountFen, promotionFen, saleDiscountFen, roundingFen),
    discountsFen: given.filter((discountFen) => discountFen > 0),
    ...(sale.taxes === undefined ? {} : { taxes: sale.taxes }),
  };
}

function sumTenders(sale: Sale, kind: TenderKind): Fen {
  return addFen(zeroFen, ...sale.tenders.filter((tender) => tender.kind === kind).map((tender) => tender.amountFen));
}
