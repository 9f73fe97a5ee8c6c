import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isVersion } from "#core/update/put-in.ts";
import { writeDurably } from "#main/secret/write-durably.ts";

/** Longer than any list of versions that failed on one till. Bytes. */
const mostBytes = 4_096;

/**
 * Where a till's versions lie side by side, below the folder it is installed in:
 *
 *     tillway            the launcher, a script of a page: starts the present version, or tries the next
 *     feed               where updates come from: one address
 *     current            the version that has passed its self-check
 *     trying, tried      a version that lies ready for its first start; whether that start has been made
 *     failed             versions that did not pass, one a line
 *     versions/0.1.0/    each version as it was packed
 *
 * The launcher reads and writes the same files, so that a version that does not even begin to run is noticed.
 */
export interface VersionsFolder {
  /** What starts the present version. */
  readonly launcher: string;
  current(): string | null;
  trying(): string | null;
  failed(): readonly string[];
  feed(): string | null;
  folderOf(version: string): string;
  /** Durable when it returns: the next start tries this version. */
  layReady(version: string): void;
  /** Durable when it returns: this version is the present one. */
  pass(version: string): void;
}

export function versionsFolder(home: string): VersionsFolder {
  const file = (name: string): string => join(home, name);
  const words = (name: string): readonly string[] => {
    if (!existsSync(file(name))) return [];
    const text = readFileSync(file(name), "utf8").slice(0, mostBytes);
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  };
  const version = (name: string): string | null => words(name).find(isVersion) ?? null;
  return {
    launcher: file("tillway"),
    current: () => version("current"),
    trying: () => version("trying"),
    failed: () => words("failed").filter(isVersion),
    feed: () => words("feed")[0] ?? null,
    folderOf: (of) => join(home, "versions", of),
    layReady(next) {
      rmSync(file("tried"), { force: true });
      writeDurably(file("trying"), `${next}\n`);
    },
    pass(passed) {
      // From this on it is the present one, whatever is left of its trial; the launcher knows that too.
      writeDurably(file("current"), `${passed}\n`);
      for (const name of ["tried", "trying"]) rmSync(file(name), { force: true });
    },
  };
}
