import { describe, expect, it } from "vitest";
import { mostImageFileBytes, mostKeptImageBytes } from "#core/item-image/image-limits.ts";
import { emptyPng, jpegFile, pngFile, shrinkWithoutPage, webpFile } from "#tests/support/image-files.ts";
import { takeImage } from "./take-image.ts";

const nobodyDecodes = () => Promise.reject(new Error("this must not be decoded"));

describe("A file somebody chose as an item's image", () => {
  it.each([
    ["png", pngFile(300, 200)],
    ["jpeg", jpegFile(4_000, 3_000)],
    ["webp", webpFile(900, 900)],
  ])("becomes what the page makes of it: %s", async (_kind, bytes) => {
    expect(await takeImage(bytes, shrinkWithoutPage)).toEqual({
      ok: true,
      value: await shrinkWithoutPage(bytes, "png"),
    });
  });

  it.each([
    ["image-file-too-large", new Uint8Array(mostImageFileBytes + 1)],
    ["image-not-a-picture", Buffer.from("一份清单, not a picture at all")],
    ["image-not-a-picture", new Uint8Array(0)],
    [
      "image-not-a-picture",
      Buffer.concat([Buffer.from("BM"), Buffer.alloc(12), Buffer.from([40]), Buffer.alloc(60, 1)]),
    ],
    ["image-damaged", pngFile(300, 200).subarray(0, 500)],
    ["image-damaged", jpegFile(300, 200).subarray(0, -2)],
    ["image-too-many-pixels", emptyPng(10_001, 1)],
    ["image-too-many-pixels", emptyPng(9_000, 9_000)],
    ["image-too-many-pixels", webpFile(16_384, 16_384)],
  ] as const)("is refused as %s before anything decodes it", async (fault, bytes) => {
    expect(await takeImage(bytes, nobodyDecodes)).toEqual({ ok: false, fault });
  });

  it.each([
    ["nothing", null],
    ["something else", Buffer.from("<script>")],
    ["a picture of another kind", pngFile(10, 10)],
    ["too large a picture", webpFile(257, 10)],
    ["too many bytes", webpFile(10, 10, new Uint8Array(mostKeptImageBytes))],
  ])("is damaged where the page that decodes it answers %s", async (_what, made) => {
    expect(await takeImage(pngFile(30, 20), () => Promise.resolve(made))).toEqual({
      ok: false,
      fault: "image-damaged",
    });
  });
});
