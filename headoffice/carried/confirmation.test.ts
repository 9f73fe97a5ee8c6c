import { createHmac, generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { carriedVectors, vectorOfficeKey, vectorSecret } from "#tests/support/carried-vectors.ts";
import { confirmationCode, confirmationDigits } from "./confirmation.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const payment = { outTradeNo: "BJ01T01260302120000A", amountFen: 1_250, nonce: "AAECAwQFBgcICQoL" };

/** docs/CARRIED.md read backwards. */
function bytesOf(digits: string): Buffer {
  const groups = digits.slice(4).match(/\d{13}/g) ?? [];
  return Buffer.concat(groups.map((group) => Buffer.from(BigInt(group).toString(16).padStart(10, "0"), "hex")));
}

describe("head office's word that a carried order was paid", () => {
  it("is digits alone, with the number, the amount, the nonce and the office's signature in them", () => {
    const digits = confirmationDigits(privateKey, payment);
    expect(digits).toMatch(/^7701(?:\d{13})+$/);
    const bytes = bytesOf(digits);
    const end = 2 + payment.outTradeNo.length;
    expect([bytes[0], bytes[1]]).toEqual([1, payment.outTradeNo.length]);
    expect(bytes.subarray(2, end).toString("latin1")).toBe(payment.outTradeNo);
    expect(bytes.readUInt32BE(end)).toBe(1_250);
    expect(bytes.subarray(end + 4, end + 16).toString("base64url")).toBe(payment.nonce);
    const signature = bytes.subarray(end + 16, end + 80);
    const text = "tillway-carried-confirmation\n1\nBJ01T01260302120000A\n1250\nAAECAwQFBgcICQoL\npaid\n";
    expect(verify(null, Buffer.from(text), publicKey, signature)).toBe(true);
    expect([...bytes.subarray(end + 80)].every((byte) => byte === 0)).toBe(true);
  });

  it.each(carriedVectors.cases)("is what the till reads, digit for digit: $request.outTradeNo", (vector) => {
    const { request } = vector;
    expect({
      digits: confirmationDigits(vectorOfficeKey, request),
      code: confirmationCode(vectorSecret, request),
    }).toEqual({ digits: vector.confirmationDigits, code: vector.code });
    // One fen, one byte of the nonce, of the number or of a key, and it is another word.
    const nonce = Buffer.from(request.nonce, "base64url");
    nonce.writeUInt8(nonce.readUInt8(11) ^ 1, 11);
    const others = [
      { ...request, amountFen: request.amountFen + 1 },
      { ...request, nonce: nonce.toString("base64url") },
      { ...request, outTradeNo: `${request.outTradeNo.slice(0, -1)}0` },
    ];
    for (const other of others) {
      expect(confirmationDigits(vectorOfficeKey, other)).not.toBe(vector.confirmationDigits);
      expect(confirmationCode(vectorSecret, other)).not.toBe(vector.code);
    }
    expect(confirmationDigits(privateKey, request)).not.toBe(vector.confirmationDigits);
    const otherSecret = Buffer.from(vectorSecret);
    otherSecret.writeUInt8(otherSecret.readUInt8(0) ^ 1, 0);
    expect(confirmationCode(otherSecret, request)).not.toBe(vector.code);
  });

  it("is eight digits of the shared secret, leading zeros kept, and others for any other payment or secret", () => {
    const secret = Buffer.alloc(32, 3);
    const text = "tillway-carried-code\n1\nBJ01T01260302120000A\n1250\nAAECAwQFBgcICQoL\npaid\n";
    const first = createHmac("sha256", secret).update(text).digest().readBigUInt64BE() % 100_000_000n;
    expect(confirmationCode(secret, payment)).toBe(String(first).padStart(8, "0"));
    expect(confirmationCode(Buffer.alloc(32, 4), payment)).not.toBe(confirmationCode(secret, payment));
    expect(confirmationCode(secret, { ...payment, amountFen: 1_251 })).not.toBe(confirmationCode(secret, payment));
    const codes = Array.from({ length: 300 }, (_, amountFen) => confirmationCode(secret, { ...payment, amountFen }));
    expect(codes.every((code) => /^\d{8}$/.test(code))).toBe(true);
    expect(codes.some((code) => code.startsWith("0"))).toBe(true);
  });
});
