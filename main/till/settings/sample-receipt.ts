import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { PaperColumns, PrintLine, ReceiptDocument, ReceiptElement } from "#core/receipt/document.ts";
import { centered, large } from "#core/receipt/elements.ts";
import type { StoreHeader } from "#core/receipt/labels.ts";
import { layOut } from "#core/receipt/layout.ts";
import { saleReceipt } from "#core/receipt/sale-receipt.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import type { ReceiptLanguage } from "#contract/config/terminal.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";

/** Whose receipt it would be. */
export interface SampleFacts {
  readonly terminalId: string;
  readonly cashierName: string;
  /** RFC 3339, the shop's time. */
  readonly at: string;
  readonly isTraining: boolean;
}

/** In both languages: whoever finds the paper may read either. */
const sampleMark = "样张 SAMPLE";

/** A small sale that never was, as the receipt of a real one is worded and laid out. `marked`: as printed, saying what it is. */
export function sampleReceipt(
  store: StoreHeader,
  language: ReceiptLanguage,
  facts: SampleFacts,
  look: { readonly columns: PaperColumns; readonly marked: boolean },
): readonly PrintLine[] {
  const options = { copy: false, training: facts.isTraining, journalHash: "", qrText: "" };
  const receipt = saleReceipt(sampleSale(facts), receiptTexts(language).sale, store, options);
  return layOut(look.marked ? marked(receipt) : receipt, look.columns);
}

function marked({ elements }: ReceiptDocument): ReceiptDocument {
  const mark: readonly ReceiptElement[] = centered(sampleMark, large);
  return { elements: [...mark, ...elements, ...mark] };
}

const plainLine = {
  categoryId: null,
  taxClass: "standard",
  barcode: null,
  source: "scan",
  labelAmountFen: null,
  discount: null,
  discountFen: fen(0),
  saleDiscountShareFen: fen(0),
  roundingShareFen: fen(0),
} as const;

const lines: readonly SaleLine[] = [
  {
    ...{ ...plainLine, id: "1", lineNumber: 1, sku: "1", nameZh: "可口可乐 500ml", nameEn: "Coca-Cola 500 ml" },
    ...{ unit: "piece", unitPriceFen: fen(350), quantity: pieces(2), grossFen: fen(700) },
    ...{ discountFen: fen(100), netFen: fen(600) },
  },
  {
    ...{ ...plainLine, id: "2", lineNumber: 2, sku: "2", nameZh: "红富士苹果", nameEn: "Fuji apples" },
    ...{ unit: "kg", unitPriceFen: fen(1_299), quantity: milli(845), grossFen: fen(1_098), netFen: fen(1_098) },
  },
];

function sampleSale({ terminalId, cashierName, at }: SampleFacts): Sale {
  return {
    ...{ saleId: "sample", saleNumber: `${terminalId}-000000`, terminalId, shiftId: "", cashierId: "", cashierName },
    ...{ completedAt: at, businessDate: at.slice(0, 10), pieceCount: 3, rounding: "none", lines },
    ...{ grossFen: fen(1_798), lineDiscountFen: fen(100), saleDiscountFen: fen(0), roundingFen: fen(0) },
    totalFen: fen(1_698),
    tenders: [{ kind: "cash", tenderId: "1", amountFen: fen(1_698), receivedFen: fen(2_000), changeFen: fen(302) }],
    changeFen: fen(302),
  };
}
