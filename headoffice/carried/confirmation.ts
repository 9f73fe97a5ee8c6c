import { createHmac, type KeyObject, sign } from "node:crypto";

/** The payment a confirmation is about: the till's own number, amount and nonce, and no clock. */
export interface ConfirmedPayment {
  readonly outTradeNo: string;
  readonly amountFen: number;
  /** 12 bytes, base64url. */
  readonly nonce: string;
}

const prefix = "7701";
const version = 1;
const [groupBytes, groupDigits] = [5, 13];
const codeDigits = 8;
const codeModulus = 100_000_000n;

/** Head office's word that it was paid, as the digits of the QR. */
export function confirmationDigits(officeKey: KeyObject, payment: ConfirmedPayment): string {
  const { outTradeNo, amountFen, nonce } = payment;
  const number = Buffer.from(outTradeNo, "latin1");
  const head = Buffer.from([version, number.length]);
  const amount = Buffer.alloc(4);
  amount.writeUInt32BE(amountFen);
  const signature = sign(null, Buffer.from(textOf("tillway-carried-confirmation", payment)), officeKey);
  return prefix + digitsOf(Buffer.concat([head, number, amount, Buffer.from(nonce, "base64url"), signature]));
}

/** The same word as eight digits to be typed, which only till and head office can reckon. */
export function confirmationCode(secret: Uint8Array, payment: ConfirmedPayment): string {
  const mac = createHmac("sha256", secret).update(textOf("tillway-carried-code", payment)).digest();
  return (mac.readBigUInt64BE() % codeModulus).toString().padStart(codeDigits, "0");
}

function textOf(title: string, { outTradeNo, amountFen, nonce }: ConfirmedPayment): string {
  return [title, version, outTradeNo, amountFen, nonce, "paid"].map((line) => `${line}\n`).join("");
}

/** Five bytes as thirteen digits each, the last group filled with zero bytes. */
function digitsOf(bytes: Buffer): string {
  let digits = "";
  for (let at = 0; at < bytes.length; at += groupBytes) {
    const group = Buffer.alloc(groupBytes);
    bytes.copy(group, 0, at, at + groupBytes);
    digits += group.readUIntBE(0, groupBytes).toString().padStart(groupDigits, "0");
  }
  return digits;
}
