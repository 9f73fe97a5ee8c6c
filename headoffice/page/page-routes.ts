import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import helmet from "@fastify/helmet";
import staticFiles from "@fastify/static";
import type { OfficeRoutes } from "../office.ts";

/** Where `npm run build` puts the page: the same as seen from here and from out/main, where the demo store starts this. */
const built = fileURLToPath(new URL("../../out/headoffice/web", import.meta.url));
/** Files whose names carry their content's hash never change. */
const oneYearMs = 365 * 24 * 60 * 60_000;

const notBuilt = "The page is not built yet: npm run build";

/**
 * The office's page. Nothing of another origin, no inline script; styles only from our files and, by a nonce that is new
 * with every answer, from the component library, which writes its theme into the page.
 */
export const pageRoutes: OfficeRoutes = async (app, office) => {
  await app.register(helmet, { contentSecurityPolicy: false, ...otherHeaders });
  app.get("/", (_, reply) => {
    const page = readPage();
    if (page === null) return reply.code(503).type("text/plain").send(notBuilt);
    const nonce = randomBytes(16).toString("base64");
    return reply
      .headers({ "content-security-policy": policy(nonce), "cache-control": "no-store" })
      .type("text/html; charset=utf-8")
      .send(page.replaceAll("{{csp-nonce}}", nonce));
  });
  const assets = join(built, "assets");
  if (!existsSync(assets)) {
    office.log({ event: "page-not-built" });
    return;
  }
  await app.register(staticFiles, {
    root: assets,
    prefix: "/assets/",
    immutable: true,
    maxAge: oneYearMs,
    index: false,
  });
};

/** Read at every visit: it is half a kilobyte, and a page that was built anew is shown at once. */
function readPage(): string | null {
  try {
    return readFileSync(join(built, "index.html"), "utf8");
  } catch {
    return null;
  }
}

function policy(nonce: string): string {
  return [
    ...["default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data:"],
    ...["connect-src 'self'", "font-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join("; ");
}

/** HSTS only means something behind https, and is the proxy's to say. */
const otherHeaders = { strictTransportSecurity: false, crossOriginEmbedderPolicy: false } as const;
