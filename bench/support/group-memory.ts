import { readdirSync, readFileSync } from "node:fs";

/** Proportional set size of a process group, which counts what processes share once. */
export function groupMiB(group: number): number {
  let kib = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const [, , pgrp] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      if (Number(pgrp) !== group) continue;
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // It ended between the listing and the look.
    }
  }
  return kib / 1_024;
}
