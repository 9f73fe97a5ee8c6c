/** Longer than any code a shop scans (a payment QR has 18, a GS1 label about 100, head office's word of a payment 303). */
export const LONGEST_SCAN = 320;
/** 320 characters of at most 4 bytes, and the prefix and identifier before them. */
export const LONGEST_BYTES = LONGEST_SCAN * 4 + 32;

export type SplitScan =
  | { readonly kind: "scan"; readonly text: string; readonly aim: string | null }
  /** More than 320 characters: half a code would be a wrong code, so all of it is dropped. */
  | { readonly kind: "overlong" }
  /** A report that no scanner sends, or the rest of a code that never came: nothing of it is kept. */
  | { readonly kind: "garbled" };

/**
 * Makes scans of what a scanner sends, in order. Pure: whoever feeds it keeps the time and calls `idle` when the scanner
 * has been silent for long enough.
 */
export interface ScanReader {
  feed(bytes: Uint8Array): readonly SplitScan[];
  /** Whether a code has begun and not ended. */
  isWaiting(): boolean;
  /** Whether this scanner says where its codes end, so that a gap inside one means a busy machine, not an end. */
  hasSeenSuffix(): boolean;
  /** Ends the code that has begun, if any. */
  idle(): readonly SplitScan[];
}

/**
 * The code in the bytes of one scan: nothing when there is none.
 * @param prefix what the scanner is set to send before each code
 * @param aim the identifier where the scanner sends it apart; null: it may stand in the bytes
 */
export function scanIn(bytes: Uint8Array, prefix: string, aim: string | null): readonly SplitScan[] {
  // Payment and product QR codes carry UTF-8; everything else a scanner sends is ASCII. Wrong bytes become U+FFFD.
  const text = withoutPrefix(withoutControls(new TextDecoder("utf-8").decode(bytes)), prefix);
  const inText = aim === null ? (/^\][A-Za-z][0-9A-Za-z]/.exec(text)?.[0] ?? null) : null;
  // Models differ in whether the configured prefix stands before or after the identifier.
  const code = inText === null ? text : withoutPrefix(text.slice(inText.length), prefix);
  if (code === "") return [];
  return code.length > LONGEST_SCAN ? [{ kind: "overlong" }] : [{ kind: "scan", text: code, aim: aim ?? inText }];
}

function withoutPrefix(text: string, prefix: string): string {
  return prefix !== "" && text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

/** Keeps GS (0x1D), which separates the fields of a GS1 label. Removes STX and every other control, DEL and C1 too. */
function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are the subject
  return text.replace(/[\u0000-\u001c\u001e\u001f\u007f-\u009f]/g, "");
}
