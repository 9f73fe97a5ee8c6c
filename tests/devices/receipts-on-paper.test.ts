import { describe, expect, it } from "vitest";
import { productEncode, runReceipts, type Encode } from "#tests/receipts/run-receipts.ts";

/** `npm run receipts -- --count 5000 --seed 1` runs as many as one likes; here enough to notice what was broken since. */
const count = Number(process.env["RECEIPTS"] ?? "200");
const seed = Number(process.env["RECEIPTS_SEED"] ?? "1");

describe("random receipts on every printer profile", () => {
  it(
    "are understood to the last byte, say what they should, fit the paper and can be read back",
    { timeout: 600_000 },
    async () => {
      const { receipts, failed } = await runReceipts({ count, seed });
      expect(failed).toEqual([]);
      expect(receipts).toBe(count);
    },
  );
});

describe("receipts that once came out wrong", () => {
  it.each([
    ["a letter whose accent came after a mark of no width", 2538],
    ["a barcode's text in two lines, one of which could have been typed", 768],
    ["the same on another printer", 3873],
  ])("%s", async (_name, from) => {
    expect((await runReceipts({ count: 1, seed: 1, from })).failed).toEqual([]);
  });
});

/** Mistakes encoders really make, each laid over the product's bytes. Enough receipts for every one to meet its case. */
describe("the check of receipts notices an encoder that", () => {
  it.each<[what: string, sign: RegExp, encode: Encode]>([
    ["counts a QR code's length in UTF-16 units", /QR|reader sees/u, withShortQrLength],
    ["lets ESC through", /drawer pulse|no command|beginning of a line/u, withEscapes],
    ["takes a Chinese character for one column", /wider than the paper|reads|ends at dot|stands/u, withNarrowChinese],
    ["leaves the dots of a picture as they fall", /real-time/u, withBareDots],
    ["cuts in the middle", /cuts at/u, (...job) => Buffer.concat([productEncode(...job), productEncode(...job)])],
  ])("%s", { timeout: 120_000 }, async (_what, sign, encode) => {
    const { failed } = await runReceipts({ count: 60, seed: 7, encode });
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.flatMap((receipt) => receipt.problems).join("\n")).toMatch(sign);
  });
});

function withShortQrLength(...job: Parameters<Encode>): Buffer {
  const bytes = Buffer.from(productEncode(...job));
  // GS ( k pL pH 1 P 0: the length counts three bytes of the function and the data.
  const store = bytes.indexOf(Buffer.from([0x31, 0x50, 0x30]));
  if (store < 5 || bytes[store - 5] !== 0x1d) return bytes;
  const length = bytes.readUInt16LE(store - 2);
  const text = bytes.toString("utf8", store + 3, store + length);
  bytes.writeUInt16LE(text.length + 3, store - 2);
  return bytes;
}

function withEscapes(...[lines, ...rest]: Parameters<Encode>): Buffer {
  const pulse = Buffer.from([0x1b, 0x70, 0x00, 0x19, 0xfa]);
  const marked = lines.map((line) =>
    line.kind === "text" && line.align === "left" ? { ...line, text: `@@@@@${line.text.slice(5)}` } : line,
  );
  let bytes = productEncode(marked, ...rest);
  for (let at = bytes.indexOf("@@@@@"); at >= 0; at = bytes.indexOf("@@@@@")) {
    bytes = Buffer.concat([bytes.subarray(0, at), pulse, bytes.subarray(at + 5)]);
  }
  return bytes;
}

function withNarrowChinese(...[lines, ...rest]: Parameters<Encode>): Buffer {
  // A row's gap as it would be, were every Chinese character one column.
  const widened = lines.map((line) => {
    if (line.kind !== "text") return line;
    const wide = [...line.text].filter((character) => character >= "一" && character <= "龥").length;
    return { ...line, text: line.text.replace(/ {2,}(?=\S+$)/u, (gap) => gap + " ".repeat(wide)) };
  });
  return productEncode(widened, ...rest);
}

function withBareDots(...job: Parameters<Encode>): Buffer {
  return Buffer.from(
    productEncode(...job)
      .toString("latin1")
      .replaceAll("\x18\x14", "\x10\x14")
      .replaceAll("\x18\x04", "\x10\x04"),
    "latin1",
  );
}
