import type { PaperAlign, PaperElement, PaperText } from "#contract/bench/devices.ts";
import { displayWidth } from "./display-width.ts";

/**
 * What a person reads on the paper, line by line: text lines padded on the left as their alignment has it (widths are
 * `displayWidth` times the magnification, odd centring leans left), blanks at the end of a line dropped, fed lines as
 * empty strings, and the digits under or above a barcode. QR codes, pictures, cuts, pulses and feeds by dots are
 * nothing to read: look for those among the elements.
 */
export function plainLines(elements: readonly PaperElement[], columns: number): string[] {
  return elements.flatMap((element) => {
    switch (element.kind) {
      case "text":
        return [pad(textOf(element), widthOf(element), element.align, columns)];
      case "barcode": {
        const line = pad(element.text, displayWidth(element.text), element.align, columns);
        return { none: [], above: [line], below: [line], both: [line, line] }[element.hri];
      }
      case "feed":
        return element.unit === "lines" ? Array.from({ length: element.count }, () => "") : [];
      case "qr":
      case "raster":
      case "cut":
      case "drawer-pulse":
        return [];
    }
  });
}

function textOf(line: PaperText): string {
  return line.runs.map((run) => run.text).join("");
}

/** Columns the whole line takes, its blanks at the end too: the printer centres those with the rest. */
function widthOf(line: PaperText): number {
  return line.runs.reduce((columns, run) => columns + displayWidth(run.text) * run.widthTimes, 0);
}

function pad(text: string, width: number, align: PaperAlign, columns: number): string {
  const free = Math.max(0, columns - width);
  const left = { left: 0, center: Math.floor(free / 2), right: free }[align];
  return (" ".repeat(left) + text).trimEnd();
}
