import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { simulatorsReady, type SimulatorsReady } from "#contract/bench/ready.ts";

/** Keys are made on the first start, which takes a slow machine a while. */
const readyWithinMs = 30_000;

/** A child process that runs simulators/main.ts, however it was started. */
export interface SimulatorsProcess {
  readonly stdout: Readable;
  readonly onExit: (listener: (code: number | null) => void) => void;
  readonly kill: () => void;
}

/** Waits for the one line that says where the twins listen. Rejects with a sentence when they do not come up. */
export async function whenSimulatorsReady(simulators: SimulatorsProcess): Promise<SimulatorsReady> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      simulators.kill();
      reject(new Error(`the simulators did not come up within ${readyWithinMs} ms`));
    }, readyWithinMs);
    simulators.onExit((code) => {
      clearTimeout(timer);
      reject(new Error(`the simulators ended with code ${code} before they were ready`));
    });
    createInterface({ input: simulators.stdout }).once("line", (line) => {
      clearTimeout(timer);
      const parsed = parseReady(line);
      if (parsed === null) reject(new Error(`the simulators said something else than ready: ${line.slice(0, 200)}`));
      else resolve(parsed);
    });
  });
}

function parseReady(line: string): SimulatorsReady | null {
  try {
    return simulatorsReady.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
