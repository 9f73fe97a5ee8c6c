import { fail, ok, type Result } from "#core/result.ts";
import { aiRules } from "./ai-rules.ts";
import { faultOfValue, type Gs1Elements, type Gs1Fault } from "./element-string.ts";

export type DigitalLinkReading =
  /** Any other address, a wallet's among them. */
  | { readonly kind: "no-link" }
  /** The short form, which only GS1's own tables can open. */
  | { readonly kind: "compressed" }
  | { readonly kind: "link"; readonly elements: Result<Gs1Elements, Gs1Fault> };

/** What may stand in the path after the GTIN, in this order and no other. */
const qualifiers = ["22", "10", "21", "235"];

/**
 * Reads a GS1 Digital Link of an item, such as `https://example.com/01/09521234543213/10/LOT?17=261231`: web addresses
 * only, the identifiers as digits, the GTIN in 8, 12, 13 or 14. The address is read and never visited. Words of the query
 * that are no identifiers are the shop window's own business and mean nothing here.
 * Source: GS1 Digital Link standard: URI syntax 1.4.
 */
export function readDigitalLink(text: string, year: number): DigitalLinkReading {
  const address = /^https?:\/\/([^/?#\s]+)(\/[^?#\s]*)?(?:\?([^#\s]*))?(?:#\S*)?$/i.exec(text);
  if (address === null) return { kind: "no-link" };
  const [, host = "", path = "", query = ""] = address;
  const item = /\/01\/(\d{8}|\d{12,14})((?:\/[^/]+)*)\/?$/.exec(path);
  if (item === null) return isCompressed(host, path) ? { kind: "compressed" } : { kind: "no-link" };
  const [, gtin = "", further = ""] = item;
  const inPath = pairsOf(further);
  if (inPath === null) return { kind: "no-link" };
  const pairs = [["01", gtin.padStart(14, "0")] as const, ...inPath, ...pairsOfQuery(query)];
  return { kind: "link", elements: elementsOf(pairs, year) };
}

function elementsOf(pairs: readonly (readonly [string, string])[], year: number): Result<Gs1Elements, Gs1Fault> {
  const elements = new Map<string, string>();
  for (const [ai, encoded] of pairs) {
    const rule = aiRules.get(ai);
    if (rule === undefined) return fail({ kind: "unknown-ai", ai });
    const value = decoded(encoded);
    const before = elements.get(ai);
    const fault: Gs1Fault | null = value === null ? { kind: "bad-value", ai } : faultOfValue(rule, value, year);
    if (fault !== null || value === null) return fail(fault ?? { kind: "bad-value", ai });
    if (before !== undefined && before !== value) return fail({ kind: "contradiction", ai });
    elements.set(ai, value);
  }
  return ok(elements);
}

/** "/10/LOT/21/7" as pairs; null where it is some other path that goes on after a number. */
function pairsOf(path: string): readonly (readonly [string, string])[] | null {
  const segments = path.split("/").slice(1);
  const pairs: (readonly [string, string])[] = [];
  let place = -1;
  for (let at = 0; at < segments.length; at += 2) {
    const ai = segments[at] ?? "";
    const next = qualifiers.indexOf(ai);
    if (next <= place || segments[at + 1] === undefined) return null;
    place = next;
    pairs.push([ai, segments[at + 1] ?? ""]);
  }
  return pairs;
}

function pairsOfQuery(query: string): readonly (readonly [string, string])[] {
  return query.split(/[&;]/).flatMap((part) => {
    const match = /^(\d{2,4})=(.*)$/.exec(part);
    return match === null ? [] : [[match[1] ?? "", match[2] ?? ""] as const];
  });
}

/** Percent-encoding undone; null where it is broken. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** GS1's own resolver with one word of base64 behind it; elsewhere such an address may mean anything. */
function isCompressed(host: string, path: string): boolean {
  return /^id\.gs1\.org$/i.test(host) && /^\/[\w-]{10,}$/.test(path);
}
