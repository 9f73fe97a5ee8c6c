import { spawnSync } from "node:child_process";

export interface Process {
  readonly pid: number;
  /** The process that leads its group: for all of a till's, the till's main process. */
  readonly group: number;
  readonly isZombie: boolean;
  readonly commandLine: string;
}

/** What runs on this machine at this moment. */
export function processes(): readonly Process[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,pgid=,stat=,args="], { encoding: "utf8" });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, group, state, commandLine] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line) ?? [];
    if (pid === undefined || state === undefined || commandLine === undefined) return [];
    return [{ pid: Number(pid), group: Number(group), isZombie: state.startsWith("Z"), commandLine }];
  });
}

export function isRunning(pid: number): boolean {
  return processes().some((one) => one.pid === pid && !one.isZombie);
}

/** The main process of the till on this data directory, also before Playwright has it in hand. */
export function tillOn(dataDir: string): number | null {
  const of = `--data-dir ${dataDir}`;
  const found = processes().find(({ pid, group, commandLine }) => pid === group && commandLine.includes(of));
  return found?.pid ?? null;
}
