import { createPublicKey, verify } from "node:crypto";
import { confirmationSigned, readConfirmation } from "#core/carried/confirmation.ts";
import { readTypedCode, spacedCode } from "#core/carried/typed-code.ts";
import { assert } from "#core/result.ts";
import { type CarriedRequest, readRequest } from "#headoffice/carried/request.ts";
import { base32 } from "#tests/support/carried-request.ts";
import { carriedVectors, vectorOfficeKey, vectorTerminalKey } from "#tests/support/carried-vectors.ts";
import { digitsOf } from "#tests/support/carried-words.ts";
import type { FuzzParser } from "../parser.ts";

const { cases } = carriedVectors;
const terminal = createPublicKey(vectorTerminalKey);
const office = createPublicKey(vectorOfficeKey);
const payloads = new Set(cases.map(({ payload }) => payload));
const digits = new Set(cases.map(({ confirmationDigits }) => confirmationDigits));
const signatureBytes = 64;

export const carriedRequest: FuzzParser = {
  name: "carried-request",
  reads: "a till's request in the address that a phone opens (headoffice/carried/request)",
  seeds: () => [...payloads].map((payload) => Buffer.from(payload)),
  words: ["AEEEESRQ", "AAAA", "7777", "=", "a", "1", "/P/"],
  mostBytes: 512,
  read(input) {
    const text = Buffer.from(input).toString();
    const request = readRequest(text);
    if (request === null) return { isTaken: false, told: null };
    const bytes = base32Bytes(text);
    const said = bytesSaid(request);
    assert(base32(bytes) === text, "a request has one spelling");
    assert(bytes.length === said.length + signatureBytes, "nothing stands between what is said and its signature");
    assert(said.equals(bytes.subarray(0, said.length)), "a request says what its bytes say");
    const isBy = request.isBy(terminal);
    assert(isBy === payloads.has(text), "the till has signed its own requests and no other");
    const { isBy: _judge, ...told } = request;
    return { isTaken: true, told: { ...told, isBy } };
  },
};

export const carriedProof: FuzzParser = {
  name: "carried-proof",
  reads: "head office's word of a payment, as digits that are scanned and as a code that is typed (core/carried)",
  seeds: () => [
    ...[...digits].map((text) => Buffer.from(text)),
    ...cases.flatMap(({ code }) => [Buffer.from(code), Buffer.from(spacedCode(code))]),
  ],
  words: ["7701", "0000000000000", "1099511627775", "1099511627776", " ", "-", "\u3000", "\uff11", "+"],
  mostBytes: 512,
  read(input) {
    const text = Buffer.from(input).toString();
    const word = readConfirmation(text);
    const code = readTypedCode(text);
    assert(word === null || code === null, "nothing is both a confirmation and a code");
    if (code !== null) {
      assert(/^\d{8}$/.test(code) && readTypedCode(spacedCode(code)) === code, "a code is itself with its gap");
      assert([...text].filter((sign) => !/[\s-]/u.test(sign)).join("") === code, "a code is what was typed");
    }
    if (word === null) return { isTaken: code !== null, told: code };
    const { outTradeNo, amountFen, nonce, signature } = word;
    const head = [Buffer.from([1]), sized(outTradeNo), bigEndian(amountFen, 4)];
    const written = digitsOf(Buffer.concat([...head, Buffer.from(nonce, "base64url"), signature]));
    assert(written === text, "a confirmation has one spelling");
    const isByOffice = verify(null, Buffer.from(confirmationSigned(word)), office, signature);
    assert(isByOffice === digits.has(text), "head office has signed its own words and no other");
    return { isTaken: true, told: { ...word, isByOffice } };
  },
};

/** What stands before the signature, written from docs/CARRIED.md alone. */
function bytesSaid(request: CarriedRequest): Buffer {
  const { storeCode, terminalId, outTradeNo, amountFen, linesFen, lineCount, nonce, secretId } = request;
  return Buffer.concat([
    ...[Buffer.from([1]), sized(`${storeCode}-${terminalId}`), sized(outTradeNo)],
    ...[bigEndian(amountFen, 4), bigEndian(linesFen, 4), bigEndian(lineCount, 2)],
    ...[Buffer.from(nonce, "base64url"), Buffer.from(secretId, "base64url")],
  ]);
}

function sized(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, "latin1")]);
}

function bigEndian(value: number, size: 2 | 4): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
}

function base32Bytes(text: string): Buffer {
  const signs = [...text].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign));
  const bits = signs.map((value) => value.toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
