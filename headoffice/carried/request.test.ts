import fc from "fast-check";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { base32, payloadOf, sampleRequest } from "#tests/support/carried-request.ts";
import { carriedVectors, vectorTerminalKey } from "#tests/support/carried-vectors.ts";
import { readRequest } from "./request.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const till = { key: "BJ01-T01", privateKey };
const payload = payloadOf(till, sampleRequest);

function bytesOf(text: string): Buffer {
  const bits = [...text]
    .map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

describe("a carried request", () => {
  it("is read as the till wrote it, and is by the till's key alone", () => {
    const request = readRequest(payload);
    expect(request).toMatchObject({ storeCode: "BJ01", terminalId: "T01", ...sampleRequest });
    expect(request?.isBy(publicKey)).toBe(true);
    expect(request?.isBy(generateKeyPairSync("ed25519").publicKey)).toBe(false);
  });

  it.each(carriedVectors.cases)("of the till's own words is read, and is the till's: $request.outTradeNo", (vector) => {
    const { terminalKey, ...said } = vector.request;
    const [storeCode, terminalId] = terminalKey.split("-");
    const { isBy, ...read } = readRequest(vector.payload) ?? expect.fail("it is a request");
    expect(read).toEqual({ storeCode, terminalId, ...said });
    const till = createPublicKey(vectorTerminalKey);
    expect(isBy(till)).toBe(true);
    // The page is opened by the address: what stands behind its /P/ is the payload, of these bytes and no others.
    expect(vector.address).toBe(`${carriedVectors.payUrl.toUpperCase()}/P/${vector.payload}`);
    const bytes = Buffer.from(vector.requestBytes, "hex");
    expect(base32(bytes)).toBe(vector.payload);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect([at, readRequest(base32(changed))?.isBy(till) ?? false]).toEqual([at, false]);
    }
  });

  it("is none with a changed byte, or not by the till any more", () => {
    const bytes = bytesOf(payload);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at);
      expect(readRequest(base32(changed))?.isBy(publicKey) ?? false).toBe(false);
    }
  });

  it.each([
    ["nothing", ""],
    ["small letters", payload.toLowerCase()],
    ["padding", `${payload}=`],
    ["a byte more", base32(Buffer.concat([bytesOf(payload), Buffer.from([0])]))],
    ["a byte less", base32(bytesOf(payload).subarray(0, -1))],
    ["another version", base32(Buffer.concat([Buffer.from([2]), bytesOf(payload).subarray(1)]))],
    ["no amount", payloadOf(till, { ...sampleRequest, amountFen: 0 })],
    ["more than there may be", payloadOf(till, { ...sampleRequest, amountFen: 100_000_001, linesFen: 100_000_001 })],
    ["lines below the amount", payloadOf(till, { ...sampleRequest, linesFen: 1_249 })],
    ["a number in small letters", payloadOf(till, { ...sampleRequest, outTradeNo: "bj01t01260302120000a" })],
    ["a number that is too short", payloadOf(till, { ...sampleRequest, outTradeNo: "BJ01T" })],
    ["no till's name", payloadOf({ ...till, key: "BJ01T01" }, sampleRequest)],
  ])("with %s is none", (_what, text) => {
    expect(readRequest(text)).toBeNull();
  });

  it("has one spelling: bits left over are none", () => {
    const last = payload.slice(-1);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const other = alphabet[alphabet.indexOf(last) ^ 1] ?? "";
    // 117 bytes are 936 bits, and 188 signs are 940: the last sign has four bits of nothing.
    expect(bytesOf(payload).length % 5).not.toBe(0);
    expect(readRequest(payload.slice(0, -1) + other)).toBeNull();
  });

  it("bears any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.uint8Array({ maxLength: 150 }).map(base32)), (text) => {
        expect(readRequest(text)?.isBy(publicKey) ?? false).toBe(false);
      }),
    );
  });
});
