import { divideHalfUp, scaleHalfUp } from "#core/money/rounding.ts";

/** On paper a logo is 40 mm high at most: a taller picture is a poster, and every customer waits for it. Dots. */
export const mostLogoRows = 320;

/** Pixels from the top left, four bytes each: red, green, blue, and how opaque they are. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Shades of grey, 0 black to 255 white, rows from the top. */
export interface Shades {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array;
}

/** A picture as a print head takes it: rows of whole bytes, the highest bit leftmost, 1 is black. */
export interface Dots {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bits: Uint8Array;
}

/**
 * The picture in grey, scaled down to what fits, never up: each shade is the mean of the pixels under it, transparent ones
 * counting as the white of the paper. `mostWide` and `mostHigh` are in dots, at least 1.
 */
export function shadesOf(picture: Picture, mostWide: number, mostHigh: number): Shades {
  const { width, height } = fitted(picture, mostWide, mostHigh);
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const top = scaleHalfUp(y, picture.height, height);
    const bottom = Math.max(scaleHalfUp(y + 1, picture.height, height), top + 1);
    for (let x = 0; x < width; x += 1) {
      const left = scaleHalfUp(x, picture.width, width);
      const right = Math.max(scaleHalfUp(x + 1, picture.width, width), left + 1);
      values[y * width + x] = meanOf(picture, { left, top, right, bottom });
    }
  }
  return { width, height, values };
}

/**
 * Floyd and Steinberg's dithering: what a dot is too dark or too light is shared among those not drawn yet (7, 3, 5 and 1
 * of 16). A picture that is black and white already stays as it is.
 */
export function dithered({ width, height, values }: Shades): Dots {
  const rowBytes = (width + 7) >> 3;
  const bits = new Uint8Array(rowBytes * height);
  const shades = Int32Array.from(values);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = shades[y * width + x] ?? 255;
      const isBlack = shade < 128;
      if (isBlack) bits[y * rowBytes + (x >> 3)] = (bits[y * rowBytes + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
      const rest = shade - (isBlack ? 0 : 255);
      if (rest === 0) continue;
      const share = (dx: number, dy: number, parts: number): void => {
        if (x + dx < 0 || x + dx >= width || y + dy >= height) return;
        const at = (y + dy) * width + x + dx;
        shades[at] = (shades[at] ?? 0) + ((rest * parts) >> 4);
      };
      share(1, 0, 7);
      share(-1, 1, 3);
      share(0, 1, 5);
      share(1, 1, 1);
    }
  }
  return { widthDots: width, heightDots: height, bits };
}

/** Sides that keep the picture's proportions within the bounds. */
function fitted({ width, height }: Picture, mostWide: number, mostHigh: number): { width: number; height: number } {
  if (width <= mostWide && height <= mostHigh) return { width, height };
  return width * mostHigh >= height * mostWide
    ? { width: mostWide, height: Math.max(1, scaleHalfUp(height, mostWide, width)) }
    : { width: Math.max(1, scaleHalfUp(width, mostHigh, height)), height: mostHigh };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function meanOf({ width, height, rgba }: Picture, box: Box): number {
  let sum = 0;
  let count = 0;
  for (let y = box.top; y < Math.min(box.bottom, height); y += 1) {
    for (let x = box.left; x < Math.min(box.right, width); x += 1) {
      const at = (y * width + x) * 4;
      // Rec. 601, what the eye makes of colours, in 256ths; then over white by the pixel's opacity, in 255ths.
      const shade = (77 * (rgba[at] ?? 0) + 150 * (rgba[at + 1] ?? 0) + 29 * (rgba[at + 2] ?? 0)) >> 8;
      sum += 255 * 255 + (shade - 255) * (rgba[at + 3] ?? 0);
      count += 255;
    }
  }
  return count === 0 ? 255 : divideHalfUp(sum, count);
}
