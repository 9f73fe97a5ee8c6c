import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "electron-vite";
import { build as buildPage } from "vite";
import { buildPrograms } from "./compiled/build-programs.ts";
import { writeThirdParty } from "./audit/third-party.ts";
import { projectRoot } from "./electron-runtime.ts";

const sources = [
  ...["core", "contract", "preload", "main", "native", "renderer", "simulators", "resources", "headoffice"],
  ...["tables", "wechatpay", "scripts/compiled"],
  ...["package.json", "package-lock.json", "electron.vite.config.ts", "tsconfig.base.json"],
];
const output = join(projectRoot, "out");
const stamp = join(output, ".built-from");

/** Builds the till and head office's page into out/ unless it was built from exactly these sources; says whether it did. */
export async function buildIfStale(): Promise<"built" | "fresh"> {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return "fresh";
  // Removed first: a build that is cut off must not pass for a finished one.
  rmSync(stamp, { force: true });
  await build({ root: projectRoot, logLevel: "warn" });
  await buildPrograms();
  await buildPage({ configFile: join(projectRoot, "headoffice/web/vite.config.ts"), logLevel: "warn" });
  writeThirdParty();
  writeFileSync(stamp, wanted);
  return "built";
}

/** Names, sizes and times of everything a build reads. Tests are no part of it. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const source of sources) for (const line of describe(source)) hash.update(line);
  return hash.digest("hex");
}

function* describe(path: string): Generator<string> {
  const facts = statSync(join(projectRoot, path), { throwIfNoEntry: false });
  if (facts === undefined) return;
  if (facts.isFile() && !/\.test\.tsx?$/.test(path)) yield `${path} ${facts.size} ${facts.mtimeMs}\n`;
  if (!facts.isDirectory()) return;
  for (const name of readdirSync(join(projectRoot, path)).toSorted()) yield* describe(`${path}/${name}`);
}

/** For the commands: says in one line that it built, or what is wrong with the sources, and then ends the process. */
export async function buildOrExit(): Promise<void> {
  const began = performance.now();
  try {
    if ((await buildIfStale()) === "built")
      console.log(`built into out/ in ${Math.round(performance.now() - began)} ms`);
  } catch (cause) {
    console.error(`The till could not be built. ${cause instanceof Error ? cause.message : String(cause)}`);
    process.exit(1);
  }
}

if (import.meta.main) await buildOrExit();
