/**
 * A receipt drawn for a printer of the operating system: the device host makes the pictures, main has them printed,
 * because only main reaches the system's printers. One dot of a picture is one dot of the print head.
 */
export interface PrintPages {
  /** Of every sheet. Thousandths of a millimetre, as Electron's `pageSize` takes them. */
  readonly widthMicrons: number;
  readonly heightMicrons: number;
  /** White at the left of each picture, where the head does not reach. Microns. */
  readonly leftMicrons: number;
  /** Of every picture. */
  readonly widthDots: number;
  readonly pictures: readonly PagePicture[];
}

export interface PagePicture {
  readonly heightDots: number;
  /** One bit a dot, as base64. */
  readonly png: string;
}

/** What the operating system made of a receipt. It cannot say whether anything is on paper. */
export type PagesEnd =
  /** Its spooler took it whole. */
  | { readonly kind: "spooled" }
  /** Nothing of it was taken: safe to send again. `why` in English, for the log. */
  | { readonly kind: "no-such-printer"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string }
  /** It was handed over and no answer came. */
  | { readonly kind: "unknown"; readonly why: string };

/** Eight dots a millimetre: what receipt heads of 203 dpi have. */
export const micronsPerDot = 125;
