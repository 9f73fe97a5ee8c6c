import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { type Lockfile, missingOptionalPackages, registryAddresses } from "./lockfile.ts";

const ours = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as Lockfile;

describe("the lockfile", () => {
  it("holds every optional package that a package names, for every system", () => {
    expect(missingOptionalPackages(ours)).toEqual([]);
  });

  it("names no registry", () => {
    expect(registryAddresses(ours)).toEqual([]);
  });
});

describe("the look at a lockfile", () => {
  it("finds a missing optional package, at the top and nested", () => {
    const packages = {
      "": {},
      "node_modules/a": { optionalDependencies: { "a-linux": "1", "a-win": "1", shared: "1" } },
      "node_modules/a/node_modules/a-linux": {},
      "node_modules/shared": { optionalDependencies: { gone: "1" } },
    };
    expect(missingOptionalPackages({ packages })).toEqual(["node_modules/a → a-win", "node_modules/shared → gone"]);
  });

  it("finds an address", () => {
    expect(registryAddresses({ packages: { "node_modules/a": { resolved: "https://mirror/a.tgz" } } })).toEqual([
      "https://mirror/a.tgz",
    ]);
  });
});
