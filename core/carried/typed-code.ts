import type { Fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { Confirmation } from "./confirmation.ts";

/** Whoever guesses has three of a hundred million. */
export const mostCodeTries = 3;
const codeDigits = 8;

/** What is hashed with the code secret, to be taken as UTF-8. */
export function codeHashed({ outTradeNo, amountFen, nonce }: Omit<Confirmation, "signature">): string {
  return `tillway-carried-code\n1\n${outTradeNo}\n${amountFen}\n${nonce}\npaid\n`;
}

/** The code a hash (HMAC-SHA-256) comes to: text of eight digits, zeros at its beginning included. */
export function codeOf(mac: Uint8Array): string {
  assert(mac.length >= 8, "a hash of at least eight bytes");
  let value = 0n;
  for (const byte of mac.slice(0, 8)) value = (value << 8n) | BigInt(byte);
  return (value % 100_000_000n).toString().padStart(codeDigits, "0");
}

/** What was typed, with or without the gap; null where it is not eight digits. A code is text: `00000012` is not `12`. */
export function readTypedCode(text: string): string | null {
  const code = text.replaceAll(/[\s-]/gu, "");
  return /^[0-9]{8}$/.test(code) ? code : null;
}

/** As it is shown: `1234 5678`. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** How much may be taken by typed codes; above it the scan alone counts. */
export interface CodeCaps {
  readonly mostByCodeFen: Fen;
  readonly mostByCodePerDayFen: Fen;
}

/** Why a code is not even looked at; null where it is. */
export function codeRefusal(
  { amountFen, tries }: { readonly amountFen: Fen; readonly tries: number },
  takenTodayFen: Fen,
  caps: CodeCaps,
): "cap" | "tries" | null {
  if (amountFen > caps.mostByCodeFen || takenTodayFen + amountFen > caps.mostByCodePerDayFen) return "cap";
  return tries >= mostCodeTries ? "tries" : null;
}
