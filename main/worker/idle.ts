import type { Job } from "#contract/worker/messages.ts";
import type { Hands } from "./workbench.ts";

/** Passes time: `isDeaf` as a worker that hangs does, in one piece; else in pieces that hear a cancel. */
export async function idle(job: Extract<Job, { kind: "idle" }>, hands: Hands): Promise<void> {
  const beganMs = performance.now();
  for (;;) {
    const passedMs = performance.now() - beganMs;
    if (passedMs >= job.ms) return;
    if (!job.isDeaf) await hands.pause(passedMs / job.ms);
  }
}
