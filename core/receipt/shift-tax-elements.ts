import { addFen, subtractFen, zeroFen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import type { ShiftTotals } from "#core/shift/shift.ts";
import { inNoRateFen, leftOf, percentOfRate, type TaxLeft } from "#core/tax/tax-sum.ts";
import type { ReceiptElement } from "./document.ts";
import { bold, centered, row } from "./elements.ts";
import type { ShiftReceiptLabels } from "./labels.ts";

/**
 * The tax of a shift by rate, less what came back: without tax, tax, with tax. Nothing in a shop that names no rates; a Z of
 * before taxes were recorded says so, for nobody knows them any more.
 */
export function shiftTaxElements(totals: ShiftTotals, labels: ShiftReceiptLabels): readonly ReceiptElement[] {
  const { taxes, salesFen, refundCashFen, refundWechatFen } = totals;
  const rule = { kind: "rule" } as const;
  if (taxes === undefined) return [rule, row(labels.taxTotal, labels.taxNotRecorded)];
  if (taxes.length === 0) return [];
  const left = taxes.map(leftOf);
  const keptFen = subtractFen(salesFen, addFen(refundCashFen, refundWechatFen));
  const noRateFen = inNoRateFen(keptFen, taxes);
  return [
    rule,
    ...centered(labels.taxes),
    ...left.flatMap((one) => rateRows(one, labels)),
    ...(noRateFen === 0 ? [] : [row(labels.noRate, formatYuan(noRateFen))]),
    row(labels.taxTotal, formatYuan(left.reduce((sum, { taxFen }) => addFen(sum, taxFen), zeroFen)), bold),
  ];
}

function rateRows({ basisPoints, netFen, taxFen, grossFen }: TaxLeft, labels: ShiftReceiptLabels) {
  const rate = `${percentOfRate(basisPoints)}%`;
  return [
    row(`${rate} ${labels.taxNet}`, formatYuan(netFen)),
    row(`${rate} ${labels.taxOfRate}`, formatYuan(taxFen)),
    row(`${rate} ${labels.taxGross}`, formatYuan(grossFen)),
  ];
}
