import type { OfficeAddressProblem } from "#contract/ipc/office-view.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** As terminal.json takes it. */
const mostCharacters = 256;

/**
 * The address of head office as a person types it: `hq.example.com` is `https://hq.example.com`. Only https, or plain http
 * to this very machine: sales and the till's signature would otherwise lie open on the way.
 */
export function readOfficeAddress(typed: string): Result<string, OfficeAddressProblem> {
  const text = typed.trim();
  if (text === "") return fail("empty");
  const url =
    text.length > mostCharacters ? null : URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || url.hostname === "" || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return fail("not-an-address");
  }
  if (url.username !== "" || url.password !== "") return fail("has-credentials");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") return fail("has-path");
  if (url.protocol === "http:" && !isThisMachine(url.hostname)) return fail("not-secure");
  return ok(url.origin);
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
