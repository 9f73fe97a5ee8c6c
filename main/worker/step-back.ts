import { readdirSync } from "node:fs";
import { constants, setPriority } from "node:os";

/** The till window and the sale come first on a machine with two slow cores: everything this process does waits for them. */
export function stepBack(): void {
  const { PRIORITY_BELOW_NORMAL: low } = constants.priority;
  try {
    setPriority(low);
    // Linux counts by thread, and those that collect garbage were there before this one was asked. Later ones inherit.
    if (process.platform === "linux")
      for (const thread of readdirSync("/proc/self/task")) setPriority(Number(thread), low);
  } catch {
    // A system that does not let us step back gets a worker that is as fast as the till.
  }
}
