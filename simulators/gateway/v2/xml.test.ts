import fc from "fast-check";
import { expect, it } from "vitest";
import { readXml, writeXml } from "./xml.ts";

function read(text: string) {
  const found = readXml(Buffer.from(text));
  return found === null ? null : Object.fromEntries(found);
}

const name = fc.stringMatching(/^[a-z_]{1,12}$/);
/** XML has no NUL and friends, and a CDATA cannot hold its own end. */
const value = fc
  .string({ unit: "grapheme", maxLength: 40 })
  .filter((text) => text.isWellFormed() && !text.includes("]]>") && !/<!DOCTYPE|<!ENTITY/i.test(text));

it("reads what it writes, whatever the fields say", () => {
  fc.assert(
    fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (fields) => {
      expect(read(writeXml(fields))).toEqual(fields);
    }),
  );
});

it.each([
  ['<?xml version="1.0"?>\n<xml>\n <a>1</a>\n <b><![CDATA[<2>]]></b>\n</xml>\n', { a: "1", b: "<2>" }],
  ["<xml><a>&lt;&amp;&#20013;&#x4e2d;&quot;</a></xml>", { a: '<&中中"' }],
  ["<xml><a></a></xml>", { a: "" }],
  ["<xml></xml>", {}],
])("reads %s", (text, fields) => {
  expect(read(text)).toEqual(fields);
});

it.each([
  "",
  "<xml>",
  "<xml><a>1</xml>",
  "<xml><a>1</b></xml>",
  "<xml>text<a>1</a></xml>",
  '<xml><a type="x">1</a></xml>',
  "<xml><a><b>1</b></a></xml>",
  "<xml><a>&undefined;</a></xml>",
  "<xml><a>&amp</a></xml>",
  "<xml><a>&#x110000;</a></xml>",
  "<xml><!-- note --><a>1</a></xml>",
  "<!DOCTYPE xml><xml><a>1</a></xml>",
  "<xml><a>1</a></xml><xml><a>2</a></xml>",
])("refuses %s", (text) => {
  expect(read(text)).toBeNull();
});

it("refuses bytes that are no UTF-8", () => {
  expect(readXml(Buffer.from([0x3c, 0x78, 0x6d, 0x6c, 0x3e, 0xff]))).toBeNull();
});
