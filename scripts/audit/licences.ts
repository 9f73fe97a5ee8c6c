import { type LockedPackages, nameOf, shippedPackages } from "./shipped.ts";

/**
 * Licences under which a package may be part of the product: all of them let it be passed on in a closed one, with its
 * notice, which the package carries (third-party.ts). Another one is for a person to read before it gets here.
 */
const shippable: ReadonlySet<string> = new Set([
  ...["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0", "CC0-1.0", "Python-2.0"],
]);

/** Of tools that build and test and are not passed on. */
const usable: ReadonlySet<string> = new Set([...shippable, "MPL-2.0", "CC-BY-4.0", "WTFPL"]);

export interface LicenceProblem {
  readonly package: string;
  /** As the package says it; empty where it says none. */
  readonly license: string;
  readonly isShipped: boolean;
}

/** Packages whose licence is not known to be right for what they are used for. */
export function licenceProblems(lock: LockedPackages): readonly LicenceProblem[] {
  const shipped = new Set(shippedPackages(lock).map(({ path }) => path));
  return Object.entries(lock.packages).flatMap(([path, { version = "", license = "" }]) => {
    if (path === "") return [];
    const isShipped = shipped.has(path);
    if (isAllowed(license, isShipped ? shippable : usable)) return [];
    return [{ package: `${nameOf(path)}@${version}`, license, isShipped }];
  });
}

/** An SPDX expression of one level: of licences joined by OR one is chosen, those joined by AND all hold. */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const plain = expression.replaceAll(/[()]/g, " ").trim();
  if (/\bor\b/i.test(plain) && /\band\b/i.test(plain)) return false;
  if (/\bor\b/i.test(plain)) return plain.split(/\s+or\s+/i).some((one) => allowed.has(one.trim()));
  return plain.split(/\s+and\s+/i).every((one) => allowed.has(one.trim()));
}
