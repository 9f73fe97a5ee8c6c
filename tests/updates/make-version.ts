import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPackageWithOptions, extractAll } from "@electron/asar";
import { appIn, type PackagedApp } from "#scripts/packaged/packaged-app.ts";

/** Where a start has everything open and has not passed yet: there a broken version breaks. */
const beforePassing = "await updates.pass(";

/** What a broken version's log says once it has spoilt the books. */
export const spoiltWords = "a broken version has written into the books";

/**
 * A copy of a packaged till under another version. A broken one opens and migrates the books, writes into them what nobody
 * sold, and then cannot go on: the worst moment to fail at.
 */
export async function makeVersion(
  app: PackagedApp,
  version: string,
  dir: string,
  isBroken: boolean,
): Promise<PackagedApp> {
  cpSync(app.dir, dir, { recursive: true, verbatimSymlinks: true });
  const made = appIn(dir, app.isTrial);
  const folder = `${dir}.source`;
  mkdirSync(folder, { recursive: true });
  extractAll(app.archive, folder);
  const manifest = join(folder, "package.json");
  const text = readFileSync(manifest, "utf8").replace(/"version":\s*"[^"]+"/, `"version": "${version}"`);
  writeFileSync(manifest, text);
  if (isBroken) breakIt(join(folder, "out", "main", "app.cjs"));
  for (const old of [made.archive, `${made.archive}.unpacked`]) rmSync(old, { recursive: true, force: true });
  await createPackageWithOptions(folder, made.archive, { unpack: "*.node" });
  rmSync(folder, { recursive: true, force: true });
  return made;
}

function breakIt(file: string): void {
  const text = readFileSync(file, "utf8");
  if (text.split(beforePassing).length !== 2) throw new Error(`${file} does not pass its self-check where it did`);
  const spoil = `store.appendJournal({ kind: "drawer-opened", body: { reason: "by a broken version" } });`;
  const told = `log.info("${spoiltWords}"); throw new Error("broken on purpose");`;
  writeFileSync(file, text.replace(beforePassing, `${spoil} ${told} ${beforePassing}`));
}
