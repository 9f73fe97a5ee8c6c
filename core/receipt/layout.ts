import type { LayOut, PaperColumns, PrintLine, ReceiptElement, TextStyle } from "./document.ts";
import { fold } from "./fold.ts";
import { displayWidth, printable } from "./width.ts";

/** Narrowest left side worth folding into beside an amount; below it the amount gets a line of its own. */
const narrowestLeft = 8;

/**
 * A receipt on paper of 48 or 32 columns: texts folded by display width, rows with their right side in its column on the
 * first line, rules across. No line is ever wider than the paper, and no text carries a control character.
 */
export const layOut: LayOut = (document, columns) =>
  document.elements.flatMap((element) => layOutElement(element, columns));

function layOutElement(element: ReceiptElement, columns: PaperColumns): readonly PrintLine[] {
  switch (element.kind) {
    case "text": {
      const { align, style } = element;
      return fold(printable(element.text), columnsFor(style, columns)).map((text) => textLine(text, align, style));
    }
    case "row":
      return layOutRow(printable(element.left), printable(element.right).replaceAll("\n", " "), element.style, columns);
    case "rule":
      return [{ kind: "text", text: "-".repeat(columns), align: "left", style: {} }];
    case "blank":
    case "barcode":
    case "qr":
    case "logo":
      return [element];
  }
}

function layOutRow(left: string, right: string, style: TextStyle, columns: PaperColumns): readonly PrintLine[] {
  const width = columnsFor(style, columns);
  const leftWidth = right === "" ? width : width - displayWidth(right) - 1;
  if (leftWidth < narrowestLeft) {
    const below = fold(right, width).map((text) => textLine(text, "right", style));
    return left === "" ? below : [...fold(left, width).map((text) => textLine(text, "left", style)), ...below];
  }
  const [first = "", ...rest] = fold(left, leftWidth);
  const gap = " ".repeat(width - displayWidth(first) - displayWidth(right));
  const firstLine = right === "" ? first : `${first}${gap}${right}`;
  return [firstLine, ...rest].map((text) => textLine(text, "left", style));
}

function columnsFor(style: TextStyle, columns: PaperColumns): number {
  return style.widthTimes === 2 ? columns >> 1 : columns; // both papers have an even number of columns
}

function textLine(text: string, align: "left" | "center" | "right", style: TextStyle): PrintLine {
  return text === "" ? { kind: "blank" } : { kind: "text", text, align, style };
}
