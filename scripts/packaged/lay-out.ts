import { chmodSync, copyFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../electron-runtime.ts";
import type { PackagedApp } from "./packaged-app.ts";

/**
 * A folder of versions as a Linux till is installed from: the launcher, the version, and that it is the present one. What the
 * files are: main/update/versions-folder.ts.
 */
export function layOutVersions(app: PackagedApp, version: string, home: string, feed: string): void {
  mkdirSync(join(home, "versions"), { recursive: true });
  cpSync(app.dir, join(home, "versions", version), { recursive: true, verbatimSymlinks: true });
  copyFileSync(join(projectRoot, "resources", "launcher", "tillway"), join(home, "tillway"));
  chmodSync(join(home, "tillway"), 0o755);
  writeFileSync(join(home, "current"), `${version}\n`);
  writeFileSync(join(home, "feed"), `${feed}\n`);
}
