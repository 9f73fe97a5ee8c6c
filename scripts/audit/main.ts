import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../electron-runtime.ts";
import { runTool } from "../tally.ts";
import { licenceProblems } from "./licences.ts";
import { advisoriesIn } from "./advisories.ts";
import { readLock } from "./read-lock.ts";
import { jsonIn, missingInSbom, type Sbom, sbomArguments } from "./sbom.ts";
import { shippedPackages } from "./shipped.ts";

// npm run audit: licences of every package, a bill of materials (CycloneDX) in test-results/sbom.cdx.json, and what the
// registry knows against them. The last line is JSON. Exit code 1: a licence that is not allowed, a package the bill lacks,
// or a known hole in something that is shipped. Where the registry has no such service the verdict says so, and the exit
// code stays what the rest of it is: nothing was found because nobody could be asked.

const lock = readLock();
const problems = licenceProblems(lock);
for (const { package: name, license, isShipped } of problems)
  console.log(`${name}: licence "${license}" is not allowed for ${isShipped ? "what is shipped" : "a tool"}`);

const made = await runTool(["npm", ...sbomArguments]);
// What npm writes; its absence is seen below.
const bill = jsonIn(made.output) as Sbom | null;
const missing = bill === null ? ["all of them: npm sbom failed"] : missingInSbom(bill, lock);
for (const name of missing) console.log(`${name}: not in the bill of materials`);
if (bill === null) console.log(made.output.trimEnd());
else {
  mkdirSync(join(projectRoot, "test-results"), { recursive: true });
  writeFileSync(join(projectRoot, "test-results", "sbom.cdx.json"), `${JSON.stringify(bill, null, 2)}\n`);
}

const asked = await runTool(["npm", "audit", "--json", "--package-lock-only"]);
const shippedNames = new Set(shippedPackages(lock).map(({ name }) => name));
const advisories = advisoriesIn(jsonIn(asked.output), shippedNames);
if (advisories.kind === "answered")
  for (const { name, severity, isShipped } of advisories.found)
    console.log(`${name}: ${severity}${isShipped ? ", shipped" : ", a tool"}`);
else console.log(`advisories: nobody was asked: ${advisories.why}`);

const holes = advisories.kind === "answered" ? advisories.found.filter(({ isShipped }) => isShipped).length : null;
const isWell = problems.length === 0 && missing.length === 0 && (holes ?? 0) === 0;
const { length: packages } = Object.keys(lock.packages);
console.log(
  JSON.stringify({
    ...{
      packages: packages - 1,
      shipped: shippedNames.size,
      badLicences: problems.length,
      missingInSbom: missing.length,
    },
    ...{ advisories: advisories.kind, holesInShipped: holes, ok: isWell },
  }),
);
process.exitCode = isWell ? 0 : 1;
