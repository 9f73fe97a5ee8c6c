import { spawnSync } from "node:child_process";
import { constants, tmpdir } from "node:os";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a call on a file is answered with. */
export type DiskErrno = "ENOSPC" | "EIO" | "EROFS";

/** The rule by which a disk refuses. */
export interface Refusal {
  /** `open` is meant to write or to create; `mkdir` and `rename` go by the new name. */
  readonly call: "open" | "write" | "read" | "sync" | "rename" | "mkdir";
  /** Part of the file's path, its end where `$` stands last; the whole folder's for all in it. */
  readonly of: string;
  readonly errno: DiskErrno;
  /** How often; for as long as the rule stands where it is not said. */
  readonly times?: number;
}

/** A disk that can be made to refuse while a process uses it. Nothing is mounted, and nobody needs to be root. */
export interface BadDisk {
  /** For the environment of whoever is to suffer. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces what is refused from the next call on; nothing: all is well again. */
  refuse(...refusals: readonly Refusal[]): void;
  /** How often anything was refused so far: a fault that never struck shows nothing. */
  hits(): number;
  close(): void;
}

/** A full disk takes no byte and no new file. */
export function fullDisk(of: string): readonly Refusal[] {
  return (["open", "write", "mkdir"] as const).map((call) => ({ call, of, errno: "ENOSPC" }));
}

/** A disk that was mounted to be read: nothing there is opened to write, made or renamed. */
export function readOnlyDisk(of: string): readonly Refusal[] {
  return (["open", "mkdir", "rename"] as const).map((call) => ({ call, of, errno: "EROFS" }));
}

/** Whether this machine can make one: Linux with a C compiler. */
export const hasBadDisks = process.platform === "linux" && spawnSync("c++", ["--version"]).status === 0;

export function openBadDisk(): BadDisk {
  const folder = mkdtempSync(join(tmpdir(), "tillway-bad-disk-"));
  const library = join(folder, "bad-disk.so");
  const source = join(import.meta.dirname, "bad-disk.c");
  const compiled = spawnSync("c++", ["-x", "c", "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], {
    encoding: "utf8",
  });
  if (compiled.status !== 0) throw new Error(`bad-disk.c does not compile: ${compiled.stderr}`);
  const rules = join(folder, "rules");
  writeFileSync(rules, "");
  return {
    env: { LD_PRELOAD: library, TILLWAY_BAD_DISK: rules },
    refuse(...refusals) {
      const lines = refusals.map(
        ({ call, of, errno, times = 0 }) => `${call} ${of} ${constants.errno[errno as "EIO"]} ${times}\n`,
      );
      writeFileSync(rules, lines.join(""));
    },
    hits: () => (existsSync(`${rules}.hits`) ? readFileSync(`${rules}.hits`, "utf8").split("\n").length - 1 : 0),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
