import { createHmac, createPublicKey, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import {
  carriedVectors as vectors,
  vectorOfficeKey as office,
  vectorSecret as secret,
  vectorTerminalKey as terminal,
} from "#tests/support/carried-vectors.ts";
import {
  confirmationDigits,
  confirmationText,
  digitsOf,
  newSigningKey,
  typedCode,
} from "#tests/support/carried-words.ts";
import { base32, base64Url, bytesOfBase64Url } from "./base-text.ts";
import { type Confirmation, confirmationSigned, isConfirmation, readConfirmation } from "./confirmation.ts";
import { isAgreed } from "./order-word.ts";
import { confirmationRefusal, stateRefusal } from "./proof.ts";
import { type CarriedRequest, requestAddress, requestBytes, requestSigned } from "./request.ts";
import { codeHashed, codeOf, codeRefusal, readTypedCode, spacedCode } from "./typed-code.ts";

function isBy(key: KeyObject) {
  const publicKey = createPublicKey(key);
  return (read: Confirmation): boolean =>
    verify(null, Buffer.from(confirmationSigned(read)), publicKey, read.signature);
}

function attemptOf({ outTradeNo, amountFen, nonce, secretId, linesFen, lineCount }: CarriedRequest): Attempt {
  const created = newAttempt({
    ...{ kind: "carried", outTradeNo, saleId: "sale", tenderId: "tender", amountFen, nowMs: 0 },
    request: { facts: { nonce, secretId, linesFen, lineCount }, address: "HTTPS://PAY.EXAMPLE/P/A" },
  });
  return { ...created, state: "pending" };
}

const numbers = fc.stringMatching(/^[0-9A-Z-]{6,32}$/);
const nonces = fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString("base64url"));
const amounts = fc.integer({ min: 1, max: 100_000_000 }).map(fen);
const words = fc.record({ outTradeNo: numbers, amountFen: amounts, nonce: nonces });

describe("the till's words on the customer's phone", () => {
  it.each(vectors.cases)("are those of the page, byte for byte: $request.outTradeNo", (vector) => {
    const { request } = vector;
    const signature = sign(null, Buffer.from(requestSigned(request)), terminal);
    const bytes = requestBytes(request, signature);
    expect({
      ...{ requestSigned: requestSigned(request), requestBytes: Buffer.from(bytes).toString("hex") },
      ...{ payload: base32(bytes), address: requestAddress(vectors.payUrl, request, signature) },
      confirmationSigned: confirmationSigned(request),
      code: codeOf(createHmac("sha256", secret).update(codeHashed(request)).digest()),
    }).toEqual({
      ...{ requestSigned: vector.requestSigned, requestBytes: vector.requestBytes, payload: vector.payload },
      ...{ address: vector.address, confirmationSigned: vector.confirmationSigned, code: vector.code },
    });
    const read = readConfirmation(vector.confirmationDigits);
    expect(read !== null && confirmationRefusal(read, attemptOf(request), isBy(office))).toBeNull();
  });

  it("fit QR's alphanumeric mode and version 10 at level M with the longest number and a host of 30 characters", () => {
    const longest = vectors.cases.map(({ request }) => request).find(({ outTradeNo }) => outTradeNo.length === 32);
    const request = { ...vectors.cases[0]!.request, ...longest, terminalKey: "BJ01-T001" };
    const address = requestAddress(`https://${"h".repeat(30)}`, request, new Uint8Array(64));
    expect(address).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
    expect(address.length).toBeLessThanOrEqual(311);
  });

  it("are asked for nothing a request cannot be", () => {
    const { request } = vectors.cases[0]!;
    const wrong: readonly Partial<CarriedRequest>[] = [
      { amountFen: fen(0) },
      { amountFen: fen(100_000_001), linesFen: fen(100_000_001) },
      { linesFen: fen(2_579) },
      { lineCount: 0 },
      { lineCount: 65_536 },
      { outTradeNo: "abc123" },
      { outTradeNo: "A1234" },
      { terminalKey: "BJ01" },
      { nonce: "AAECAwQFBgcICQo" },
      { secretId: "AAECAwQF" },
    ];
    for (const change of wrong) expect(() => requestBytes({ ...request, ...change }, new Uint8Array(64))).toThrow();
    expect(() => requestBytes(request, new Uint8Array(63))).toThrow();
  });
});

