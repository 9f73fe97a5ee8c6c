import { nativeImage } from "electron";
import type { Picture } from "#core/picture/dots.ts";

/** Decodes a PNG or JPEG; null where it is damaged. Whoever asks has looked at how large it says it is. */
export function decodePicture(bytes: Uint8Array): Picture | null {
  const image = nativeImage.createFromBuffer(Buffer.from(bytes));
  if (image.isEmpty()) return null;
  const { width, height } = image.getSize();
  const bitmap = image.toBitmap();
  const rgba = new Uint8Array(width * height * 4);
  // Chromium's own order is blue, green, red, opacity, each colour multiplied by the opacity already.
  for (let at = 0; at + 3 < bitmap.length; at += 4) {
    const opacity = bitmap[at + 3] ?? 0;
    const colour = (byte: number | undefined): number =>
      opacity === 0 ? 255 : Math.min(255, Math.round(((byte ?? 0) * 255) / opacity));
    rgba[at] = colour(bitmap[at + 2]);
    rgba[at + 1] = colour(bitmap[at + 1]);
    rgba[at + 2] = colour(bitmap[at]);
    rgba[at + 3] = opacity;
  }
  return { width, height, rgba };
}
