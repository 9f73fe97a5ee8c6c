import type { Cell, Course } from "./course.ts";
import { type Ran, runPayment } from "./run-payment.ts";
import { runRefund } from "./run-refund.ts";
import { openScene, type Port, type Scene } from "./scene.ts";

/** Courses one scene sees before it is put away: a long-lived till, and no book without end. */
const coursesPerScene = 20;
/** What the client waits for an answer that is held back, real milliseconds. */
const firstTimeoutMs = 200;
const triesOnASlowMachine = 4;

export interface Scenes {
  run(cell: Cell): Promise<readonly Ran[]>;
  close(): Promise<void>;
}

/** Runs cells on as many scenes as are needed at once; each course finds a till at rest. */
export function createScenes(spoil?: (port: Port) => Port): Scenes {
  const idle: { readonly scene: Scene; readonly left: number }[] = [];
  return {
    async run(cell) {
      const ran: Ran[] = [];
      for (const course of cell.courses) ran.push(await runSomewhere(course));
      return ran;
    },
    async close() {
      for (const { scene } of idle.splice(0)) await scene.close();
    },
  };

  /** Again with more patience where the machine, not the script, kept an answer back: that tells nothing of the till. */
  async function runSomewhere(course: Course): Promise<Ran> {
    let timeoutMs = firstTimeoutMs;
    for (let tries = 1; ; tries += 1) {
      const { scene, left } = idle.pop() ?? { scene: await openScene(), left: coursesPerScene };
      await scene.connect(course.setUp, timeoutMs, { spoil });
      const ran = await (course.way === "refund" ? runRefund : runPayment)(scene, course).catch(
        async (cause: unknown) => {
          await scene.close();
          throw cause;
        },
      );
      const { wasTooSlow } = scene;
      if (wasTooSlow || ran.complaints.length > 0 || left <= 1) await scene.close();
      else idle.push({ scene, left: left - 1 });
      if (!wasTooSlow) return ran;
      if (tries === triesOnASlowMachine) throw new Error(`the machine is too slow for ${course.name}`);
      timeoutMs *= 4;
    }
  }
}
