import { createHash } from "node:crypto";
import { mostLogoRows, type Picture, type Shades, shadesOf } from "#core/picture/dots.ts";
import { pictureHead } from "#core/picture/picture-head.ts";
import { readBmp } from "#core/picture/read-bmp.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { LogoFault } from "#main/till/ports/till-settings.ts";
import { greyPng } from "./grey-png.ts";

/** A logo's file; larger ones are photographs. Bytes. */
export const mostLogoBytes = 2_097_152;
/** Pixels a side: four times the widest head, which is more than any dithering shows. */
export const mostLogoPixels = 2_304;
/** The widest paper: what is narrower is scaled down from it. */
const widestDots = 576;

/** Decodes a PNG or JPEG whose head was looked at; null where the rest of it is damaged. */
export type DecodePicture = (bytes: Uint8Array) => Picture | null;

export interface TakenLogo {
  /** What is kept: grey, no larger than the widest paper takes. */
  readonly png: Buffer;
  /** Named after its content, so that another logo is another file. */
  readonly file: string;
  readonly shades: Shades;
}

/** A file that somebody chose as the shop's logo, made what the till keeps, or why it cannot be one. */
export function takeLogo(bytes: Uint8Array, decode: DecodePicture): Result<TakenLogo, LogoFault> {
  if (bytes.length > mostLogoBytes) return fail("logo-file-too-large");
  const head = pictureHead(bytes);
  if (!head.ok) return fail(head.fault === "unknown" ? "logo-not-a-picture" : "logo-damaged");
  const { kind, width, height } = head.value;
  if (Math.max(width, height) > mostLogoPixels) return fail("logo-too-many-pixels");
  const picture = kind === "bmp" ? bitmapOf(bytes) : decode(bytes);
  if (picture === null) return fail("logo-damaged");
  const shades = shadesOf(picture, widestDots, mostLogoRows);
  // White on white, such as a white logo made for dark pages: nobody would see it on paper.
  if (shades.values.every((shade) => shade > 250)) return fail("logo-blank");
  const png = greyPng(shades);
  const name = createHash("sha256").update(png).digest("hex").slice(0, 16);
  return ok({ png, file: `logo-${name}.png`, shades });
}

function bitmapOf(bytes: Uint8Array): Picture | null {
  const read = readBmp(bytes, mostLogoPixels * mostLogoPixels);
  return read.ok ? read.value : null;
}
