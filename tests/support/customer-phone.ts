import type { Page } from "playwright";
import { until } from "./poll.ts";
import { part } from "./sale-screen.ts";
import type { Shop } from "./shop.ts";
import { openWebPage } from "./web-page.ts";

declare global {
  interface Window {
    /** What the page has asked WeChat for, and how it is told the customer's answer; the tests' bridge keeps it here. */
    askedOfWechat?: { readonly request: object; readonly answer: (said: { readonly err_msg: string }) => void };
  }
}

/** A customer's phone with a line of its own: real Chromium in a process of its own, as WeChat's browser. */
export interface CustomerPhone {
  readonly page: Page;
  /** Opens a request's address; the page is in this state when it resolves. */
  open(address: string, state: string): Promise<void>;
  /** The page looks again by itself until it is in this state. */
  shows(state: string): Promise<void>;
  /** Taps the page's button; WeChat's sheet is up when it resolves. */
  tap(): Promise<void>;
  /** Says yes to the sheet, or no. */
  answer(accept: boolean): Promise<void>;
  /** What the QR on the page says. */
  digits(): Promise<string>;
  /** The eight digits on the page, with their gap. */
  code(): Promise<string>;
  close(): Promise<void>;
}

const size = { width: 390, height: 844 };
const userAgent = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile MicroMessenger/8.0.55";
/** A request to WeChat, a redirect and head office's answer, some of it after a question to the gateway. Milliseconds. */
const patienceMs = 60_000;

/**
 * @param shop whose wallet's twin moves the money
 * @param hosts where the phone finds head office's public name, as `openWebPage` takes it
 */
export async function openCustomerPhone(shop: Shop, hosts: string): Promise<CustomerPhone> {
  const { page, close } = await openWebPage("about:blank", size, { userAgent, hosts });
  await page.addInitScript(() => {
    const bridge = {
      invoke(_name: string, request: object, answer: (said: { readonly err_msg: string }) => void) {
        window.askedOfWechat = { request, answer };
      },
    };
    Object.assign(window, { WeixinJSBridge: bridge });
  });
  // A page that is being replaced answers nothing.
  const asked = () => page.evaluate(() => window.askedOfWechat?.request ?? null).catch(() => null);
  const shows = async (state: string): Promise<void> => {
    const isShown = async () => {
      const shown = await page
        .locator("main")
        .getAttribute("data-state", { timeout: 500 })
        .catch(() => null);
      return shown === state;
    };
    await until(`the phone shows ${state}`, isShown, patienceMs);
  };
  return {
    ...{ page, shows, close },
    async open(address, state) {
      await page.goto(address);
      await shows(state);
    },
    async tap() {
      await page.locator("#pay").click();
      const request = await until("the page asks WeChat", asked, patienceMs);
      await shop.control("POST", "/wallet/page-order", { ...request, page: page.url() });
    },
    async answer(accept) {
      const request = await asked();
      await shop.control("POST", "/wallet/pay-page", { ...request, page: page.url(), accept });
      const word = `get_brand_wcpay_request:${accept ? "ok" : "cancel"}`;
      // The page may have looked again by itself meanwhile, which tells it more.
      await page.evaluate((said) => window.askedOfWechat?.answer({ err_msg: said }), word).catch(() => null);
    },
    async digits() {
      return (await part(page, "confirmation").getAttribute("data-digits")) ?? "";
    },
    code: () => part(page, "code").innerText(),
  };
}
