import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleSale } from "#bench/support/sample-sale.ts";
import { bodyDictionary } from "./body-dictionary.ts";
import { bodyText, packBodies } from "./packed-body.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const sale = JSON.stringify(sampleSale({ saleId: "019ac4a1", saleNumber: "T01-000001", lineCount: 5 }));

describe("a packed body", () => {
  it("comes back as the text it was, in its place", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.json(), fc.constant(sale));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
        expect(packBodies(texts.map(utf8)).map(bodyText)).toEqual(texts);
      }),
    );
  });

  it("of a sale takes a fourth of its bytes or less", () => {
    const [packed] = packBodies([utf8(sale)]);
    expect(packed?.packing).toBe(1);
    expect(packed?.bytes.length).toBeLessThan(utf8(sale).length / 4);
  });

  it("lies as it came where packing gains nothing", () => {
    const digests = ["a", "b", "c", "d", "e"].map((seed) => createHash("sha512").update(seed).digest());
    const noise = new Uint8Array(Buffer.concat(digests));
    expect(packBodies([utf8("{}"), noise]).map(({ packing }) => packing)).toEqual([0, 0]);
  });

  it("shares one buffer with the others of its upload", () => {
    const packed = packBodies([sale, "{}", sale].map(utf8));
    expect(new Set(packed.map(({ bytes }) => bytes.buffer)).size).toBe(1);
    expect(packed[0]?.bytes.buffer.byteLength).toBe(packed.reduce((sum, { bytes }) => sum + bytes.length, 0));
  });

  it("is not read where it was cut, or packed as nobody here packs", () => {
    const [packed] = packBodies([utf8(sale)]);
    if (packed === undefined) throw new Error("one body");
    expect(() => bodyText({ ...packed, bytes: packed.bytes.subarray(0, 50) })).toThrow();
    expect(() => bodyText({ ...packed, packing: 2 })).toThrow("a packing of this version");
  });

  it("is read with the dictionary of the day it was packed: another one needs another packing", () => {
    expect(createHash("sha256").update(bodyDictionary).digest("hex")).toBe(
      "943f801e16658a99e0465cecaa54d362337d10a23f0031b41ebd933c5c5504eb",
    );
  });
});
