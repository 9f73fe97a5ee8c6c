import { app, type BrowserWindow, Menu } from "electron";
import type { KioskState } from "#contract/ipc/settings-intents.ts";

/** The till as all there is on the machine. */
export interface Kiosk {
  state(): KioskState;
  /** Locks the windows, or lets them go for good. */
  set(isOn: boolean): void;
  /** A manager's door: until the next start, or until it is set again, the windows are like any other's. */
  open(): void;
}

/**
 * Windows that fill their screens over everything else and cannot be closed, shrunk or covered: by their own keys and buttons,
 * or by a window manager's. The system may still end the program, as it does when the machine is switched off, and so may the till
 * itself when it starts anew. What the system keeps for itself, such as Ctrl+Alt+Del, no program can stop: docs/PACKAGE.md.
 */
export function createKiosk(windows: readonly (BrowserWindow | null)[]): Kiosk {
  const locked = windows.filter((window) => window !== null);
  let state: KioskState = "off";
  let isEnding = false;
  // Only a program that ends says this before its windows are closed; a window that somebody closes does not.
  app.on("before-quit", () => {
    isEnding = true;
  });
  for (const window of locked) guard(window, () => state === "locked" && !isEnding);

  function show(next: KioskState): void {
    if (next === state) return;
    const wasLocked = state === "locked";
    state = next;
    if (!wasLocked && next !== "locked") return;
    for (const window of locked) if (!window.isDestroyed()) whenShown(window, () => lock(window, state === "locked"));
  }

  return {
    state: () => state,
    set: (isOn) => show(isOn ? "locked" : "off"),
    open() {
      if (state === "locked") show("open");
    },
  };
}

function guard(window: BrowserWindow, isLocked: () => boolean): void {
  window.on("close", (event) => {
    if (isLocked()) event.preventDefault();
  });
  window.on("minimize", () => {
    if (isLocked()) window.restore();
  });
  window.on("leave-full-screen", () => {
    if (isLocked()) window.setKiosk(true);
  });
  window.webContents.on("before-input-event", (event, { key, alt, control, meta }) => {
    // Keys of Chromium and of window managers; the till's own are others (core/keys).
    const isWayOut = (alt && (key === "F4" || key === " ")) || ((control || meta) && /^[wqmnrt]$/i.test(key));
    if (isLocked() && isWayOut) event.preventDefault();
  });
}

function lock(window: BrowserWindow, isLocked: boolean): void {
  // On macOS the menu holds Quit, Close and Hide.
  if (process.platform === "darwin" && isLocked) Menu.setApplicationMenu(null);
  window.setClosable(!isLocked);
  window.setMinimizable(!isLocked);
  window.setAlwaysOnTop(isLocked, "screen-saver");
  window.setKiosk(isLocked);
}

/** A window that was never shown would become visible, white, before its page is drawn. */
function whenShown(window: BrowserWindow, work: () => void): void {
  if (window.isVisible()) work();
  else window.once("show", work);
}
