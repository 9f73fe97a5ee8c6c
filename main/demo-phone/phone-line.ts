import type { Session } from "electron";
import type { Locale } from "#contract/config/terminal.ts";
import { readSetCookie } from "./set-cookie.ts";

/** Whom the demo store's phone reaches, and by which way; nobody else. */
export interface PhoneLine {
  /** The one host whose pages the phone can reach, over https; `pay.demo.invalid`. */
  readonly payHost: string;
  /** Where that host's pages really are; null while head office does not run. */
  readonly pages: () => string | null;
  /** WeChat's own host, which learns who looks at a page. */
  readonly wechatUrl: () => string | null;
}

/** The phone's own line: to the shop's pages and to WeChat, by whatever way they are reached here, and to nothing else. */
export function connectPhone(phone: Session, line: PhoneLine, language: () => Locale): void {
  if (phone.protocol.isProtocolHandled("https")) return;
  phone.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  phone.setPermissionCheckHandler(() => false);
  phone.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: wayTo(url, line) === null && !url.startsWith("data:") });
  });
  // Electron asks this handler for wherever its answers redirect to as well: WeChat's own host, and the page again.
  phone.protocol.handle("https", async (request) => {
    const way = wayTo(request.url, line);
    if (way === null) return Response.error();
    const { method, url } = request;
    const headers = new Headers(request.headers);
    headers.set("host", new URL(url).host);
    // In every request, as a phone says it: a page that looks again at itself is to stay in its language.
    headers.set("accept-language", language());
    const cookies = await cookiesFor(phone, url);
    if (cookies !== "") headers.set("cookie", cookies);
    const body = method === "GET" || method === "HEAD" ? {} : { body: await request.arrayBuffer() };
    const answer = await fetch(way, { method, headers, redirect: "manual", ...body });
    await keepCookies(phone, url, answer.headers.getSetCookie());
    return answer;
  });
}

/** Where an address is really reached; null for one that the phone does not reach. */
function wayTo(address: string, { payHost, pages, wechatUrl }: PhoneLine): URL | null {
  const url = new URL(address);
  if (url.protocol === "http:") return url.origin === wechatUrl() ? url : null;
  const base = pages();
  if (url.protocol !== "https:" || url.host !== payHost || base === null) return null;
  return new URL(url.pathname + url.search, base);
}

// What a handler answers is no network to Chromium: it neither sends cookies there nor keeps those that come back.
async function cookiesFor(phone: Session, url: string): Promise<string> {
  const kept = await phone.cookies.get({ url });
  return kept.map(({ name, value }) => `${name}=${value}`).join("; ");
}

async function keepCookies(phone: Session, url: string, said: readonly string[]): Promise<void> {
  for (const text of said) {
    const cookie = readSetCookie(text, Date.now() / 1_000);
    if (cookie !== null) await phone.cookies.set({ url, ...cookie });
  }
}
