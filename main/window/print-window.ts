import { randomUUID } from "node:crypto";
import { BrowserWindow, type WebContents } from "electron";
import type { PagesEnd, PrintPages } from "#contract/devices/print-page.ts";
import { pageHtml } from "#main/printing/page-html.ts";
import type { InstalledPrinter, PagePrinter } from "#main/printing/page-printer.ts";

/** A page of ours with one picture in it. */
const LOAD_MS = 15_000;
/** From the driver's first byte to its spooler's receipt. A printer over a slow network is spooled to, not printed on. */
const PRINT_MS = 30_000;

/** The operating system's printers, through Electron. */
export interface PrintWindows extends PagePrinter {
  /** The page that waits to be printed under this path of `app://tillway`; null where there is none. */
  page(pathname: string): string | null;
}

/**
 * Each receipt has a window of its own: hidden, sandboxed, without scripts or a bridge, showing one page that is served
 * once and gone with the window.
 * @param asked whose question the list of printers is: the till's window
 */
export function openPrintWindows(asked: () => WebContents | null): PrintWindows {
  const pages = new Map<string, string>();
  return {
    page: (pathname) => pages.get(pathname) ?? null,
    async installed() {
      const contents = asked();
      if (contents === null || contents.isDestroyed()) throw new Error("there is no window to ask through");
      const found = await contents.getPrintersAsync();
      return found.map(({ name, displayName, options }) => ({
        ...{ name, title: displayName === "" ? name : displayName },
        ...cupsSays(new Map(Object.entries(options))),
      }));
    },
    async print(wanted, name) {
      const path = `/print/${randomUUID()}.html`;
      pages.set(path, pageHtml(wanted));
      const window = hiddenWindow();
      try {
        return await printIn(window, path, wanted, name);
      } finally {
        pages.delete(path);
        window.destroy();
      }
    },
  };
}

function hiddenWindow(): BrowserWindow {
  return new BrowserWindow({
    show: false,
    webPreferences: {
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, javascript: false },
      ...{ devTools: false, spellcheck: false, backgroundThrottling: false },
    },
  });
}

async function printIn(window: BrowserWindow, path: string, pages: PrintPages, name: string): Promise<PagesEnd> {
  const loaded = window.loadURL(`app://tillway${path}`).then(
    () => null,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  const trouble = await within(LOAD_MS, loaded, "the page did not load in time");
  // Nothing was handed over yet.
  if (trouble !== null) return { kind: "refused", why: trouble };
  return within(PRINT_MS, handOver(window.webContents, pages, name), { kind: "unknown", why: "no answer in time" });
}

function handOver(contents: WebContents, pages: PrintPages, deviceName: string): Promise<PagesEnd> {
  const { promise, resolve } = Promise.withResolvers<PagesEnd>();
  contents.once("render-process-gone", (_event, { reason }) => resolve({ kind: "unknown", why: reason }));
  try {
    contents.print(
      {
        ...{ silent: true, deviceName, color: false, printBackground: true, scaleFactor: 100, copies: 1 },
        margins: { marginType: "none" },
        // Never the printer's own page size: a receipt on A4 is a receipt on A4.
        pageSize: { width: pages.widthMicrons, height: pages.heightMicrons },
        dpi: { horizontal: 203, vertical: 203 },
      },
      (isTaken, why) => resolve(isTaken ? { kind: "spooled" } : refusalOf(why)),
    );
  } catch (cause) {
    resolve(refusalOf(cause instanceof Error ? cause.message : String(cause)));
  }
  return promise;
}

/** Attributes of IPP (RFC 8011, 5.4) that Electron hands on where the system prints by CUPS; nothing on Windows. */
function cupsSays(options: ReadonlyMap<string, unknown>): Pick<InstalledPrinter, "isDefault" | "takesDocuments"> {
  const type = options.get("printer-type");
  return {
    // CUPS_PRINTER_DEFAULT of cups.h.
    isDefault: typeof type === "string" && /^\d+$/.test(type) ? (Number(type) & 0x2_0000) !== 0 : null,
    takesDocuments: options.get("printer-is-accepting-jobs") !== "false",
  };
}

/** Electron's words where it, or the system's spooler, takes nothing. */
function refusalOf(why: string): PagesEnd {
  return /invalid devicename|failed to enumerate printers/i.test(why)
    ? { kind: "no-such-printer", why }
    : { kind: "refused", why };
}

async function within<T>(ms: number, work: Promise<T>, late: T): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(late), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
