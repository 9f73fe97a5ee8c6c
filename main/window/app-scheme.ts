import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { protocol, type ProtocolRequest, type ProtocolResponse } from "electron";
import type { GivenFiles } from "./given-files.ts";

const htmlType = "text/html; charset=utf-8";
const contentTypes: Readonly<Record<string, string>> = {
  ".html": htmlType,
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wav": "audio/wav",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** Must run before the app is ready: makes app:// a secure origin of its own, instead of file:// and its privileges. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Something kept outside of the folder of the pages. */
export interface Kept {
  readonly body: Buffer;
  readonly type: string;
}

/**
 * Serves `app://tillway/<file>` from one folder, each page with its own nonce and a policy that knows no network.
 * @param made a page that is in no folder, by its path; null where there is none
 * @param kept what the till keeps for its pages, by its path; null for paths that are none of its, or have nothing
 * @param gave hears of each file of the folder as it is given, and of what a page says
 *
 * By the buffer protocol, deprecated as it is: `protocol.handle` speaks in `fetch`'s words, which Node reads from source
 * at the first of them. That was a tenth of a start's work, and the first page waited for it.
 */
export function serveApp(
  rendererDir: string,
  made: (pathname: string) => string | null = () => null,
  kept: (pathname: string) => Promise<Kept | null> = () => Promise.resolve(null),
  gave: GivenFiles["gave"] = () => {},
): void {
  const answer = async (request: ProtocolRequest): Promise<ProtocolResponse> => {
    const url = new URL(request.url);
    const isOurs = url.host === "tillway" && request.method === "GET";
    const page = isOurs ? made(url.pathname) : null;
    if (page !== null) return respond(Buffer.from(page), htmlType);
    const found = isOurs ? await kept(url.pathname) : null;
    if (found !== null) return respond(found.body, found.type);
    const path = isOurs ? fileOf(rendererDir, url.pathname) : null;
    if (path === null) return notFound();
    try {
      const body = await readFile(path);
      const type = contentTypes[extname(path)] ?? "application/octet-stream";
      gave(url.pathname, type === htmlType ? body.toString("utf8") : null);
      return respond(body, type);
    } catch {
      // The only expected failure is a file that is not there; the page names the missing part by itself.
      return notFound();
    }
  };
  const give = async (request: ProtocolRequest, send: (response: ProtocolResponse) => void): Promise<void> => {
    // A request without an answer would keep its page waiting, whatever has failed.
    send(await answer(request).catch(notFound));
  };
  protocol.registerBufferProtocol("app", (request, send) => void give(request, send));
}

/** Null for a path that leads out of the folder. */
function fileOf(rendererDir: string, pathname: string): string | null {
  const path = normalize(join(rendererDir, decodeURIComponent(pathname)));
  return path.startsWith(rendererDir + sep) ? path : null;
}

function notFound(): ProtocolResponse {
  return { statusCode: 404, mimeType: "text/plain", data: Buffer.from("not found") };
}

function respond(body: Buffer, type: string): ProtocolResponse {
  const nonce = randomBytes(16).toString("base64");
  const headers = {
    "content-type": type,
    "content-security-policy": contentPolicy(nonce),
    "x-content-type-options": "nosniff",
    "cache-control": type.startsWith("text/html") ? "no-store" : "max-age=31536000, immutable",
  };
  const data = type.startsWith("text/html")
    ? Buffer.from(body.toString("utf8").replaceAll("{{csp-nonce}}", nonce))
    : body;
  return { headers, data };
}

/** `style-src-attr` is for the charts, which place their parts by style attributes. */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
