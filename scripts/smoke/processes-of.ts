import { readdirSync, readFileSync } from "node:fs";

/** One process of a running till, as Linux tells. */
export interface OwnProcess {
  readonly pid: number;
  /** Chromium's word for it, such as `renderer`; null for main. */
  readonly type: string | null;
  readonly args: readonly string[];
  /** Its system calls pass a filter (seccomp mode 2), which is Chromium's innermost wall. */
  readonly isFiltered: boolean;
}

/** Every process that this one has started, directly or not, and itself. Linux only: elsewhere none. */
export function processesOf(pid: number): readonly OwnProcess[] {
  if (process.platform !== "linux") return [];
  const parents = new Map(pids().flatMap((one) => (parentOf(one) === null ? [] : [[one, parentOf(one)] as const])));
  const isOurs = (one: number): boolean => {
    for (let at: number | null | undefined = one; at; at = parents.get(at)) if (at === pid) return true;
    return false;
  };
  return [...parents.keys()].filter(isOurs).flatMap((one) => describe(one));
}

function pids(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function parentOf(pid: number): number | null {
  return Number(/^PPid:\s+(\d+)/m.exec(read(pid, "status"))?.[1] ?? 0) || null;
}

function describe(pid: number): readonly OwnProcess[] {
  // Chromium writes its children's as one string with spaces, main's is as it was started.
  const args = read(pid, "cmdline").split(/[\0 ]/).filter(Boolean);
  if (args.length === 0) return [];
  const type = args.find((arg) => arg.startsWith("--type="))?.slice("--type=".length) ?? null;
  return [{ pid, type, args, isFiltered: /^Seccomp:\s+2/m.test(read(pid, "status")) }];
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended since it was listed.
    return "";
  }
}
