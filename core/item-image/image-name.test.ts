import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageFileName, imageNameOfPath, imagePath, isImageName } from "./image-name.ts";

const name = "0123456789abcdef".repeat(4);
const digit = fc.constantFrom(..."0123456789abcdef");
/** What ways out of a folder are made of. */
const piece = fc.constantFrom("..", "/", "\\", "%2e", "%2f", "\0", ".webp", name);
const anyName = fc.array(digit, { minLength: 64, maxLength: 64 }).map((digits) => digits.join(""));

describe("The path of an item's image", () => {
  it("leads back to its name, whatever the name is", () => {
    fc.assert(fc.property(anyName, (any) => imageNameOfPath(imagePath(any)) === any));
  });

  it.each([
    "/item-image/",
    "/item-image/..",
    `/item-image/../${name}`,
    `/item-image/${name}/..`,
    `/item-image/${name}/`,
    `/item-image/${name}.webp`,
    `/item-image/${name.toUpperCase()}`,
    `/item-image/${name.slice(1)}`,
    `/item-image/${name}0`,
    `/item-image//${name}`,
    `/item-image/${name}\n`,
    `/item-image/%2e%2e%2f${name.slice(9)}`,
    `/item-image/..\\..\\${name.slice(6)}`,
    `/item-image/${name.slice(1)}\0`,
    `/other/item-image/${name}`,
    `item-image/${name}`,
    `//item-image/${name}`,
    "/index.html",
    "",
  ])("is nothing else: %j", (path) => {
    expect(imageNameOfPath(path)).toBeNull();
  });

  it("never gives a text that could leave a folder, whatever is asked for", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: piece }), anyName), (rest) => {
        const found = imageNameOfPath(`/item-image/${rest}`);
        expect(found === null || (found === rest && isImageName(found))).toBe(true);
        if (found !== null) expect(imageFileName(found)).toMatch(/^[0-9a-f]{64}\.webp$/);
      }),
    );
  });
});
