import type { PrintPages } from "#contract/devices/print-page.ts";
import { micronsPerDot } from "#contract/devices/print-page.ts";

/**
 * The page that is printed: nothing but the pictures, each on a sheet of its own and in its true size, so that a head of
 * eight dots a millimetre has one dot for each. `{{csp-nonce}}` is filled in by whoever serves it.
 *
 * The size of the sheet is Electron's `pageSize` alone: named here as well, Chromium would fit the one into the other and
 * scale by what it rounded. The pictures are scaled by `transform`, because boxes are moved to whole pixels of 1/96 inch,
 * two dots wide.
 */
export function pageHtml({ leftMicrons, widthDots, pictures }: PrintPages): string {
  const boxes = pictures.map(
    ({ heightDots }, index) => `#b${index}{height:${mm(heightDots * micronsPerDot)}}#p${index}{height:${heightDots}px}`,
  );
  const images = pictures.map(
    ({ png }, index) =>
      `<div id="b${index}"><img id="p${index}" alt="" src="data:image/png;base64,${base64Only(png)}"></div>`,
  );
  return [
    '<!doctype html><meta charset="utf-8"><title>Tillway</title><style nonce="{{csp-nonce}}">',
    "@page{margin:0}html,body{margin:0;background:#fff}",
    // What overflows a page of its own would become another page.
    "div{position:relative;overflow:hidden;break-inside:avoid}div+div{break-before:page}",
    `img{position:absolute;left:0;top:0;width:${widthDots}px;image-rendering:pixelated;transform-origin:0 0;`,
    `transform:translateX(${mm(leftMicrons)}) scale(${pixelsPerDot})}`,
    ...boxes,
    `</style>${images.join("")}`,
  ].join("");
}

/** CSS has 96 pixels an inch of 25,400 microns. */
const pixelsPerDot = (micronsPerDot * 96) / 25_400;

/** Microns as CSS millimetres, exactly: no more than three digits after the point. */
function mm(microns: number): string {
  const digits = String(microns).padStart(4, "0");
  return `${digits.slice(0, -3)}.${digits.slice(-3)}mm`;
}

/** The pictures come from another process of ours; a page is no place to find out that they do not. */
function base64Only(text: string): string {
  return text.replace(/[^A-Za-z0-9+/=]/g, "");
}
