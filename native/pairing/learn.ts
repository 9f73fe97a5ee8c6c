import type { ScanSuffix } from "#contract/devices/pairing.ts";

/** What the bytes of one scan of the pairing code say about the scanner that sent them. */
export type Learned =
  | {
      readonly kind: "match";
      readonly dataBits: 7 | 8;
      readonly parity: "none" | "even" | "odd";
      readonly aim: string | null;
      readonly prefix: string;
      readonly suffix: ScanSuffix;
    }
  /** The code was read; what stands around it is nothing the till can take away. */
  | { readonly kind: "unfit"; readonly why: "long-prefix" | "printable-suffix"; readonly extra: string }
  /** A code, but another one. */
  | { readonly kind: "another-code" }
  /** No text at all: the wire runs at another speed. */
  | { readonly kind: "noise" };

/** As terminal.json takes it. */
const LONGEST_PREFIX = 8;
const SHORTEST_CODE = 4;

// ETX (U+0003) ends the codes of some scanners, as CR, LF and TAB do those of others.
// oxlint-disable-next-line no-control-regex -- see above
const suffixesAhead = /^[\r\n\t\u0003]*/;
// oxlint-disable-next-line no-control-regex -- see above
const afterLastSuffix = /[^\r\n\t\u0003]*$/;
// oxlint-disable-next-line no-control-regex -- see above
const anySuffix = /[\r\n\t\u0003]/g;

/**
 * Reads what came while 8 data bits without parity were listened to. A scanner that sends 7 bits and a parity bit sends
 * frames of the same length, so that its parity is in the top bit of every byte and need not be tried.
 */
export function learnFrom(bytes: Uint8Array, pairingText: string): Learned {
  const plain = textOf(bytes);
  if (plain.includes(pairingText)) return around(plain, pairingText, { dataBits: 8, parity: "none" });
  const stripped = textOf(bytes.map((byte) => byte & 0x7f));
  const parity = parityOf(bytes);
  if (parity !== null && stripped.includes(pairingText)) {
    return around(stripped, pairingText, { dataBits: 7, parity });
  }
  if (isCode(plain) || (parity !== null && isCode(stripped))) return { kind: "another-code" };
  return { kind: "noise" };
}

function around(
  text: string,
  pairingText: string,
  framing: { readonly dataBits: 7 | 8; readonly parity: "none" | "even" | "odd" },
): Learned {
  const at = text.lastIndexOf(pairingText);
  const after = suffixesAhead.exec(text.slice(at + pairingText.length))?.[0] ?? "";
  const rest = text.slice(at + pairingText.length + after.length);
  // The start of a second scan may already be there; what is glued to the code is the scanner's own.
  if (after === "" && rest !== "") return { kind: "unfit", why: "printable-suffix", extra: rest.slice(0, 16) };
  // STX and other controls are taken away from every code; only what is printed counts.
  const before = printed(afterLastSuffix.exec(text.slice(0, at))?.[0] ?? "");
  const aim = /\][A-Za-z][0-9A-Za-z]/.exec(before)?.[0] ?? null;
  const prefix = aim === null ? before : before.replace(aim, "");
  if (prefix.length > LONGEST_PREFIX) return { kind: "unfit", why: "long-prefix", extra: prefix.slice(0, 16) };
  return { kind: "match", ...framing, aim, prefix, suffix: suffixOf(after) };
}

function suffixOf(after: string): ScanSuffix {
  if (after === "") return "none";
  if (after.startsWith("\r\n")) return "crlf";
  const [first] = after;
  return first === "\r" ? "cr" : first === "\n" ? "lf" : first === "\t" ? "tab" : "etx";
}

/** Even or odd where every byte has that many bits set, its top bit included; null where they differ. */
function parityOf(bytes: Uint8Array): "even" | "odd" | null {
  const kinds = new Set(Array.from(bytes, (byte) => bitsOf(byte) % 2));
  if (kinds.size !== 1) return null;
  return kinds.has(0) ? "even" : "odd";
}

function bitsOf(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** What a scanner sends for any code: characters that can be printed, and little else. */
function isCode(text: string): boolean {
  const shown = printed(text);
  return shown.length >= SHORTEST_CODE && shown.length >= text.replace(anySuffix, "").length;
}

function printed(text: string): string {
  return text.replace(/[^\u0020-\u007e]/g, "");
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
