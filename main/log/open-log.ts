import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { redact } from "#main/log/redact.ts";

/** One file holds a few busy days; five of them tell a month and stay small enough to send. */
const mostBytes = 5 * 1024 * 1024;
const filesKept = 5;

export type LogLevel = "info" | "warn" | "error";

export interface Log {
  info(what: string, facts?: Record<string, unknown>): void;
  warn(what: string, facts?: Record<string, unknown>): void;
  error(what: string, facts?: Record<string, unknown>): void;
  /** The same log with `area` on each line. */
  child(area: string): Log;
}

/**
 * Appends JSON lines to `path` and keeps five files of 5 MiB. Everything passes `redact` first. A log that cannot be
 * written (full disk) is silent: it must never stop a sale, nor a start.
 */
export function openLog(path: string, nowMs: () => number): Log {
  let bytes = sizeSoFar(path);

  const write = (level: LogLevel, area: string, what: string, facts: Record<string, unknown>): void => {
    const entry = { at: new Date(nowMs()).toISOString(), level, area, what, ...redactFacts(facts) };
    const line = `${JSON.stringify(entry)}\n`;
    try {
      if (bytes + line.length > mostBytes) {
        rotate(path);
        bytes = 0;
      }
      appendFileSync(path, line);
      bytes += line.length;
    } catch {
      // Deliberately silent, see above.
    }
  };
  return areaLog("till", write);
}

function sizeSoFar(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return existsSync(path) ? statSync(path).size : 0;
  } catch {
    return 0;
  }
}

function redactFacts(facts: Record<string, unknown>): Record<string, unknown> {
  // `redact` keeps an object an object.
  return redact(facts) as Record<string, unknown>;
}

type Write = (level: LogLevel, area: string, what: string, facts: Record<string, unknown>) => void;

function areaLog(area: string, write: Write): Log {
  return {
    info: (what, facts = {}) => write("info", area, what, facts),
    warn: (what, facts = {}) => write("warn", area, what, facts),
    error: (what, facts = {}) => write("error", area, what, facts),
    child: (name) => areaLog(name, write),
  };
}

function rotate(path: string): void {
  for (let index = filesKept - 1; index >= 1; index -= 1) {
    const older = index === 1 ? path : `${path}.${index - 1}`;
    if (existsSync(older)) renameSync(older, `${path}.${index}`);
  }
}
