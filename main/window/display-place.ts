import { screen, type Rectangle } from "electron";

export interface DisplayPlace {
  readonly bounds: Rectangle;
  readonly isFullScreen: boolean;
}

/** Where the customer display goes: where it was told to, else the whole second screen, else a plain window. */
export function placeDisplay(told: Rectangle | null): DisplayPlace {
  if (told !== null) return { bounds: told, isFullScreen: false };
  const primary = screen.getPrimaryDisplay();
  const second = screen.getAllDisplays().find((display) => display.id !== primary.id);
  if (second !== undefined) return { bounds: second.bounds, isFullScreen: true };
  return {
    bounds: { x: primary.workArea.x + 40, y: primary.workArea.y + 40, width: 1024, height: 600 },
    isFullScreen: false,
  };
}

/** Parses `--display-at=x,y,width,height`; null when it is absent or not four whole numbers. */
export function parsePlace(text: string | null): Rectangle | null {
  const numbers = text?.split(",").map(Number) ?? [];
  const [x, y, width, height] = numbers;
  if (x === undefined || y === undefined || width === undefined || height === undefined) return null;
  return numbers.every(Number.isInteger) && width > 0 && height > 0 ? { x, y, width, height } : null;
}
