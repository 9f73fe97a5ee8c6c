import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { runTool } from "#scripts/tally.ts";
import { advisoriesIn } from "./advisories.ts";
import { isAllowed, licenceProblems } from "./licences.ts";
import { readLock } from "./read-lock.ts";
import { jsonIn, missingInSbom, sbomArguments, type Sbom } from "./sbom.ts";
import { type LockedPackages, pagePackages, shippedPackages } from "./shipped.ts";
import { licenceText, standardText, thirdPartyText } from "./third-party.ts";

const lock = readLock();

describe("what is shipped", () => {
  it("stands under licences that allow it, and so does every tool", () => {
    expect(licenceProblems(lock)).toEqual([]);
  });

  it("includes all that the pages are bundled of", () => {
    const files = ["renderer", "headoffice/web"].flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.endsWith("vite.config.ts"))
        .map((name) => readFileSync(join(projectRoot, folder, name), "utf8")),
    );
    const imported = files.flatMap((text) => [...text.matchAll(/from "(@[\w-]+\/[\w.-]+|[a-z][\w.-]*)[^"]*"/g)]);
    const names = new Set(imported.map(([, name = ""]) => name));
    const dependencies = Object.keys(lock.packages[""]?.dependencies ?? {});
    const known = new Set<string>([...pagePackages, ...dependencies]);
    expect([...names].filter((name) => !known.has(name))).toEqual([]);
    expect(names.has("react")).toBe(true);
  });

  it("carries the notice of every package that is here", () => {
    const packages = shippedPackages(lock);
    expect(packages.length).toBeGreaterThan(100);
    const text = thirdPartyText(packages);
    for (const { name, version } of packages) expect(text).toContain(`${name} ${version} (`);
    const silent = packages.filter(
      ({ path, isOptional }) => !isOptional && licenceText(join(projectRoot, path)) === "",
    );
    expect(silent.filter(({ license }) => standardText(license) === "").map(({ name }) => name)).toEqual([]);
  });

  it("is told from tools by what needs it, wherever it lies", () => {
    const packages: LockedPackages["packages"] = {
      "": { dependencies: { a: "1" } },
      "node_modules/a": { version: "1", license: "MIT", dependencies: { b: "1" } },
      "node_modules/a/node_modules/b": { version: "2", license: "GPL-3.0-only" },
      "node_modules/b": { version: "1", license: "MIT" },
      "node_modules/tool": { version: "1", license: "MPL-2.0" },
      "node_modules/odd": { version: "1" },
    };
    expect(shippedPackages({ packages }).map(({ path }) => path)).toEqual([
      "node_modules/a",
      "node_modules/a/node_modules/b",
    ]);
    expect(licenceProblems({ packages })).toEqual([
      { package: "b@2", license: "GPL-3.0-only", isShipped: true },
      { package: "odd@1", license: "", isShipped: false },
    ]);
  });
});

it.each([
  ["MIT", true],
  ["(MIT OR CC0-1.0)", true],
  ["MIT or GPL-2.0", true],
  ["GPL-2.0", false],
  ["MIT AND GPL-2.0", false],
  ["MIT OR ISC AND GPL-2.0", false],
  ["", false],
])("a licence of %j is allowed: %s", (expression, isRight) => {
  expect(isAllowed(expression, new Set(["MIT", "ISC"]))).toBe(isRight);
});

describe("the bill of materials", () => {
  it("names every package of the lockfile", async () => {
    const { code, output } = await runTool(["npm", ...sbomArguments]);
    expect(code).toBe(0);
    const sbom = jsonIn(output) as Sbom;
    expect(sbom.bomFormat).toBe("CycloneDX");
    expect(missingInSbom(sbom, lock)).toEqual([]);
  });

  it("is seen to lack one", () => {
    const packages = { "": {}, "node_modules/@a/b": { version: "1" }, "node_modules/c": { version: "2" } };
    const sbom = {
      components: [
        { name: "@a/b", version: "1" },
        { name: "c", version: "1" },
      ],
    };
    expect(missingInSbom(sbom, { packages })).toEqual(["c@2"]);
  });
});

describe("advisories", () => {
  it("are told by package, and whether it is shipped", () => {
    const report = { vulnerabilities: { zod: { severity: "high" }, vite: { severity: "low" } } };
    expect(advisoriesIn(report, new Set(["zod"]))).toEqual({
      kind: "answered",
      found: [
        { name: "zod", severity: "high", isShipped: true },
        { name: "vite", severity: "low", isShipped: false },
      ],
    });
  });

  it.each([
    [null, "npm gave no report"],
    [{ message: "404 Not Found - POST https://mirror.example/-/npm/v1/security" }, "404 Not Found - POST (registry)"],
    [{ message: "405 Method Not Allowed", error: { summary: "", detail: "" } }, "405 Method Not Allowed"],
    [{ error: { code: "ENOAUDIT", summary: "" } }, "ENOAUDIT"],
    [{}, "npm gave no reason"],
  ])("are never called none where nobody answered: %j", (report, why) => {
    expect(advisoriesIn(report, new Set())).toEqual({ kind: "not-asked", why });
  });
});
