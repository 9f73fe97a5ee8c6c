import { BrowserWindow, type BrowserWindowConstructorOptions } from "electron";

/** Reloads a page may need in a minute before something is wrong with more than the page. */
const mostReloads = 3;
const reloadWindowMs = 60_000;

export interface WindowSpec {
  /** Page below out/renderer, such as `index.html`. */
  readonly page: string;
  readonly preload: string;
  readonly allowDevTools: boolean;
  readonly options: BrowserWindowConstructorOptions;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

/** Opens a sandboxed window on one of our pages. A renderer that dies or hangs is loaded again: main holds the cart. */
export function openWindow(spec: WindowSpec): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    autoHideMenuBar: true,
    ...spec.options,
    webPreferences: {
      preload: spec.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: spec.allowDevTools,
      backgroundThrottling: false,
    },
  });
  window.removeMenu();
  window.once("ready-to-show", () => window.show());
  reviveWhenGone(window, spec);
  void window.loadURL(`app://tillway/${spec.page}`);
  return window;
}

function reviveWhenGone(window: BrowserWindow, spec: WindowSpec): void {
  const reloads: number[] = [];
  const revive = (why: string): void => {
    const nowMs = Date.now();
    while (reloads[0] !== undefined && nowMs - reloads[0] > reloadWindowMs) reloads.shift();
    spec.log("renderer lost", { page: spec.page, why, reloads: reloads.length });
    if (reloads.length >= mostReloads || window.isDestroyed()) return;
    reloads.push(nowMs);
    // Not inside the event: a load begun while Chromium still takes the old renderer apart ends this whole process
    // (electron/electron#51900).
    setImmediate(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    });
  };
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit") revive(details.reason);
  });
  window.webContents.on("unresponsive", () => {
    window.webContents.forcefullyCrashRenderer();
  });
}
