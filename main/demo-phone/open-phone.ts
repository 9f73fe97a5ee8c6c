import { BrowserWindow, session, type WebContents } from "electron";
import type { PaySheet } from "#contract/bench/phone.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { registerPhone } from "#main/ipc/phone-channel.ts";
import { phonePartition } from "#main/window/harden.ts";
import { connectPhone, type PhoneLine } from "./phone-line.ts";

/** A phone of medium size, in CSS pixels. */
const screen = { width: 390, height: 844 };
const userAgent =
  "Mozilla/5.0 (Linux; Android 15; SimulatedPhone) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile " +
  "Safari/537.36 MicroMessenger/8.0.55 NetType/4G Language/zh_CN";
/** Where the page runs nothing of its own. */
const askedWorld = 1_002;

export interface PhoneParts extends PhoneLine {
  readonly preload: string;
  /** The window the phone lies beside: it is gone as soon as that one is, or the till would not end. */
  readonly beside: () => WebContents | null;
  /** The wallet: what its sheet asks the owner, or null where it refuses the page. */
  readonly ask: (request: Readonly<Record<string, string>>, page: string, locale: Locale) => Promise<PaySheet | null>;
  /** The owner's yes or no; false where the wallet did not do it. */
  readonly pay: (request: Readonly<Record<string, string>>, page: string, accept: boolean) => Promise<boolean>;
}

/** The customer's phone of the demo store: WeChat's browser, in a window of its own. */
export interface DemoPhone {
  /** False where the address is not one of the shop's pages. */
  readonly open: (url: string, locale: Locale) => boolean;
  /** Digits of the QR on the page, for a scanner it is held to; null where it shows none. */
  readonly digits: () => Promise<string | null>;
  readonly close: () => void;
}

/** Nothing is opened and no session made before the first `open`. */
export function createDemoPhone(parts: PhoneParts): DemoPhone {
  let window: BrowserWindow | null = null;
  let speaks: Locale = "zh-CN";
  const shown = () => (window === null || window.isDestroyed() ? null : window);

  registerPhone(() => shown()?.webContents ?? null, {
    ask: (request, page) => parts.ask(request, page, speaks),
    pay: parts.pay,
  });

  function openWindow(): BrowserWindow {
    const phoneSession = session.fromPartition(phonePartition);
    connectPhone(phoneSession, parts, () => speaks);
    const opened = new BrowserWindow({
      ...{ title: "Tillway · phone", ...screen, useContentSize: true, autoHideMenuBar: true },
      webPreferences: {
        ...{ session: phoneSession, preload: parts.preload, sandbox: true, contextIsolation: true },
        ...{ nodeIntegration: false, webSecurity: true, spellcheck: false, devTools: false },
      },
    });
    opened.removeMenu();
    parts.beside()?.once("destroyed", () => opened.destroy());
    return opened;
  }

  return {
    open(url, locale) {
      if (!URL.canParse(url) || new URL(url).origin !== `https://${parts.payHost}`) return false;
      speaks = locale;
      window = shown() ?? openWindow();
      void window.loadURL(url, { userAgent }).catch(() => {
        // The window shows what Chromium makes of it, as a phone would; the next scan tries again.
      });
      return true;
    },
    async digits() {
      const code = `document.querySelector("[data-digits]")?.getAttribute("data-digits") ?? null`;
      const found: unknown = await shown()?.webContents.executeJavaScriptInIsolatedWorld(askedWorld, [{ code }]);
      return typeof found === "string" && /^\d{1,400}$/.test(found) ? found : null;
    },
    close: () => shown()?.destroy(),
  };
}
