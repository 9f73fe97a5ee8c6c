import type { CSSProperties } from "react";

/** Width and height in dots of the print head, for paper.css to turn into lengths on the screen. */
export function dotSize(wideDots: number, highDots: number): CSSProperties {
  // React passes custom properties through; its types know none of them.
  return { "--paper-wide": wideDots, "--paper-high": highDots } as CSSProperties;
}
