import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Addon, LinuxAddon } from "./addon.ts";

export type LoadedAddon =
  | { readonly ok: true; readonly addon: Addon }
  /** Why, in English for the log and the set-up page: what is missing, not what to do about it. */
  | { readonly ok: false; readonly reason: string };

const binaryName = "tillway-devices.node";

let loaded: LoadedAddon | null = null;

/**
 * The native addon, loaded at the first call. The till runs without it: whoever needs it tells its user the reason.
 * A binary compiled on this machine comes before the one that was delivered.
 */
export function loadAddon(): LoadedAddon {
  loaded ??= loadFirst(candidates());
  return loaded;
}

/** The Linux half, or why there is none. */
export function loadLinuxAddon(): { readonly ok: true; readonly addon: LinuxAddon } | { ok: false; reason: string } {
  const found = loadAddon();
  if (!found.ok) return found;
  if (found.addon.platform !== "linux") return { ok: false, reason: "only Linux gives a program this device" };
  return { ok: true, addon: found.addon };
}

/** One binary, for tests: loads exactly that one. */
export function loadAddonFrom(path: string): LoadedAddon {
  return loadFirst([path]);
}

function loadFirst(paths: readonly string[]): LoadedAddon {
  const reasons: string[] = [];
  for (const path of paths) {
    try {
      // The addon's exports, declared in addon.ts; that they belong to these sources is tested, that it is ours is looked at.
      const addon = createRequire(import.meta.url)(path) as Addon;
      if (addon.platform === process.platform) return { ok: true, addon };
      reasons.push(`${path} is made for ${addon.platform}`);
    } catch (error) {
      reasons.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
    }
  }
  const place = `${process.platform}-${process.arch}`;
  if (reasons.length === 0) return { ok: false, reason: `the native addon does not exist for ${place}` };
  return { ok: false, reason: `the native addon does not load: ${reasons.join("; ")}` };
}

/** The sources stand in native/addon, the built host in out/main, the packaged one in the archive: native/addon is above each. */
function candidates(): readonly string[] {
  const found: string[] = [];
  let folder = import.meta.dirname;
  for (let level = 0; level < 4; level += 1) {
    for (const kind of ["build", "prebuilds"]) {
      const path = join(folder, "native", "addon", kind, `${process.platform}-${process.arch}`, binaryName);
      if (existsSync(path)) found.push(path);
    }
    folder = dirname(folder);
  }
  return found;
}
