import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** What a test's head office says of a carried payment. */
export interface PaidWord {
  readonly outTradeNo: string;
  readonly amountFen: number;
  /** base64url. */
  readonly nonce: string;
}

/** Head office's side of docs/CARRIED.md, written for the tests from that page alone. */
export function confirmationText({ outTradeNo, amountFen, nonce }: PaidWord): string {
  return ["tillway-carried-confirmation", "1", outTradeNo, amountFen, nonce, "paid", ""].join("\n");
}

export function confirmationDigits(word: PaidWord, officeKey: KeyObject, signed = confirmationText(word)): string {
  const amount = Buffer.alloc(4);
  amount.writeUInt32BE(word.amountFen);
  const bytes = Buffer.concat([
    Buffer.from([1, word.outTradeNo.length]),
    Buffer.from(word.outTradeNo, "ascii"),
    amount,
    Buffer.from(word.nonce, "base64url"),
    sign(null, Buffer.from(signed), officeKey),
  ]);
  return digitsOf(bytes);
}

/** Any bytes as the digits of a confirmation. */
export function digitsOf(bytes: Uint8Array): string {
  const whole = Buffer.concat([bytes, Buffer.alloc((5 - (bytes.length % 5)) % 5)]);
  let digits = "7701";
  for (let at = 0; at < whole.length; at += 5) digits += String(whole.readUIntBE(at, 5)).padStart(13, "0");
  return digits;
}

/** The eight digits to be typed. */
export function typedCode({ outTradeNo, amountFen, nonce }: PaidWord, secret: Uint8Array): string {
  const text = ["tillway-carried-code", "1", outTradeNo, amountFen, nonce, "paid", ""].join("\n");
  const mac = createHmac("sha256", secret).update(text).digest();
  return String(mac.readBigUInt64BE() % 100_000_000n).padStart(8, "0");
}

export function newSigningKey(): { readonly privateKey: KeyObject; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x } = publicKey.export({ format: "jwk" });
  if (x === undefined) throw new Error("an Ed25519 key has its x");
  return { privateKey, publicKey: x };
}
