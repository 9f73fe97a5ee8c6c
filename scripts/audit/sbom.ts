import { type LockedPackages, nameOf } from "./shipped.ts";

export const sbomArguments = [
  ...["sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--loglevel", "error"],
] as const;

/** The object in what a tool printed, among whatever else it had to say; null where there is none. */
export function jsonIn(output: string): unknown {
  try {
    return JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
  } catch {
    return null;
  }
}

/** A bill of materials as `npm sbom` writes it (CycloneDX JSON), as far as it is looked at. */
export interface Sbom {
  readonly bomFormat?: unknown;
  readonly specVersion?: unknown;
  readonly components?: readonly { readonly name?: string; readonly group?: string; readonly version?: string }[];
}

/** Packages of the lockfile that the bill does not name with their version. */
export function missingInSbom(sbom: Sbom, { packages }: LockedPackages): readonly string[] {
  const named = new Set(
    (sbom.components ?? []).map(({ group, name = "", version = "" }) => {
      const whole = group === undefined || group === "" ? name : `${group}/${name}`;
      return `${whole}@${version}`;
    }),
  );
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { version = "" }]) => `${nameOf(path)}@${version}`)
    .filter((wanted) => !named.has(wanted));
}
