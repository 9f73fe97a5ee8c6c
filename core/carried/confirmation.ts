import { type Fen, fen } from "#core/money/fen.ts";
import { base64Url } from "./base-text.ts";
import { carriedNumber, mostCarriedFen, nonceBytes, signatureBytes } from "./request.ts";

/** Head office's word that a carried payment was paid, as it stood in the digits (docs/CARRIED.md). */
export interface Confirmation {
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** base64url. */
  readonly nonce: string;
  /** Ed25519 by head office's key, over `confirmationSigned`. */
  readonly signature: Uint8Array;
}

const version = 1;
const prefix = "7701";
const groupDigits = 13;
const groupBytes = 5;
/** Version, length, number of 6–32, amount, nonce, signature: 88–114 bytes, in groups of five. */
const shape = /^7701(?:\d{13}){18,23}$/;

/** No good in a shop has so many digits: whatever looks like this is such a word, or meant to look like one. */
export function isConfirmation(text: string): boolean {
  return shape.test(text);
}

/** What head office's key signs, to be taken as UTF-8. */
export function confirmationSigned({ outTradeNo, amountFen, nonce }: Omit<Confirmation, "signature">): string {
  return `tillway-carried-confirmation\n${version}\n${outTradeNo}\n${amountFen}\n${nonce}\npaid\n`;
}

/** Null for anything but the one spelling of one word; nothing is said yet of whose word it is. */
export function readConfirmation(text: string): Confirmation | null {
  if (!isConfirmation(text)) return null;
  const bytes = bytesOf(text.slice(prefix.length));
  const length = bytes?.[1] ?? 0;
  if (bytes === null || bytes[0] !== version) return null;
  const end = 2 + length + 4 + nonceBytes + signatureBytes;
  // The last group alone is filled up, and with nothing but zeros: else one word would have many spellings.
  const rest = bytes.slice(end);
  if (end > bytes.length || rest.length >= groupBytes || rest.some((byte) => byte !== 0)) return null;
  const outTradeNo = String.fromCharCode(...bytes.slice(2, 2 + length));
  const amount = bytes.slice(2 + length, 6 + length).reduce((sum, byte) => sum * 256 + byte, 0);
  if (!carriedNumber.test(outTradeNo) || amount < 1 || amount > mostCarriedFen) return null;
  const nonce = base64Url(bytes.slice(6 + length, 6 + length + nonceBytes));
  return { outTradeNo, amountFen: fen(amount), nonce, signature: bytes.slice(end - signatureBytes, end) };
}

/** Groups of five bytes as thirteen digits; null where a group says more than five bytes hold. */
function bytesOf(digits: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let at = 0; at < digits.length; at += groupDigits) {
    const value = BigInt(digits.slice(at, at + groupDigits));
    if (value >= 1n << 40n) return null;
    for (let shift = 32n; shift >= 0n; shift -= 8n) bytes.push(Number((value >> shift) & 0xffn));
  }
  return Uint8Array.from(bytes);
}
