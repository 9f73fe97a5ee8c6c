import type { Fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { asciiBytes, base32, bigEndian, bytesOfBase64Url } from "./base-text.ts";

/** What the till asks head office for by way of the customer's phone (docs/CARRIED.md). */
export interface CarriedRequest {
  /** `BJ01-T01`. */
  readonly terminalKey: string;
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** Total of the sale's lines: at least the amount, more where a part was paid otherwise. */
  readonly linesFen: Fen;
  readonly lineCount: number;
  /** 12 random bytes of this attempt, base64url. */
  readonly nonce: string;
  /** The first 4 bytes of the code secret's SHA-256, base64url. */
  readonly secretId: string;
}

const version = 1;
export const mostCarriedFen = 100_000_000;
const mostLinesFen = 1_000_000_000;
const mostLineCount = 65_535;
export const nonceBytes = 12;
export const secretIdBytes = 4;
export const signatureBytes = 64;

/** A number that may travel this way. */
export const carriedNumber = /^[0-9A-Z-]{6,32}$/;

/** What the terminal's key signs, to be taken as UTF-8. */
export function requestSigned(request: CarriedRequest): string {
  const { terminalKey, outTradeNo, amountFen, linesFen, lineCount, nonce, secretId } = request;
  const lines = [terminalKey, outTradeNo, amountFen, linesFen, lineCount, nonce, secretId];
  return `tillway-carried-request\n${version}\n${lines.join("\n")}\n`;
}

/**
 * The address the QR holds, in capitals throughout, so that QR's alphanumeric mode holds it. Asserts the request's parts:
 * they come from our own cart, configuration and keys.
 */
export function requestAddress(payUrl: string, request: CarriedRequest, signature: Uint8Array): string {
  return `${payUrl.toUpperCase()}/P/${base32(requestBytes(request, signature))}`;
}

/** The payload's bytes; the same assertions. */
export function requestBytes(request: CarriedRequest, signature: Uint8Array): Uint8Array {
  const { terminalKey, outTradeNo, amountFen, linesFen, lineCount, nonce, secretId } = request;
  assert(/^[0-9A-Z]{2,4}-[0-9A-Z]{2,4}$/.test(terminalKey), `a terminal key as BJ01-T01, got ${terminalKey}`);
  assert(carriedNumber.test(outTradeNo), `an out_trade_no of 6–32 capitals and digits, got ${outTradeNo}`);
  assert(amountFen >= 1 && amountFen <= mostCarriedFen, `1 … ${mostCarriedFen} fen to pay, got ${amountFen}`);
  assert(linesFen >= amountFen && linesFen <= mostLinesFen, `lines worth at least ${amountFen} fen, got ${linesFen}`);
  assert(lineCount >= 1 && lineCount <= mostLineCount, `1 … ${mostLineCount} lines, got ${lineCount}`);
  assert(signature.length === signatureBytes, `a signature of ${signatureBytes} bytes, got ${signature.length}`);
  return Uint8Array.from([
    version,
    ...short(terminalKey),
    ...short(outTradeNo),
    ...bigEndian(amountFen, 4),
    ...bigEndian(linesFen, 4),
    ...bigEndian(lineCount, 2),
    ...bytesOf(nonce, nonceBytes),
    ...bytesOf(secretId, secretIdBytes),
    ...signature,
  ]);
}

function short(text: string): readonly number[] {
  return [text.length, ...asciiBytes(text)];
}

function bytesOf(base64Url: string, count: number): Uint8Array {
  const bytes = bytesOfBase64Url(base64Url);
  assert(bytes?.length === count, `${count} bytes as base64url, got ${base64Url}`);
  return bytes;
}
