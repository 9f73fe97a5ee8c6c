import type { BrowserWindow } from "electron";
import type { ScreensSetting, ShopSettings } from "#contract/config/shop-settings.ts";
import { zoomChannel } from "#contract/ipc/channels.ts";
import { screenOf } from "./machine-screens.ts";
import type { TillWindows } from "./till-windows.ts";

/**
 * The windows as the settings want them, now and after every change: how large the text of the cashier's window is, and on
 * which screen each window stands. Where nothing was set the windows stay where they were opened.
 */
export function showSettings(windows: TillWindows): (settings: ShopSettings) => void {
  const { till } = windows;
  let shown: ShopSettings = {};
  // A page that was loaded again begins at its usual size. Zoomed before its first picture, the window would never say that
  // it is ready to be shown.
  till.once("show", () => zoom(till, shown));
  till.webContents.on("did-finish-load", () => {
    if (till.isVisible()) zoom(till, shown);
  });
  return (settings) => {
    const before = shown;
    shown = settings;
    if (till.isDestroyed()) return;
    if (till.isVisible() && settings.textPercent !== before.textPercent) zoom(till, settings);
    const { screens } = settings;
    if (screens === undefined || JSON.stringify(screens) === JSON.stringify(before.screens)) return;
    place(till, screens.till, screens.isFullScreen);
    windows.wantCustomer(screens.customer !== "none");
    placeCustomer(windows.display, screens);
  };
}

function zoom(till: BrowserWindow, { textPercent = 100 }: ShopSettings): void {
  till.webContents.send(zoomChannel, textPercent / 100);
}

/** A screen that is not there today changes nothing. */
function place(window: BrowserWindow, id: number | null, isFullScreen: boolean): void {
  const target = screenOf(id);
  if (target !== null) {
    window.setFullScreen(false);
    window.setBounds(target.workArea);
  }
  window.setFullScreen(isFullScreen);
}

function placeCustomer(display: BrowserWindow | null, { customer }: ScreensSetting): void {
  if (display === null || display.isDestroyed()) return;
  if (customer === "none") return display.hide();
  if (customer !== null) place(display, customer, true);
  display.showInactive();
}
