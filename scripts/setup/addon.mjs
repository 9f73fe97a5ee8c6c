import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { root, run, say } from "./step.mjs";

// The native addon, compiled by one call of the compiler: node-gyp would want Node's own headers, which are a download
// of their own. Node-API's come with npm, and one binary serves Node and Electron.

const addon = join(root, "native", "addon");
const sources = join(addon, "src");
const headers = join(root, "node_modules", "node-api-headers");

/** The name of the binary, in `build` and `prebuilds` alike. */
export const binaryName = "tillway-devices.node";
/** Beside each prebuilt binary: the hash of the sources it was made from. */
export const hashName = "sources.sha256";

/**
 * Compiles the addon for this machine where there is a compiler. Never fails the set-up: a prebuilt binary may stand in,
 * and without any the till says which devices it cannot use. Quick when it is done already.
 */
export function setUpAddon() {
  if (!existsSync(sources) || !existsSync(headers)) return;
  const place = `${process.platform}-${process.arch}`;
  const binary = join(addon, "build", place, binaryName);
  const stamp = join(addon, "build", place, hashName);
  const wanted = sourcesHash();
  if (readIfThere(stamp) === wanted && (existsSync(binary) || isPrebuilt(place, wanted))) return;
  rmSync(dirname(stamp), { recursive: true, force: true });
  mkdirSync(dirname(stamp), { recursive: true });
  const made = compileHere(binary);
  if (made.ok || isPrebuilt(place, wanted)) {
    // A machine without a compiler is not asked again until the sources change.
    writeFileSync(stamp, wanted);
    return;
  }
  say(
    `no native addon for ${place} (${made.lastLine}): USB printers and HID and keyboard scanners need it; all else works`,
  );
}

/** @param {string} place @param {string} wanted */
function isPrebuilt(place, wanted) {
  const folder = join(addon, "prebuilds", place);
  return existsSync(join(folder, binaryName)) && readIfThere(join(folder, hashName)) === wanted;
}

/** What the binaries belong to: every file under native/addon/src, by name and content. */
export function sourcesHash() {
  const hash = createHash("sha256");
  for (const path of filesBelow(sources)) {
    // A checkout on Windows may have changed the line ends.
    const text = readFileSync(path, "utf8").replaceAll("\r\n", "\n");
    hash.update(`${relative(sources, path).split(sep).join("/")}\0${text}\0`);
  }
  return hash.digest("hex");
}

/**
 * @param {string} into the binary's path; it appears whole or not at all
 * @returns {{ ok: boolean, lastLine: string }}
 */
export function compileHere(into) {
  if (process.platform === "linux") return compileForLinux(into);
  if (process.platform === "darwin") return compileForMac(into);
  // Visual C++ would need its own environment set up; the prebuilt binary serves every Windows on x64.
  return { ok: false, lastLine: "compiled on Linux only, with mingw" };
}

/** @param {string} into @param {{ sanitize?: boolean }} [options] */
export function compileForLinux(into, options = {}) {
  const kind = options.sanitize
    ? ["-O1", "-g", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]
    : ["-O2", "-s", "-static-libstdc++", "-static-libgcc", "-ffunction-sections", "-Wl,--gc-sections"];
  return compile("c++", "linux", into, [...kind, "-fPIC", "-shared", "-pthread", "-fvisibility=hidden"]);
}

/** @param {string} into */
function compileForMac(into) {
  return compile("c++", "macos", into, ["-O2", "-bundle", "-undefined", "dynamic_lookup", "-fvisibility=hidden"]);
}

/** @param {string} into */
export function compileForWindows(into) {
  mkdirSync(dirname(into), { recursive: true });
  const names = ["js_native_api.def", "node_api.def"].flatMap((name) =>
    readFileSync(join(headers, "def", name), "utf8")
      .split(/\r?\n/)
      .filter((line) => /^napi_|^node_api_/.test(line)),
  );
  const definitions = `${into}.def`;
  const library = `${into}.a`;
  try {
    writeFileSync(definitions, ["NAME node.exe", "EXPORTS", ...new Set(names)].join("\n"));
    // Loaded late, so that src/windows/delay-load.cc can say which program node.exe is.
    const listed = run("x86_64-w64-mingw32-dlltool", ["-d", definitions, "-D", "node.exe", "-y", library]);
    if (!listed.ok) return listed;
    const system = ["-O2", "-s", "-shared", "-static", "-DUNICODE", "-D_WIN32_WINNT=0x0A00"];
    const libraries = [library, "-ldelayimp", "-lwinspool"];
    return compile("x86_64-w64-mingw32-g++-posix", "windows", into, system, libraries);
  } finally {
    rmSync(definitions, { force: true });
    rmSync(library, { force: true });
  }
}

/**
 * @param {string} compiler @param {string} system its folder in src @param {string} into
 * @param {readonly string[]} options @param {readonly string[]} [libraries]
 */
function compile(compiler, system, into, options, libraries = []) {
  mkdirSync(dirname(into), { recursive: true });
  const units = [sources, join(sources, system)].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".cc"))
      .map((name) => join(folder, name)),
  );
  const half = `${into}.${process.pid}.half`;
  const made = run(
    compiler,
    [
      ...["-std=c++17", "-Wall", "-Wextra", "-Werror", `-DTILLWAY_SOURCES="${sourcesHash()}"`],
      ...[`-I${join(headers, "include")}`, ...options, ...units.toSorted(), ...libraries, "-o", half],
    ],
    // Ten seconds on a slow machine; a compiler that hangs must not hold the set-up for ever.
    { timeoutMs: 180_000 },
  );
  if (made.ok) renameSync(half, into);
  else rmSync(half, { force: true });
  return made;
}

/** @param {string} folder @returns {readonly string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** @param {string} path */
function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
}
