import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../electron-runtime.ts";
import type { LockedPackages } from "./shipped.ts";

export function readLock(): LockedPackages {
  // npm's own file.
  return JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as LockedPackages;
}
