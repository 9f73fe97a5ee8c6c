import { existsSync, readdirSync, renameSync } from "node:fs";
import { basename, dirname } from "node:path";
import { syncDirectoryOf } from "../connection.ts";

/** What SQLite keeps beside a file belongs to it. */
const parts = ["", "-wal", "-shm"];

/**
 * Renames a damaged catalogue, so that a new one can be made in its place and the old one be looked at.
 * @param nowMs milliseconds since 1970, part of the new name
 * @returns the new name
 */
export function setCatalogAside(path: string, nowMs: number): string {
  const aside = `${asidePrefix(path)}${nowMs}`;
  for (const part of parts) if (existsSync(path + part)) renameSync(path + part, aside + part);
  syncDirectoryOf(path);
  return basename(aside);
}

/** Whether one was ever set aside here. */
export function setAsideBesides(path: string): boolean {
  const prefix = basename(asidePrefix(path));
  return readdirSync(dirname(path)).some((name) => name.startsWith(prefix));
}

function asidePrefix(path: string): string {
  return `${path}.damaged-`;
}
