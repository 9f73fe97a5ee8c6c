import { BrowserWindow, type Display, screen } from "electron";
import type { ScreenView } from "#contract/ipc/settings-intents.ts";

/** Long enough to look at each screen once. */
const shownMs = 4_000;
const cardPx = 280;

/** The screens of this machine, the main one first, then as they hang from left to right. */
export function machineScreens(): readonly ScreenView[] {
  return inOrder().map(({ id, size }, index) => ({
    ...{ id, number: index + 1, widthPx: size.width, heightPx: size.height },
    isMain: index === 0,
  }));
}

export function screenOf(id: number | null): Display | null {
  return screen.getAllDisplays().find((one) => one.id === id) ?? null;
}

/** Its number in the middle of each screen, over everything, for a few seconds; nothing below it loses the focus. */
export function identifyScreens(): void {
  for (const [index, { workArea }] of inOrder().entries()) {
    const card = new BrowserWindow({
      x: workArea.x + Math.round((workArea.width - cardPx) / 2),
      y: workArea.y + Math.round((workArea.height - cardPx) / 2),
      ...{ width: cardPx, height: cardPx, frame: false, resizable: false, focusable: false, skipTaskbar: true },
      ...{ alwaysOnTop: true, show: false, webPreferences: { sandbox: true, javascript: false } },
    });
    card.once("ready-to-show", () => card.showInactive());
    void card.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(cardPage(index + 1))}`);
    setTimeout(() => {
      if (!card.isDestroyed()) card.destroy();
    }, shownMs);
  }
}

function cardPage(number: number): string {
  const style = `margin:0;height:100vh;display:grid;place-items:center;background:#0b6b66;color:#fff;font:700 180px sans-serif`;
  return `<!doctype html><title>${number}</title><body style="${style}">${number}</body>`;
}

function inOrder(): readonly Display[] {
  const main = screen.getPrimaryDisplay().id;
  return screen
    .getAllDisplays()
    .toSorted(
      (a, b) => Number(b.id === main) - Number(a.id === main) || a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y,
    );
}
