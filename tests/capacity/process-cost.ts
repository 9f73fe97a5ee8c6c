import { readdirSync, readFileSync } from "node:fs";

/** The kernel counts processor time in these. Milliseconds; USER_HZ is 100 on every Linux we know. */
const tickMs = 10;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly ticks: number;
  /** Of children that have ended and were waited for. */
  readonly childTicks: number;
}

/** Processor time that a process has used, milliseconds. Linux. */
export function cpuMsOf(pid: number): number {
  return (statOf(pid)?.ticks ?? 0) * tickMs;
}

/** Of every process of a name below this one, with those that have ended there: PostgreSQL is a process a connection. */
export function cpuMsBelow(ancestor: number, name: string): number {
  const all = readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => statOf(Number(entry)) ?? []);
  const byParent = Map.groupBy(all, ({ parent }) => parent);
  const below = (pid: number): readonly Stat[] =>
    (byParent.get(pid) ?? []).flatMap((child) => [child, ...below(child.pid)]);
  const ticks = below(ancestor)
    .filter((stat) => stat.name === name)
    .reduce((sum, stat) => sum + stat.ticks + stat.childTicks, 0);
  return ticks * tickMs;
}

/** Resident memory, MiB. */
export function memoryMibOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1_024);
}

/** proc(5): the name is in brackets and may hold spaces; the fields after it are counted from 3. */
function statOf(pid: number): Stat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null; // it has ended meanwhile
  }
  const end = text.lastIndexOf(")");
  const fields = text.slice(end + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3] ?? 0);
  return {
    ...{ pid, parent: field(4), name: text.slice(text.indexOf("(") + 1, end) },
    ...{ ticks: field(14) + field(15), childTicks: field(16) + field(17) },
  };
}
