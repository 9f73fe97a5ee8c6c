import { useMemo } from "react";
import type { PaperElement } from "#contract/bench/devices.ts";
import { dotSize } from "./dots.ts";

type Raster = Extract<PaperElement, { kind: "raster" }>;

/** A picture sent to the printer bit by bit, drawn as runs of black dots. */
export function PaperRaster({ raster, columns }: { readonly raster: Raster; readonly columns: 48 | 42 | 32 }) {
  const path = useMemo(() => runsOf(raster), [raster]);
  const widthDots = raster.widthDots * raster.widthTimes;
  const heightDots = raster.heightDots * raster.heightTimes;
  const wideDots = Math.min(widthDots, columns * 12);
  return (
    <div className={`paper-code paper-${raster.align}`}>
      <span className="paper-box" style={dotSize(wideDots, heightDots)}>
        <svg
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an inline drawing is no <img>
          role="img"
          aria-label={`${raster.widthDots} × ${raster.heightDots}`}
          viewBox={`0 0 ${raster.widthDots} ${raster.heightDots}`}
          preserveAspectRatio="none"
          shapeRendering="crispEdges"
        >
          <path d={path} fill="#000" />
        </svg>
      </span>
    </div>
  );
}

/** Horizontal runs of black, one `M x y h n v 1 h -n z` each. */
function runsOf(raster: Raster): string {
  const bytes = Uint8Array.from(atob(raster.bitsBase64), (character) => character.charCodeAt(0));
  const bytesPerRow = Math.ceil(raster.widthDots / 8);
  const isBlack = (x: number, y: number): boolean =>
    (((bytes[y * bytesPerRow + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;
  const parts: string[] = [];
  for (let y = 0; y < raster.heightDots; y += 1) {
    let from = -1;
    for (let x = 0; x <= raster.widthDots; x += 1) {
      const black = x < raster.widthDots && isBlack(x, y);
      if (black && from < 0) from = x;
      if (!black && from >= 0) {
        parts.push(`M${from} ${y}h${x - from}v1h${from - x}z`);
        from = -1;
      }
    }
  }
  return parts.join("");
}
