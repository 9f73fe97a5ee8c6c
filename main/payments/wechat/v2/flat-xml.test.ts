import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFlatXml, writeFlatXml } from "./flat-xml.ts";
import vectors from "../../../../tests/fixtures/wechatpay.json" with { type: "json" };
import { isSignedV2, signV2 } from "./sign-v2.ts";

describe("flat XML", () => {
  it("reads what the gateway writes: CDATA or text, with space between", () => {
    const text =
      '<?xml version="1.0"?>\n<xml>\n<a><![CDATA[x < y & <b>]]></a>\n<total_fee>1</total_fee><e></e>\n</xml>\n';
    expect(Object.fromEntries(readFlatXml(text) ?? [])).toEqual({ a: "x < y & <b>", total_fee: "1", e: "" });
    expect(readFlatXml("<xml></xml>")?.size).toBe(0);
  });

  it("gives back any text that was written", () => {
    const fields = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/u), fc.string({ maxLength: 60 }));
    fc.assert(
      fc.property(fields, (given) => {
        expect(Object.fromEntries(readFlatXml(writeFlatXml(given)) ?? [["failed", ""]])).toEqual({ ...given });
      }),
    );
  });

  it.each([
    ["a DTD", '<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>1</a></xml>'],
    ["an entity of its own", "<xml><a>&a;</a></xml>"],
    ["a numbered entity", "<xml><a>&#60;</a></xml>"],
    ["an entity without an end", "<xml><a>&amp</a></xml>"],
    ["an inherited name for an entity", "<xml><a>&constructor;</a></xml>"],
    ["a field named twice", "<xml><a>1</a><a>2</a></xml>"],
    ["elements in elements", "<xml><a><b>1</b></a></xml>"],
    ["an attribute", '<xml><a b="1">1</a></xml>'],
    ["a comment", "<xml><!-- x --><a>1</a></xml>"],
    ["text between elements", "<xml><a>1</a>x<b>2</b></xml>"],
    ["another root", "<html><a>1</a></html>"],
    ["two roots", "<xml><a>1</a></xml><xml><a>2</a></xml>"],
    ["a torn end", "<xml><a>1</a></xm"],
    ["nothing", ""],
    ["far too much", `<xml><a>${"x".repeat(70_000)}</a></xml>`],
  ])("with %s is refused whole", (_what, text) => {
    expect(readFlatXml(text)).toBe(null);
  });
});

describe("the sign of v2", () => {
  const [vector] = vectors.v2Sign;
  if (vector === undefined) throw new Error("no vector");
  const pairs = Object.entries(vector.params);

  it("is the published one, in both kinds, in any order of fields", () => {
    expect(signV2(pairs, vector.key, "MD5")).toBe(vector.md5);
    expect(signV2(pairs.toReversed(), vector.key, "HMAC-SHA256")).toBe(vector.hmacSha256);
  });

  it("passes over empty fields and itself, and over nothing else", () => {
    expect(signV2([...pairs, ["attach", ""], ["sign", "x"]], vector.key, "MD5")).toBe(vector.md5);
    expect(signV2([...pairs, ["attach", "x"]], vector.key, "MD5")).not.toBe(vector.md5);
  });

  it("holds for exactly these fields under this key", () => {
    const signed = new Map([...pairs, ["sign", vector.md5] as const]);
    expect(isSignedV2(signed, vector.key, "MD5")).toBe(true);
    expect(isSignedV2(signed, vector.key, "HMAC-SHA256")).toBe(false);
    expect(isSignedV2(signed, vector.key.replace("1", "2"), "MD5")).toBe(false);
    expect(isSignedV2(new Map([...signed, ["body", "tesT"]]), vector.key, "MD5")).toBe(false);
    expect(isSignedV2(new Map(pairs), vector.key, "MD5")).toBe(false);
  });
});
