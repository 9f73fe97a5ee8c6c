import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jpegFile, pngFile, webpFile } from "#tests/support/image-files.ts";
import { imageHead } from "./image-head.ts";

const wholeFiles = { png: pngFile(40, 30), jpeg: jpegFile(40, 30), webp: webpFile(40, 30) } as const;
const kinds = Object.entries(wholeFiles);

describe("What a file says of itself", () => {
  it.each(kinds)("is its kind and size where it is whole: %s", (kind, bytes) => {
    expect(imageHead(bytes)).toEqual({ ok: true, value: { kind, width: 40, height: 30 } });
  });

  it("is the canvas of a WebP with more than a picture, and the frame of a lossy one", () => {
    const extended = webpFile(1, 1);
    extended.write("VP8X", 12, "ascii");
    extended.writeUIntLE(1_279, 24, 3);
    extended.writeUIntLE(99_999, 27, 3);
    expect(imageHead(extended)).toEqual({ ok: true, value: { kind: "webp", width: 1_280, height: 100_000 } });
    const lossy = webpFile(1, 1);
    lossy.write("VP8 ", 12, "ascii");
    Buffer.from([0x9d, 0x01, 0x2a, 0x20, 0x43, 0x10, 0x81]).copy(lossy, 23);
    // Two bits of each are how it is to be scaled.
    expect(imageHead(lossy)).toEqual({ ok: true, value: { kind: "webp", width: 0x320, height: 0x110 } });
  });

  it.each(kinds)("is damage wherever the file ends too early: %s", (_kind, bytes) => {
    for (let length = 12; length < bytes.length - 1; length += 1) {
      expect(imageHead(bytes.subarray(0, length))).toEqual({ ok: false, fault: "damaged" });
    }
  });

  it("has the end of a JPEG behind its scan, where cameras put more, and not in its preview", () => {
    expect(imageHead(Buffer.concat([wholeFiles.jpeg, Buffer.alloc(9)])).ok).toBe(true);
    expect(imageHead(wholeFiles.jpeg.subarray(0, -2))).toEqual({ ok: false, fault: "damaged" });
  });

  it("is nothing for other files, whatever they are called", () => {
    for (const text of [
      "",
      "GIF89a, says it",
      "<svg xmlns='http://www.w3.org/2000/svg'/>",
      "BM".padEnd(60, "\u0001"),
    ]) {
      expect(imageHead(Buffer.from(text)).ok).toBe(false);
    }
    expect(imageHead(Buffer.from("%PDF-1.7 and so on and on"))).toEqual({ ok: false, fault: "unknown" });
  });

  it("never throws and never takes long, whatever bytes follow a beginning", () => {
    const beginnings = fc.constantFrom(...kinds.map(([, bytes]) => bytes), Buffer.alloc(0));
    fc.assert(
      fc.property(beginnings, fc.nat(40), fc.uint8Array({ maxLength: 200 }), (whole, kept, rest) => {
        const head = imageHead(Buffer.concat([whole.subarray(0, kept), rest]));
        expect(head.ok || ["unknown", "damaged"].includes(head.fault)).toBe(true);
      }),
    );
  });
});
