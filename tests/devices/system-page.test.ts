import fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import type { PrintLine } from "#contract/devices/messages.ts";
import { layOut } from "#core/receipt/layout.ts";
import { pagesOf } from "#native/printer/pages-of.ts";
import { Bitmap } from "#native/printer/raster/bitmap.ts";
import { drawReceipt } from "#native/printer/raster/draw-receipt.ts";
import { pngOf } from "#native/printer/raster/png.ts";
import { systemTestSheet } from "#native/printer/system-test-sheet.ts";
import { randomDocument } from "#tests/receipts/random-document.ts";
import { seededRandom } from "#tests/support/random.ts";
import { codesOn, dotsOf } from "./system-printer/printed-page.ts";

const text = (words: string): PrintLine => ({ kind: "text", text: words, align: "left", style: {} });

describe("a receipt as a page", () => {
  it.each([
    [48, 576, 80_000, 4_000],
    [42, 504, 80_000, 8_500],
    [32, 384, 58_000, 5_000],
  ] as const)(
    "of %i columns is %i dots on a roll of %i microns, %i from its edge",
    (columns, widthDots, width, left) => {
      const page = pagesOf([text("a"), { kind: "blank" }], { columns, qr: "native" }, null);
      expect({ ...page, pictures: page.pictures.map(({ heightDots }) => heightDots) }).toEqual({
        ...{ widthMicrons: width, leftMicrons: left, widthDots, pictures: [60] },
        // Sixty dots of 125 microns, and two millimetres of white.
        heightMicrons: 9_500,
      });
      expect(left * 2 + widthDots * 125).toBe(width);
    },
  );

  it("has codes that a camera reads off its dots", async () => {
    for (const columns of [48, 42, 32] as const) {
      const [drawn] = drawReceipt(
        [
          text("某某便利店"),
          { kind: "qr", text: "https://shop.example/r/中文" },
          { kind: "barcode", text: "T01-000042" },
        ],
        { columns, qr: "native" },
      );
      const codes = await codesOn(dotsOf(pngOf(drawn ?? new Bitmap(8, 1))));
      expect(codes).toEqual(["https://shop.example/r/中文", "T01-000042"]);
    }
  });

  it("has a test sheet whose rulers end at the last dot of the head", async () => {
    for (const columns of [48, 42, 32] as const) {
      const [page] = drawReceipt(systemTestSheet(columns), { columns, qr: "native" });
      const dots = dotsOf(pngOf(page ?? new Bitmap(8, 1)));
      const lastCell = (columns - 1) * 12;
      let ink = 0;
      for (let y = 0; y < dots.height; y += 1) {
        for (let x = lastCell; x < columns * 12; x += 1) if (dots.isBlack(x, y)) ink += 1;
      }
      expect(ink).toBeGreaterThan(20);
      expect(await codesOn(dots)).toEqual(["TILLWAY TEST", "TILLWAY-12"]);
    }
  });

  it("leaves QR codes out where the shop wants none, and has the logo where there is one", () => {
    const lines: readonly PrintLine[] = [{ kind: "logo" }, { kind: "qr", text: "x" }];
    const logo = new Bitmap(16, 3);
    logo.blackenBox(0, 0, 16, 3);
    const [bare] = drawReceipt(lines, { columns: 48, qr: "none" });
    const [page] = drawReceipt(lines, { columns: 48, qr: "none" }, logo);
    expect([bare?.heightDots, page?.heightDots]).toEqual([1, 3]);
    // In the middle: 280 dots of white on either side.
    expect(page?.bits.subarray(0, 72).toString("hex")).toBe(`${"00".repeat(35)}ffff${"00".repeat(35)}`);
  });

  it("prints a number that is no barcode as it reads, and no control character at all", () => {
    const [plain] = drawReceipt([{ kind: "barcode", text: "编号 7" }], { columns: 48, qr: "native" });
    const [centred] = drawReceipt([{ ...text("编号 7"), align: "center" } as PrintLine], { columns: 48, qr: "native" });
    expect(plain?.bits.equals(centred?.bits ?? Buffer.alloc(0))).toBe(true);
    const [clean] = drawReceipt([text("x")], { columns: 48, qr: "native" });
    const [dirty] = drawReceipt([text("\u001bx\u0007\u202e")], { columns: 48, qr: "native" });
    expect(dirty?.bits.equals(clean?.bits ?? Buffer.alloc(0))).toBe(true);
  });

  it("that is longer than two metres goes on with a second sheet, and no line is lost or cut", () => {
    const lines = Array.from({ length: 1_200 }, (_, index) => text(`line ${index}`));
    const { pictures, heightMicrons } = pagesOf(lines, { columns: 48, qr: "native" }, null);
    expect(pictures.map(({ heightDots }) => heightDots)).toEqual([15_990, 15_990, 4_020]);
    expect(heightMicrons).toBe(15_990 * 125 + 2_000);
  });

  it("holds every line of whatever a shop words, laid out for this or any other paper", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.constantFrom(48, 42, 32),
        fc.constantFrom(48, 42, 32),
        (seed, from, to) => {
          const lines = layOut(randomDocument(seededRandom(seed)), from);
          const pages = drawReceipt(lines, { columns: to, qr: "native" });
          const height = pages.reduce((sum, { heightDots }) => sum + heightDots, 0);
          const texts = lines.filter(({ kind }) => kind === "text" || kind === "blank").length;
          expect(height).toBeGreaterThanOrEqual(Math.max(1, texts * 30));
          expect(pages.every(({ rowBytes }) => rowBytes === Math.ceil((to * 12) / 8))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a picture as PNG", () => {
  it("has every dot where it was, read by another decoder", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 20 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        (wide, high, bytes) => {
          const picture = new Bitmap(wide * 8, high);
          for (let at = 0; at < picture.bits.length; at += 1) picture.bits[at] = bytes.next().value ?? 0;
          const read = PNG.sync.read(pngOf(picture));
          expect([read.width, read.height]).toEqual([wide * 8, high]);
          for (let y = 0; y < high; y += 1) {
            for (let x = 0; x < wide * 8; x += 1) {
              const isBlack = ((picture.bits[y * wide + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
              expect(read.data[(y * wide * 8 + x) * 4]).toBe(isBlack ? 0 : 255);
            }
          }
        },
      ),
    );
  });
});
