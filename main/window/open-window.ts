import { BrowserWindow, type BrowserWindowConstructorOptions } from "electron";
import { HangWatch, keepAsking } from "./hang-watch.ts";

/** Reloads a page may need in a minute before something is wrong with more than the page; then one in so long. */
const mostReloads = 3;
const reloadWindowMs = 60_000;
const slowReloadMs = 15_000;
/** Nothing of the page's own runs in this world, so that nothing can answer in its place. */
const askedWorld = 1_001;

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
  endWhenHung(window, spec);
  void window.loadURL(`app://tillway/${spec.page}`);
  return window;
}

function reviveWhenGone(window: BrowserWindow, spec: WindowSpec): void {
  const reloads: number[] = [];
  const revive = (why: string): void => {
    const nowMs = Date.now();
    while (reloads[0] !== undefined && nowMs - reloads[0] > reloadWindowMs) reloads.shift();
    spec.log("renderer lost", { page: spec.page, why, reloads: reloads.length });
    const reload = (): void => {
      if (!window.isDestroyed()) window.webContents.reload();
    };
    // Never given up: an empty window can be helped by nobody in the shop. Scans and payments go on meanwhile.
    if (reloads.length >= mostReloads) return void setTimeout(reload, slowReloadMs);
    reloads.push(nowMs);
    // Not inside the event: a load begun while Chromium still takes the old renderer apart ends this whole process
    // (electron/electron#51900).
    setImmediate(reload);
  };
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit") revive(details.reason);
  });
  window.webContents.on("unresponsive", () => {
    window.webContents.forcefullyCrashRenderer();
  });
}

/** Ends the process of a page that stands still, so that it is loaded again: half a minute before Chromium would notice. */
function endWhenHung(window: BrowserWindow, spec: WindowSpec): void {
  const { webContents: contents } = window;
  const watch = new HangWatch({
    nowMs: () => performance.now(),
    ask: () => contents.executeJavaScriptInIsolatedWorld(askedWorld, [{ code: "0" }]),
    onHang() {
      // Somebody looks at it line by line.
      if (contents.isDevToolsOpened()) return;
      spec.log("page hangs", { page: spec.page });
      contents.forcefullyCrashRenderer();
    },
  });
  let stop = (): void => {};
  const rest = (): void => {
    stop();
    watch.reset();
  };
  contents.on("did-finish-load", () => {
    rest();
    stop = keepAsking(watch);
  });
  contents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) rest();
  });
  contents.on("render-process-gone", rest);
  contents.on("destroyed", rest);
}
