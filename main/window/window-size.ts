import type { Rectangle } from "electron";

/**
 * The cashier's window: all of the work area. On Linux an even number of pixels, and at least one fewer than there are:
 * Chromium makes a window that is as large as its screen one pixel smaller, and a window of an odd size is drawn through a
 * filter, pixel by pixel, two to three times as slow where the processor draws.
 */
export function sizeOn(workArea: Pick<Rectangle, "width" | "height">, platform: NodeJS.Platform) {
  const { width, height } = workArea;
  if (platform !== "linux") return { width, height };
  const even = (pixels: number): number => pixels - 2 + (pixels % 2);
  return { width: even(width), height: even(height) };
}
