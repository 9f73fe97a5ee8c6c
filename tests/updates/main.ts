import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot, resolveElectron } from "#scripts/electron-runtime.ts";
import { packagedApp } from "#scripts/packaged/packaged-app.ts";
import { openScreen } from "#scripts/screen.ts";
import { proveUpdates } from "./prove-updates.ts";

/**
 * npm run updates: the packaged till of this version n is installed as a folder of versions and updates itself from a feed on
 * loopback to n+1, never while something is sold; an n+2 that cannot go on is taken back with the books as they were; a
 * download that is not what the feed says is thrown away. The last line is one JSON object; the exit code is 0 only where it
 * says ok. Linux only: elsewhere the system's installer puts versions in (docs/PACKAGE.md).
 */
const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
// Our own package.json.
const { version } = manifest as { readonly version: string };
const screen = await openScreen();
try {
  const app = packagedApp(resolveElectron().isOfficial);
  const verdict = await proveUpdates(app, { version, env: { ...process.env, ...screen.env }, say: console.error });
  console.log(JSON.stringify(verdict));
  process.exitCode = verdict.ok ? 0 : 1;
} catch (cause) {
  console.log(JSON.stringify({ ok: false, why: cause instanceof Error ? cause.message : String(cause) }));
  process.exitCode = 1;
} finally {
  screen.close();
}
