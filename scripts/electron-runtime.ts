import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root directory; Electron started on it runs package.json's `main`. */
export const projectRoot = fileURLToPath(new URL("..", import.meta.url));

export type ElectronRuntime = {
  readonly executable: string;
  /** False for the third-party stand-in that set-up takes where Electron's own download cannot be reached. */
  readonly isOfficial: boolean;
};

/**
 * Where the Electron executable is: ELECTRON_OVERRIDE_DIST_PATH, else the official download, else the stand-in.
 * Throws when there is none, with what to type.
 */
export function resolveElectron(): ElectronRuntime {
  const dist = join(projectRoot, "node_modules/electron/dist");
  const pathFile = join(projectRoot, "node_modules/electron/path.txt");
  const program = existsSync(pathFile) ? readFileSync(pathFile, "utf8") : "electron";
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  const candidates: readonly ElectronRuntime[] = [
    ...(override === undefined ? [] : [{ executable: join(override, program), isOfficial: true }]),
    { executable: join(dist, program), isOfficial: true },
    { executable: join(projectRoot, ".runtime/electron/electron"), isOfficial: false },
  ];
  const found = candidates.find(({ executable }) => existsSync(executable));
  if (found === undefined) throw new Error("There is no Electron runtime yet; npm run setup brings one.");
  return found;
}

export type LaunchSpec = {
  readonly executable: string;
  /** Electron's own switches, the application, then the till's arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/**
 * How to start the built till, for `npm start`, tests and measurements alike. Fits Playwright's
 * `_electron.launch({ executablePath: spec.executable, args: [...spec.args], env: spec.env })` and `spawn`.
 * A screen must be there: see {@link ./screen.ts}.
 *
 * @param tillArgs what the till itself reads, such as `--data-dir DIR`
 * @param options.env added to this process's environment
 * @param options.app what Electron runs; the project by default
 */
export function launchSpec(
  tillArgs: readonly string[] = [],
  options: { readonly env?: Readonly<Record<string, string>>; readonly app?: string } = {},
): LaunchSpec {
  return {
    executable: resolveElectron().executable,
    args: [...switchesOfThisMachine(), options.app ?? projectRoot, ...tillArgs],
    env: { ...ownEnvironment(), ...options.env },
  };
}

/** Chromium's switches that this machine needs; a desktop with a user signed in needs none. */
export function switchesOfThisMachine(): readonly string[] {
  if (process.platform !== "linux") return [];
  return [
    // Chromium refuses to set its sandbox up for root. The renderers' own `sandbox: true` stays.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ...(existsSync("/dev/dri") ? [] : ["--disable-gpu"]),
  ];
}

function ownEnvironment(): Record<string, string> {
  const present = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  // With this set Electron would run as a plain Node.
  return Object.fromEntries(present.filter(([name]) => name !== "ELECTRON_RUN_AS_NODE"));
}