describe("head office's word in digits", () => {
  const key = newSigningKey();

  it("is read as it was said, whatever number, amount and nonce", () => {
    fc.assert(
      fc.property(words, (word) => {
        const digits = confirmationDigits(word, key.privateKey);
        expect(isConfirmation(digits)).toBe(true);
        const read = readConfirmation(digits);
        expect(read).toEqual({ ...word, signature: expect.any(Uint8Array) as Uint8Array });
        expect(read !== null && isBy(key.privateKey)(read)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("has one spelling: no digit can be another and still be the same word", () => {
    const digits = vectors.cases[0]!.confirmationDigits;
    const attempt = attemptOf(vectors.cases[0]!.request);
    for (let at = 0; at < digits.length; at += 1) {
      const other = `${digits.slice(0, at)}${(Number(digits[at]) + 1) % 10}${digits.slice(at + 1)}`;
      const read = readConfirmation(other);
      if (read === null) continue;
      expect([at, confirmationRefusal(read, attempt, isBy(office))]).not.toEqual([at, null]);
    }
  });

  it("is nothing cut short, longer, of another version, or with something in what fills it up", () => {
    const digits = vectors.cases[0]!.confirmationDigits;
    const bytes = Buffer.alloc(88 + 5);
    bytes.set([2, 6, ...Buffer.from("A-0001")]);
    const filled = Buffer.alloc(90);
    filled.set([1, 6, ...Buffer.from("A-0001"), 0, 0, 0, 1]);
    expect(readConfirmation(digitsOf(filled))).toMatchObject({ outTradeNo: "A-0001", amountFen: 1 });
    filled[89] = 1;
    const nothing = [
      ...["", "7701", digits.slice(0, -1), digits.slice(0, -13), `${digits}0000000000000`, `${digits}0`],
      ...[`7702${digits.slice(4)}`, digitsOf(bytes), digitsOf(filled), `7701${"9".repeat(13 * 18)}`],
      ...[digitsOf(Buffer.alloc(90, 1)), digitsOf(Buffer.from([1, 200, ...Buffer.alloc(88)]))],
    ];
    expect(nothing.filter((text) => readConfirmation(text) !== null)).toEqual([]);
    fc.assert(fc.property(fc.stringMatching(/^7701\d{234,299}$/), (text) => void readConfirmation(text)));
  });
});

describe("a confirmation", () => {
  const { request, confirmationDigits: digits } = vectors.cases[0]!;
  const attempt = attemptOf(request);
  const refusalOf = (text: string, of: Attempt | null = attempt) => {
    const read = readConfirmation(text);
    if (read === null) throw new Error("these digits can be read");
    return confirmationRefusal(read, of, isBy(office));
  };

  it("counts for its own attempt alone, once", () => {
    expect(refusalOf(digits)).toBeNull();
    expect(refusalOf(digits, { ...attempt, state: "paid" })).toBe("replayed");
    expect(refusalOf(digits, { ...attempt, state: "abandoned" })).toBe("abandoned");
    expect(refusalOf(digits, null)).toBe("other-till");
    expect(refusalOf(digits, { ...attempt, outTradeNo: "BJ01T01261127143015M" })).toBe("other-till");
    const { carried: _none, ...native } = { ...attempt, kind: "native" as const };
    expect(refusalOf(digits, native)).toBe("other-till");
  });

  it("of another amount or nonce is none, though head office has signed it", () => {
    expect(refusalOf(confirmationDigits({ ...request, amountFen: 2_579 }, office))).toBe("other-amount");
    expect(refusalOf(confirmationDigits({ ...request, nonce: "AAAAAAAAAAAAAAAA" }, office))).toBe("other-amount");
  });

  it("is none where head office has signed something else, or somebody else has signed", () => {
    const ofOther = [
      { ...request, amountFen: 1 },
      { ...request, nonce: "AAAAAAAAAAAAAAAA" },
      { ...request, outTradeNo: "BJ01T01261127143015M" },
    ];
    for (const other of ofOther) {
      expect(refusalOf(confirmationDigits(request, office, confirmationText(other)))).toBe("signature");
    }
    expect(refusalOf(confirmationDigits(request, newSigningKey().privateKey))).toBe("signature");
    const code = codeHashed(request);
    expect(refusalOf(confirmationDigits(request, office, code))).toBe("signature");
  });

  it("is refused by every rule alone: a till without it takes what it must not", () => {
    // Seeded mistakes, each with the word that it would take for payment.
    const bySignatureOf = (change: (read: Confirmation) => Omit<Confirmation, "signature">) => (read: Confirmation) =>
      verify(null, Buffer.from(confirmationSigned(change(read))), createPublicKey(office), read.signature);
    const withoutNonce = (read: Confirmation) =>
      confirmationRefusal(
        { ...read, nonce: request.nonce },
        attempt,
        bySignatureOf(() => read),
      );
    const amountUncovered = (read: Confirmation) =>
      confirmationRefusal(
        read,
        attempt,
        bySignatureOf(() => ({ ...request, amountFen: fen(1) })),
      );
    const ofOldNonce = readConfirmation(confirmationDigits({ ...request, nonce: "AAAAAAAAAAAAAAAA" }, office));
    const forOneFen = readConfirmation(
      confirmationDigits(request, office, confirmationText({ ...request, amountFen: 1 })),
    );
    if (ofOldNonce === null || forOneFen === null) throw new Error("these digits can be read");
    expect([withoutNonce(ofOldNonce), amountUncovered(forOneFen)]).toEqual([null, null]);
    expect([
      confirmationRefusal(ofOldNonce, attempt, isBy(office)),
      confirmationRefusal(forOneFen, attempt, isBy(office)),
    ]).toEqual(["other-amount", "signature"]);
  });
});

describe("a typed code", () => {
  it("is the same eight digits on both sides, whatever is paid", () => {
    fc.assert(
      fc.property(words, fc.uint8Array({ minLength: 32, maxLength: 32 }), (word, key) => {
        expect(codeOf(createHmac("sha256", key).update(codeHashed(word)).digest())).toBe(typedCode(word, key));
      }),
    );
  });

  it("is text: zeros at its beginning are digits like any other, with or without the gap", () => {
    const withZeros = vectors.cases.find(({ code }) => code.startsWith("000"));
    if (withZeros === undefined) throw new Error("one of the vectors has such a code");
    const { code, request } = withZeros;
    expect(codeOf(createHmac("sha256", secret).update(codeHashed(request)).digest())).toBe(code);
    expect([readTypedCode(code), readTypedCode(spacedCode(code)), readTypedCode(` ${code} `)]).toEqual([
      ...[code, code, code],
    ]);
    // As a number these would be it.
    const others = [
      code.replace(/^0+/, ""),
      `+${code.slice(1)}`,
      `${code}.0`,
      `${code}0`,
      "",
      "1e7",
      "１２３４５６７８",
    ];
    expect(others.filter((text) => readTypedCode(text) !== null)).toEqual([]);
  });

  it("is not looked at above a cap, at the cap it is, and after three tries no more", () => {
    const caps = { mostByCodeFen: fen(50_000), mostByCodePerDayFen: fen(200_000) };
    const asked = (amount: number, tries: number, taken: number) =>
      codeRefusal({ amountFen: fen(amount), tries }, fen(taken), caps);
    expect([asked(50_000, 0, 150_000), asked(50_001, 0, 0), asked(50_000, 0, 150_001)]).toEqual([null, "cap", "cap"]);
    expect([asked(1, 2, 0), asked(1, 3, 0), asked(1, 4, 0)]).toEqual([null, "tries", "tries"]);
    expect(asked(1, 0, 200_000)).toBe("cap");
  });
});

describe("bytes as text", () => {
  it("are what Node makes of them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64url");
        expect(base64Url(bytes)).toBe(text);
        expect(bytesOfBase64Url(text)).toEqual(bytes);
        expect(base32(bytes)).toMatch(/^[A-Z2-7]*$/);
      }),
    );
    expect(base32(Buffer.from("foobar"))).toBe("MZXW6YTBOI");
    expect([bytesOfBase64Url("A"), bytesOfBase64Url("AB"), bytesOfBase64Url("A+"), bytesOfBase64Url("AA=")]).toEqual([
      ...[null, null, null, null],
    ]);
    expect(randomBytes(12).toString("base64url")).toHaveLength(16);
  });
});

describe("what head office says of an order", () => {
  it("agrees with a sale once it is paid there, and with a cancellation once nothing is kept", () => {
    const said = ["unknown", "opened", "paid", "sold", "abandoned", "closed", "refunding", "refunded"] as const;
    expect(said.filter((there) => isAgreed("paid", there))).toEqual(["paid", "sold"]);
    expect(said.filter((there) => isAgreed("abandoned", there))).toEqual(["abandoned", "closed", "refunded"]);
  });

  it("leaves an attempt that has ended as it is", () => {
    const states = ["created", "pending", "paid", "abandoned", "failed"] as const;
    expect(states.map((state) => stateRefusal({ state }))).toEqual([null, null, "replayed", "abandoned", "abandoned"]);
  });
});
