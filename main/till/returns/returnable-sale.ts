import { fen } from "#core/money/fen.ts";
import type { PaidTender } from "#core/refund/refund-caps.ts";
import { milli } from "#core/quantity/quantity.ts";
import { paidForLine, type ReturnableLine, type ReturnedPart } from "#core/returns/returned-lines.ts";
import type { TillContext } from "#main/till/context.ts";
import { type Refundable, refundableSale } from "#main/till/refunds/refundable-sale.ts";
import { exchangesOfSale } from "./exchange-drafts.ts";

/** A line as it is named on screen and paper. */
export interface NamedLine extends ReturnableLine {
  readonly sku: string | null;
  readonly nameZh: string;
  readonly nameEn: string;
}

/** A sale of which goods may come back here. */
export interface Returnable {
  readonly refundable: Refundable;
  /** Empty where only the paper tells of the sale. */
  readonly lines: readonly NamedLine[];
  /** What came back of it, here and elsewhere as far as was told, and what is in a cart to be exchanged. */
  readonly returned: readonly ReturnedPart[];
  /** Its payments, without what was found never to have come. */
  readonly paid: readonly PaidTender[];
}

/** This till's own sale, or another's that was looked up here; null for neither. */
export function returnableSale(till: TillContext, saleId: string): Returnable | null {
  const { store } = till.deps;
  const refundable = refundableSale(till, saleId);
  if (refundable === null) return null;
  const pending = exchangesOfSale(till, saleId);
  const here = [...store.returnsOfSale(saleId), ...pending].flatMap(({ lines }) => lines);
  const returned = [...here.map(({ lineNumber, quantity }) => ({ lineNumber, quantity }))];
  return {
    refundable,
    lines: linesOf(till, refundable),
    returned: [...returned, ...store.returnedElsewhere(saleId)],
    paid: refundable.paid.filter(({ tenderId }) => store.staticTaking(tenderId)?.state !== "never-received"),
  };
}

function linesOf(till: TillContext, { sold, other }: Refundable): readonly NamedLine[] {
  if (other !== null) {
    return other.lines.map(({ nameZh, nameEn, unit, quantity, netFen }, index) => {
      // Head office tells them in their order, and a sale numbers its lines from 1 without a gap.
      return {
        lineNumber: index + 1,
        sku: null,
        nameZh,
        nameEn,
        unit,
        quantity: milli(quantity),
        paidFen: fen(netFen),
      };
    });
  }
  const lines = till.deps.store.sale(sold.saleId)?.sale.lines ?? [];
  return lines.map((line) => {
    const { lineNumber, sku, nameZh, nameEn, unit, quantity } = line;
    return { ...{ lineNumber, sku, nameZh, nameEn, unit, quantity }, paidFen: paidForLine(line) };
  });
}
