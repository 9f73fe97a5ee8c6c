/** A run of text on one receipt line; sizes multiply the base character cell. */
export interface TextStyle {
  readonly bold?: boolean;
  readonly widthTimes?: 1 | 2;
  readonly heightTimes?: 1 | 2;
}

/**
 * A receipt as the shop words it, before it is laid out for a paper width. Texts are final (already in the receipt's
 * language); layout folds and aligns them by display width.
 */
export type ReceiptElement =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly align: "left" | "center" | "right";
      readonly style: TextStyle;
    }
  /** `left` is folded, `right` is never folded and keeps its column. */
  | { readonly kind: "row"; readonly left: string; readonly right: string; readonly style: TextStyle }
  | { readonly kind: "rule" }
  | { readonly kind: "blank" }
  /** Code 128; ASCII only. */
  | { readonly kind: "barcode"; readonly text: string }
  | { readonly kind: "qr"; readonly text: string }
  /** The shop's own picture, where its printer has one to print. */
  | { readonly kind: "logo" };

export interface ReceiptDocument {
  readonly elements: readonly ReceiptElement[];
}

/** One printed line, already exactly as wide as the paper or narrower. */
export type PrintLine =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly align: "left" | "center" | "right";
      readonly style: TextStyle;
    }
  | { readonly kind: "blank" }
  | { readonly kind: "barcode"; readonly text: string }
  | { readonly kind: "qr"; readonly text: string }
  | { readonly kind: "logo" };

/** Columns of the base character cell: 48 on 80 mm paper (42 where the head has 512 dots), 32 on 58 mm. A Chinese character takes two. */
export type PaperColumns = 48 | 42 | 32;

export type LayOut = (document: ReceiptDocument, columns: PaperColumns) => readonly PrintLine[];
