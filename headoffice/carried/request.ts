import type { KeyObject } from "node:crypto";
import { terminalKeySchema } from "#contract/wire/terminal-key.ts";
import { isSignedBy } from "../keys/ed25519.ts";
import { placeOf, type TerminalPlace } from "../terminals/terminal.ts";

/** A till's request for a payment, as its QR carries it (docs/CARRIED.md). */
export interface CarriedRequest extends TerminalPlace {
  readonly outTradeNo: string;
  readonly amountFen: number;
  /** Of all lines of the sale; more than the amount where a part was paid otherwise. */
  readonly linesFen: number;
  readonly lineCount: number;
  /** 12 bytes, base64url. */
  readonly nonce: string;
  /** 4 bytes, base64url. */
  readonly secretId: string;
  isBy(key: KeyObject): boolean;
}

const version = 1;
const mostFen = 100_000_000;
const signatureBytes = 64;
/** The longest there is: a key of 9 characters, a number of 32. */
const mostCharacters = 240;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The request in a page's address; null for anything that is none, to the last bit. Whose it is stays to be checked. */
export function readRequest(payload: string): CarriedRequest | null {
  const bytes = base32Bytes(payload);
  if (bytes === null) return null;
  const read = reader(bytes);
  if (read.number(1) !== version) return null;
  const terminalKey = read.text();
  const outTradeNo = read.text();
  const [amountFen, linesFen, lineCount] = [read.number(4), read.number(4), read.number(2)];
  const [nonce, secretId] = [read.base64url(12), read.base64url(4)];
  const signature = read.base64url(signatureBytes);
  if (!read.isWhole() || !terminalKeySchema.safeParse(terminalKey).success) return null;
  if (amountFen < 1 || amountFen > mostFen || linesFen < amountFen) return null;
  if (!/^[0-9A-Z-]{6,32}$/u.test(outTradeNo)) return null;
  const place = placeOf(terminalKey);
  const said = [terminalKey, outTradeNo, amountFen, linesFen, lineCount, nonce, secretId];
  const signed = ["tillway-carried-request", version, ...said].map((line) => `${line}\n`).join("");
  const isBy = (key: KeyObject): boolean => isSignedBy(key, signed, signature, "base64url");
  return { ...place, outTradeNo, amountFen, linesFen, lineCount, nonce, secretId, isBy };
}

/** RFC 4648 without padding; null where it has another sign, a length no bytes have, or bits left over. */
function base32Bytes(text: string): Buffer | null {
  if (text.length === 0 || text.length > mostCharacters) return null;
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const sign of text) {
    const value = alphabet.indexOf(sign);
    if (value === -1) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(held >> bits);
    held &= (1 << bits) - 1;
  }
  return bits < 5 && held === 0 ? Buffer.from(bytes) : null;
}

interface Reader {
  number(size: 1 | 2 | 4): number;
  /** ASCII behind its length. */
  text(): string;
  base64url(size: number): string;
  /** True where every byte was there and none is left. */
  isWhole(): boolean;
}

function reader(bytes: Buffer): Reader {
  let at = 0;
  const take = (size: number): Buffer => {
    const part = bytes.subarray(at, at + size);
    at += size;
    return part.length === size ? part : Buffer.alloc(size);
  };
  return {
    number: (size) => take(size).readUIntBE(0, size),
    text: () => take(take(1).readUInt8()).toString("latin1"),
    base64url: (size) => take(size).toString("base64url"),
    isWhole: () => at === bytes.length,
  };
}
