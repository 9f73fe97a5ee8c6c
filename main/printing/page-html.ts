import type { PrintPages } from "#contract/devices/print-page.ts";
import { micronsPerDot } from "#contract/devices/print-page.ts";

/**
 * The page that is printed: nothing but the pictures, each on a sheet of its own and in its true size, so that a driver
 * of eight dots a millimetre has a dot of the head for every dot. `{{csp-nonce}}` is filled in by whoever serves it.
 */
export function pageHtml(pages: PrintPages): string {
  const { widthMicrons, heightMicrons, leftMicrons, widthDots, pictures } = pages;
  const sizes = pictures.map(({ heightDots }, index) => `#p${index}{height:${mm(heightDots * micronsPerDot)}}`);
  const images = pictures.map(
    ({ png }, index) => `<div><img id="p${index}" alt="" src="data:image/png;base64,${base64Only(png)}"></div>`,
  );
  return [
    '<!doctype html><meta charset="utf-8"><title>Tillway</title><style nonce="{{csp-nonce}}">',
    `@page{size:${mm(widthMicrons)} ${mm(heightMicrons)};margin:0}`,
    "html,body{margin:0;background:#fff}",
    "div{break-inside:avoid}div+div{break-before:page}",
    `img{display:block;margin-left:${mm(leftMicrons)};width:${mm(widthDots * micronsPerDot)};image-rendering:pixelated}`,
    ...sizes,
    `</style>${images.join("")}`,
  ].join("");
}

/** Microns as CSS millimetres, exactly: no more than three digits after the point. */
function mm(microns: number): string {
  const digits = String(microns).padStart(4, "0");
  return `${digits.slice(0, -3)}.${digits.slice(-3)}mm`;
}

/** The pictures come from another process of ours; a page is no place to find out that they do not. */
function base64Only(text: string): string {
  return text.replace(/[^A-Za-z0-9+/=]/g, "");
}
