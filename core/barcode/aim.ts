/**
 * What a symbology identifier says (ISO/IEC 15424, annexes of the symbologies): `]`, a letter for the symbology and a
 * modifier for its options. Identifiers that are not listed say nothing, and their codes are read by their text alone.
 */
export type Symbology =
  /** EAN-13, UPC-A and UPC-E, the last two normally sent as 13 digits. */
  | "ean"
  /** The same with the two or five digits of a magazine's or book's add-on behind it. */
  | "ean-with-add-on"
  | "add-on"
  | "ean-8"
  /** What GS1 defines: an element string of application identifiers. */
  | "gs1"
  | "code-128"
  | "code-39"
  | "itf"
  | "qr"
  | "data-matrix"
  | "other";

const bySymbology: Readonly<Record<string, Symbology>> = {
  "]E0": "ean",
  "]E1": "add-on",
  "]E2": "add-on",
  "]E3": "ean-with-add-on",
  "]E4": "ean-8",
  // GS1-128, GS1 DataBar and composites, GS1 DataMatrix, GS1 QR code, GS1 DotCode.
  "]C1": "gs1",
  "]e0": "gs1",
  "]d2": "gs1",
  "]Q3": "gs1",
  "]J1": "gs1",
  "]C0": "code-128",
  "]I0": "itf",
  "]I1": "itf",
  "]I3": "itf",
  "]Q0": "qr",
  "]Q1": "qr",
  "]Q2": "qr",
  "]d0": "data-matrix",
  "]d1": "data-matrix",
};

/** Null where the scanner said nothing. */
export function symbologyOf(aim: string | null): Symbology | null {
  if (aim === null) return null;
  if (/^\]A[0-9A-Za-z]$/.test(aim)) return "code-39";
  return bySymbology[aim] ?? "other";
}
