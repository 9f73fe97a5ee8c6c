import { addFen, type Fen, zeroFen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import type { AppliedPromotion } from "#core/promotion/promotion.ts";
import { savedFen } from "#core/sale/saved.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import { percentOfRate } from "#core/tax/tax-sum.ts";
import type { ReceiptElement } from "./document.ts";
import { bold, nameOn, reduction, row, yuanWithSign } from "./elements.ts";
import type { ReceiptLabels } from "./labels.ts";

/** Why a price is what it is, below its line, and what it all came to. */

/** That the price was typed at the till, and the one before where the customer pays another. */
export function originalPrice({ override, isTypedPrice }: SaleLine, labels: ReceiptLabels): readonly ReceiptElement[] {
  return [
    ...(isTypedPrice === true ? [row(`  ${labels.typedPrice}`, "")] : []),
    ...(override === undefined ? [] : [row(`  ${labels.originalPrice} ${formatYuan(override.fromFen)}`, "")]),
  ];
}

/** What promotions on goods took off this line, each by its name. */
export function promotionsOn(
  { id }: SaleLine,
  { promotions = [] }: Sale,
  labels: ReceiptLabels,
): readonly ReceiptElement[] {
  return promotions.flatMap((applied) => {
    if (applied.level === "sale") return [];
    const own = applied.shares.filter(({ lineId }) => lineId === id);
    return reduction(`  ${reasonOf(applied, labels)}`, addFen(...own.map((share) => share.savedFen)));
  });
}

export function promotionsOnSale({ promotions = [] }: Sale, labels: ReceiptLabels): readonly ReceiptElement[] {
  return promotions.flatMap((applied) =>
    applied.level === "sale" ? reduction(reasonOf(applied, labels), takenOff(applied)) : [],
  );
}

export function savedOnGoodsFen({ promotions = [] }: Sale): Fen {
  return addFen(...promotions.map((applied) => (applied.level === "line" ? takenOff(applied) : zeroFen)));
}

/** In sales where nothing but a discount came off, the discount's own line says it all. */
export function savedElements(sale: Sale, labels: ReceiptLabels): readonly ReceiptElement[] {
  const wasPriced = sale.promotionFen !== undefined && sale.promotionFen > 0;
  const isCheaper = wasPriced || sale.lines.some(({ override }) => override !== undefined);
  const amountFen = savedFen(sale);
  return isCheaper && amountFen > 0 ? [row(labels.saved, yuanWithSign(amountFen), bold)] : [];
}

export function taxElements(
  { taxes = [] }: Pick<Sale, "taxes">,
  labels: Pick<ReceiptLabels, "taxIn">,
): readonly ReceiptElement[] {
  return taxes.map(({ basisPoints, amountFen, taxFen }) =>
    row(`${labels.taxIn} ${percentOfRate(basisPoints)}% (${formatYuan(amountFen)})`, formatYuan(taxFen)),
  );
}

/** The promotion's name, and that it is for members where it is. */
function reasonOf(applied: AppliedPromotion, labels: ReceiptLabels): string {
  const name = nameOn(applied, labels);
  const isSaid = applied.isMemberOnly !== true || name.includes(labels.memberPrice);
  return isSaid ? name : `${labels.memberPrice} ${name}`;
}

function takenOff({ shares }: AppliedPromotion): Fen {
  return addFen(...shares.map((share) => share.savedFen));
}
