import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { VersionsFolder } from "./versions-folder.ts";

/** What a new version could change before it is known to work: the books and the catalogue, with what is not yet in them. */
const books = ["sales.db", "sales.db-wal", "catalog.db", "catalog.db-wal"] as const;
/** SQLite's own, made anew at every opening; beside another file it would be wrong. */
const shared = ["sales.db-shm", "catalog.db-shm"] as const;

/**
 * Called at every start before a file of books is opened. In a version's first start the books are copied, so that whatever
 * it does to them is undone where it fails. In the older version's start after that the copy is put back, which loses
 * nothing: a version on trial lets nobody sell, pays, prints and sends nothing before it has passed. Throws what the disk
 * says; a start that is cut off here does it again.
 *
 * @returns whether this start is a trial
 */
export function beginStart(versions: VersionsFolder, version: string, dataDir: string): boolean {
  const copy = join(dataDir, "before-update");
  if (versions.trying() === version && versions.current() !== version) {
    keepCopy(copy, dataDir, version);
    return true;
  }
  const of = copiedFor(copy);
  if (of !== null && versions.failed().includes(of)) putBack(copy, dataDir);
  rmSync(copy, { recursive: true, force: true });
  return false;
}

/** Whole under its name, or not there: it is made beside and renamed. */
function keepCopy(copy: string, dataDir: string, version: string): void {
  const growing = `${copy}.new`;
  for (const old of [copy, growing]) rmSync(old, { recursive: true, force: true });
  mkdirSync(growing, { recursive: true, mode: 0o700 });
  for (const name of books) {
    if (existsSync(join(dataDir, name))) cpSync(join(dataDir, name), join(growing, name));
  }
  writeFileSync(join(growing, "of"), version);
  renameSync(growing, copy);
}

function putBack(copy: string, dataDir: string): void {
  for (const name of [...shared, ...books]) rmSync(join(dataDir, name), { force: true });
  for (const name of books) {
    if (existsSync(join(copy, name))) cpSync(join(copy, name), join(dataDir, name));
  }
}

/** The version before whose trial the copy was made. */
function copiedFor(copy: string): string | null {
  try {
    return readFileSync(join(copy, "of"), "utf8");
  } catch {
    // There is no copy.
    return null;
  }
}
