import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../electron-runtime.ts";

/** A till as it is installed: a directory that runs by itself. */
export interface PackagedApp {
  readonly dir: string;
  readonly executable: string;
  readonly archive: string;
  /** Packed with the stand-in runtime: for trying out, never for users. */
  readonly isTrial: boolean;
}

/** Where `npm run package` puts what it makes. */
export const outputOf = (isOfficial: boolean): string => (isOfficial ? "dist" : "dist/trial");

/** electron-builder's name for the directory and the program on this system. */
const places: Readonly<Record<string, readonly [directory: string, program: string, resources: string]>> = {
  linux: ["linux-unpacked", "tillway", "resources"],
  win32: ["win-unpacked", "Tillway.exe", "resources"],
  darwin: [process.arch === "arm64" ? "mac-arm64" : "mac", "Tillway.app/Contents/MacOS/Tillway", "../Resources"],
};

/** The till that was packed last on this machine. Throws with what to type where there is none. */
export function packagedApp(isOfficial: boolean): PackagedApp {
  const place = places[process.platform];
  if (place === undefined) throw new Error(`the till is not packed for ${process.platform}`);
  const found = appIn(join(projectRoot, outputOf(isOfficial), place[0]), !isOfficial);
  if (!existsSync(found.executable)) throw new Error(`${found.executable} is not there; npm run package makes it`);
  return found;
}

/** The till in another directory that was copied from a packed one. */
export function appIn(dir: string, isTrial: boolean): PackagedApp {
  const [, program, resources] = places[process.platform] ?? ["", "tillway", "resources"];
  const executable = join(dir, program);
  return { dir, executable, archive: join(dirname(executable), resources, "app.asar"), isTrial };
}
