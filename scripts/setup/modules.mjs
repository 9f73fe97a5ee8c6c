import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm, root, run, say, SetupFailure } from "./step.mjs";

const modules = join(root, "node_modules");
const stamp = join(modules, ".set-up-from-lockfile");

/** Brings node_modules to what the lockfile says. Quick when it is there already. */
export function setUpModules() {
  const lockfile = readFileSync(join(root, "package-lock.json"), "utf8");
  const wanted = createHash("sha256").update(lockfile).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!holdsWhatTheLockfileSays(lockfile)) {
    say("installing node modules from the lockfile (about a minute)");
    // No install scripts: npm would try to compile better-sqlite3, which ships its binary and needs no compiler.
    const installed = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { show: true });
    if (!installed.ok) throw new SetupFailure("npm could not install the node modules; its message stands above.");
  }
  writeFileSync(stamp, wanted);
}

/** Node 24 for the tools: the npm package `node`, first on the PATH of every npm script. */
export function setUpNode() {
  if (toolsNodeRuns()) return;
  say("fetching Node 24 for the tools");
  // A half-linked binary of an interrupted run would be the `node` that npm's own scripts start.
  rmSync(join(modules, "node", "bin"), { recursive: true, force: true });
  const built = npm(["rebuild", "node", "--foreground-scripts", "--loglevel=error"]);
  if (!built.ok || !toolsNodeRuns())
    throw new SetupFailure(`the npm package "node" could not fetch Node 24 (${built.lastLine}).`);
}

/**
 * npm writes node_modules/.package-lock.json as the last act of an installation, so it is there and agrees only when the
 * installation ran to its end. Someone who ran `npm install` by hand need not wait a second time.
 * @param {string} lockfile
 */
function holdsWhatTheLockfileSays(lockfile) {
  const hidden = join(modules, ".package-lock.json");
  if (!existsSync(hidden)) return false;
  try {
    /** @type {Record<string, { version?: string, optional?: boolean }>} */
    const wanted = JSON.parse(lockfile).packages;
    /** @type {Record<string, { version?: string }>} */
    const present = JSON.parse(readFileSync(hidden, "utf8")).packages;
    return Object.entries(wanted).every(([path, { version, optional }]) => {
      if (path === "") return true;
      const installed = present[path];
      return installed === undefined ? optional === true : installed.version === version;
    });
  } catch {
    return false; // Cut off while it was written: install again.
  }
}

function toolsNodeRuns() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const version = run(join(modules, "node", "bin", name), ["--version"], { timeoutMs: 10_000 });
  return version.ok && version.output.startsWith("v24.");
}
