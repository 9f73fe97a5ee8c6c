import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleSale } from "#bench/support/sample-sale.ts";
import { bodyDictionary } from "./body-dictionary.ts";
import { bodyAt, packBodies, placesOf, unpackBodies } from "./packed-bodies.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const sale = JSON.stringify(sampleSale({ saleId: "019ac4a1", saleNumber: "T01-000001", lineCount: 5 }));

describe("packed bodies", () => {
  it("come back as the texts they were, each from its place", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.json(), fc.constant(sale));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
        const bodies = texts.map(utf8);
        const unpacked = unpackBodies(packBodies(bodies));
        expect(placesOf(bodies).map((place) => bodyAt(unpacked, place))).toEqual(texts);
      }),
    );
  });

  it("take a fourth of a sale's bytes or less", () => {
    expect(packBodies([utf8(sale)]).length).toBeLessThan(utf8(sale).length / 4);
  });

  it("are not read where they were cut", () => {
    const packed = packBodies([utf8(sale)]);
    expect(() => unpackBodies(packed.subarray(0, 50))).toThrow();
  });

  it("are read with the dictionary they were packed with, and with no other: it is never changed", () => {
    const digest = createHash("sha256").update(bodyDictionary).digest("hex");
    expect(digest).toBe("943f801e16658a99e0465cecaa54d362337d10a23f0031b41ebd933c5c5504eb");
  });
});
