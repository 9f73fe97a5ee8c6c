import { join } from "node:path";
import { app, screen, type BrowserWindow } from "electron";
import type { Locale } from "#contract/config/terminal.ts";
import { parsePlace, placeDisplay } from "#main/window/display-place.ts";
import { followScreens } from "#main/window/follow-screens.ts";
import { openWindow, type WindowSpec } from "#main/window/open-window.ts";
import { sizeOn } from "#main/window/window-size.ts";

/** The smallest screen the till is drawn for. */
const smallest = { minWidth: 1024, minHeight: 720 };

export interface TillWindowsSpec {
  readonly preloadDir: string;
  readonly allowDevTools: boolean;
  readonly displayAt: string | null;
  readonly isDemo: boolean;
  /** Of the Device bench, which has a switch of its own. */
  readonly locale: Locale;
  readonly utcOffsetMinutes: number;
  readonly log: WindowSpec["log"];
}

export interface TillWindows {
  readonly till: BrowserWindow;
  /** Null while the machine has one screen; it may be plugged in at any time. */
  readonly display: BrowserWindow | null;
  readonly bench: BrowserWindow | null;
  focus(): void;
  /** Whether a customer's screen that is plugged in gets a window; true until it is said. */
  wantCustomer(isWanted: boolean): void;
  /** Closes all of them at once. */
  destroy(): void;
  sendToTill(channel: string, message: unknown): void;
  sendToDisplay(channel: string, message: unknown): void;
  /** Resolves when the till window has drawn its first page. */
  readonly tillPainted: Promise<void>;
}

/**
 * The cashier's window, the customer's where there is a place for it, and in demo mode the Device bench. Closing the
 * cashier's window closes the others.
 */
export function openTillWindows(spec: TillWindowsSpec): TillWindows {
  const common = { allowDevTools: spec.allowDevTools, log: spec.log };
  const { workArea } = screen.getPrimaryDisplay();
  const size = spec.isDemo ? { width: 1280, height: 800 } : sizeOn(workArea, process.platform);
  const till = openWindow({
    ...common,
    page: "index.html",
    preload: join(spec.preloadDir, "till.cjs"),
    options: { title: "Tillway", x: workArea.x, y: workArea.y, useContentSize: true, ...size, ...smallest },
  });

  const tillPainted = new Promise<void>((resolve) => void till.once("ready-to-show", () => resolve()));

  const told = parsePlace(spec.displayAt);
  const hasPlace = told !== null || spec.isDemo || screen.getAllDisplays().length > 1;
  let isCustomerWanted = true;
  let display = hasPlace ? openDisplay(spec, placeDisplay(told)) : null;
  followScreens({
    ...{ till, log: spec.log, customer: () => display, hasCustomerScreen: told === null && !spec.isDemo },
    openCustomer() {
      if (isCustomerWanted) display = openDisplay(spec, placeDisplay(null));
    },
  });
  const bench = spec.isDemo
    ? openWindow({
        ...common,
        page: `bench.html?locale=${spec.locale}&utcOffsetMinutes=${spec.utcOffsetMinutes}`,
        preload: join(spec.preloadDir, "bench.cjs"),
        options: { title: "Tillway · Device bench", width: 1280, height: 860 },
      })
    : null;

  // Chromium starts another of its own; the log is for whoever wonders about a black moment.
  app.on("child-process-gone", (_event, { type, reason, exitCode, name = "" }) => {
    if (reason !== "clean-exit") spec.log("a process ended", { type, reason, exitCode, name });
  });
  till.once("closed", () => {
    display?.destroy();
    bench?.destroy();
  });
  return {
    till,
    get display() {
      return display;
    },
    bench,
    focus() {
      if (till.isMinimized()) till.restore();
      till.focus();
    },
    wantCustomer: (isWanted) => void (isCustomerWanted = isWanted),
    destroy: () => till.destroy(),
    sendToTill: (channel, message) => send(till, channel, message),
    sendToDisplay: (channel, message) => send(display, channel, message),
    tillPainted,
  };
}

function openDisplay(spec: TillWindowsSpec, place: ReturnType<typeof placeDisplay>): BrowserWindow {
  return openWindow({
    allowDevTools: spec.allowDevTools,
    log: spec.log,
    page: "display.html",
    preload: join(spec.preloadDir, "display.cjs"),
    options: {
      title: "Tillway · customer display",
      ...place.bounds,
      useContentSize: true,
      fullscreen: place.isFullScreen,
    },
  });
}

function send(window: BrowserWindow | null, channel: string, message: unknown): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(channel, message);
}
