import { assert } from "#core/result.ts";
import { makeFirstAdmin } from "#headoffice/admin/people.ts";
import { createPasswords } from "#headoffice/admin/passwords.ts";
import type { HeadOffice } from "#headoffice/open-head-office.ts";

export interface ApiAnswer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly json: T;
}

/** A browser without its window: it keeps the cookie and sends the page's header. */
export interface OfficeBrowser {
  send<T = unknown>(method: string, path: string, body?: object, more?: RequestInit): Promise<ApiAnswer<T>>;
  signIn(name: string, password: string): Promise<ApiAnswer>;
  readonly cookie: () => string;
}

export function officeBrowser(url: string): OfficeBrowser {
  let cookie = "";
  const browser: OfficeBrowser = {
    cookie: () => cookie,
    async send<T>(method: string, path: string, body?: object, more: RequestInit = {}) {
      const response = await fetch(`${url}/api${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...more,
        headers: {
          "x-tillway-office": "1",
          ...(cookie === "" ? {} : { cookie }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(more.headers as Record<string, string> | undefined),
        },
      });
      const set = response.headers.get("set-cookie");
      if (set !== null) cookie = set.split(";")[0] ?? "";
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
      return { status: response.status, headers: response.headers, json: (isJson ? JSON.parse(text) : text) as T };
    },
    signIn: (name, password) => browser.send("POST", "/session", { name, password }),
  };
  return browser;
}

export const adminPassword = "a good long password";

/** The first admin, signed in, with a password of his own. */
export async function adminOf({ office }: Pick<HeadOffice, "office">, url: string): Promise<OfficeBrowser> {
  const oneTime = await makeFirstAdmin(office.sql, createPasswords(), office.clock.now());
  assert(oneTime !== null, "an office without people");
  const browser = officeBrowser(url);
  await browser.signIn("admin", oneTime);
  const changed = await browser.send("POST", "/password", { current: oneTime, next: adminPassword });
  assert(changed.status === 204, "a one-time password that can be changed");
  return browser;
}
