import type { OfficeAddressProblem } from "#contract/ipc/office-view.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** As terminal.json takes it. */
const mostCharacters = 256;

/**
 * The address of head office as a person types it: `hq.example.com` is `https://hq.example.com`. Only https, or plain http
 * to this very machine: sales and the till's signature would otherwise lie open on the way.
 */
export function readOfficeAddress(typed: string): Result<string, OfficeAddressProblem> {
  if (typed.trim() === "") return fail("empty");
  const read = readAddress(typed, () => "https");
  if (!read.ok) return read;
  return isSecure(read.value) || isThisMachine(read.value.hostname) ? ok(read.value.origin) : fail("not-secure");
}

/**
 * The address of the shop's relay as a person types it. A relay seldom has a certificate, so plain http is allowed to a
 * private address, and meant where one is typed alone: `192.168.1.20:8460` is `http://192.168.1.20:8460`.
 * @returns null for an empty one: the shop has no relay
 */
export function readRelayAddress(typed: string): Result<string | null, Exclude<OfficeAddressProblem, "empty">> {
  if (typed.trim() === "") return ok(null);
  const read = readAddress(typed, (host) => (isInShop(host) ? "http" : "https"));
  if (!read.ok) return read;
  return isSecure(read.value) || isInShop(read.value.hostname) ? ok(read.value.origin) : fail("not-secure");
}

/** @param schemeFor what is meant where no scheme is typed, by the host */
function readAddress(
  typed: string,
  schemeFor: (host: string) => "http" | "https",
): Result<URL, Exclude<OfficeAddressProblem, "empty" | "not-secure">> {
  const text = typed.trim();
  const url = text.length > mostCharacters ? null : withScheme(text, schemeFor);
  if (url === null || url.hostname === "" || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return fail("not-an-address");
  }
  if (url.username !== "" || url.password !== "") return fail("has-credentials");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") return fail("has-path");
  return ok(url);
}

function withScheme(text: string, schemeFor: (host: string) => "http" | "https"): URL | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return URL.parse(text);
  // Parsed anew with its scheme: ports that are a scheme's own fall away in parsing.
  const host = URL.parse(`https://${text}`)?.hostname;
  return host === undefined ? null : URL.parse(`${schemeFor(host)}://${text}`);
}

const isSecure = (url: URL): boolean => url.protocol === "https:";

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** As terminal.json takes it for a relay: RFC 1918, and this machine. */
function isInShop(host: string): boolean {
  return isThisMachine(host) || /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$/.test(host);
}
