const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The request with another amount, and the signature it had. */
export function withAmount(payload: string, amountFen: number): string {
  const bits = [...payload].map((sign) => base32.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const keyEnd = 2 + bytes.readUInt8(1);
  bytes.writeUInt32BE(amountFen, keyEnd + 1 + bytes.readUInt8(keyEnd));
  const changed = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (changed.match(/.{1,5}/g) ?? []).map((five) => base32[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** The confirmation with another amount or nonce, and the signature it had. */
export function wordWith(digits: string, change: { readonly amountFen?: number; readonly nonce?: string }): string {
  const bytes = bytesOf(digits);
  const end = 2 + bytes.readUInt8(1);
  if (change.amountFen !== undefined) bytes.writeUInt32BE(change.amountFen, end);
  if (change.nonce !== undefined) Buffer.from(change.nonce, "base64url").copy(bytes, end + 4);
  const parts = Array.from({ length: bytes.length / 5 }, (_none, at) => bytes.readUIntBE(at * 5, 5));
  return `7701${parts.map((part) => String(part).padStart(13, "0")).join("")}`;
}

/** What a confirmation says, whoever signed it. */
export function readWord(digits: string): { readonly outTradeNo: string; readonly amountFen: number } {
  const bytes = bytesOf(digits);
  const end = 2 + bytes.readUInt8(1);
  return { outTradeNo: bytes.subarray(2, end).toString("ascii"), amountFen: bytes.readUInt32BE(end) };
}

function bytesOf(digits: string): Buffer {
  const groups = digits.slice(4).match(/.{13}/g) ?? [];
  return Buffer.concat(
    groups.map((group) => {
      const part = Buffer.alloc(5);
      part.writeUIntBE(Number(group), 0, 5);
      return part;
    }),
  );
}
