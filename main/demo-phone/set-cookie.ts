/** A cookie as Electron's session keeps it. */
export interface ReadCookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: "lax" | "strict" | "no_restriction";
  /** Seconds since 1970; absent in one that ends with the browser. */
  readonly expirationDate?: number;
}

const sameSites = { lax: "lax", strict: "strict", none: "no_restriction" } as const;

/** The cookie of a `Set-Cookie` line as head office writes it, its life counted from `nowSeconds`; null where it names none. */
export function readSetCookie(text: string, nowSeconds: number): ReadCookie | null {
  const [first = "", ...rest] = text.split(";").map((part) => part.trim());
  const at = first.indexOf("=");
  if (at < 1) return null;
  const said = new Map(rest.map((part) => [part.split("=")[0]?.toLowerCase() ?? "", part.split("=")[1] ?? ""]));
  const maxAge = Number(said.get("max-age") ?? Number.NaN);
  const site = said.get("samesite")?.toLowerCase();
  return {
    ...{ name: first.slice(0, at), value: first.slice(at + 1), path: said.get("path") ?? "/" },
    ...{ secure: said.has("secure"), httpOnly: said.has("httponly") },
    // What says nothing is lax, as browsers take it.
    sameSite: site === "strict" || site === "none" ? sameSites[site] : sameSites.lax,
    ...(Number.isNaN(maxAge) ? {} : { expirationDate: nowSeconds + maxAge }),
  };
}
