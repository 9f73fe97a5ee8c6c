import type { ShelfLabel } from "#core/label/shelf-label.ts";
import type { UnitPrice } from "#core/label/unit-price.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import { bold, large, nameOn, row, yuanWithSign } from "./elements.ts";
import type { ReceiptLabels } from "./labels.ts";

export interface LabelStripLabels {
  readonly memberPrice: string;
  /** Before what it costs without the offer. */
  readonly regularPrice: string;
  readonly offer: string;
  /** Before the last day of an offer. */
  readonly until: string;
  readonly unitPrice: string;
  /** What stands behind the price of weighed goods. */
  readonly perKilogram: string;
  readonly per: Readonly<Record<UnitPrice["per"], string>>;
}

type Words = LabelStripLabels & Pick<ReceiptLabels, "itemName">;

/**
 * Shelf labels one below the other on the receipt printer's paper, a rule to cut along under each: the name, the price
 * large, what members and everybody pay, the price to compare by, and the code as bars with its number.
 * @param labels each as often as it stands there
 * @param printedOn YYYY-MM-DD, so that an old label is known for one
 */
export function labelStrip(labels: readonly ShelfLabel[], words: Words, printedOn: string): ReceiptDocument {
  return { elements: labels.flatMap((label) => oneLabel(label, words, printedOn)) };
}

const tall = { bold: true, heightTimes: 2 } as const;

function oneLabel(label: ShelfLabel, words: Words, printedOn: string): readonly ReceiptElement[] {
  const { offer, memberPriceFen, unitPrice, barcode, priceFen } = label;
  const per = label.unit === "kg" ? words.perKilogram : "";
  return [
    { kind: "text", text: nameOn(label, words), align: "left", style: tall },
    ...(offer === null ? [] : offerRows(offer, words)),
    { kind: "text", text: `${yuanWithSign(offer?.priceFen ?? priceFen)}${per}`, align: "right", style: large },
    ...(offer?.priceFen == null ? [] : [row(words.regularPrice, `${yuanWithSign(priceFen)}${per}`)]),
    ...(memberPriceFen === null ? [] : [row(words.memberPrice, `${yuanWithSign(memberPriceFen)}${per}`, tall)]),
    ...(unitPrice === null
      ? []
      : [row(`${words.unitPrice} ${words.per[unitPrice.per]}`, yuanWithSign(unitPrice.priceFen))]),
    ...(barcode === null ? [] : [{ kind: "barcode", text: barcode } as const]),
    row(label.sku, printedOn),
    { kind: "rule" },
  ];
}

function offerRows(offer: NonNullable<ShelfLabel["offer"]>, words: Words): readonly ReceiptElement[] {
  return [
    row(`${words.offer} ${nameOn(offer, words)}`, "", bold),
    ...(offer.lastDay === null ? [] : [row(`${words.until} ${offer.lastDay}`, "")]),
  ];
}
