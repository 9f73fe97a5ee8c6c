import { fail, ok } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import type { TrainingDoor } from "#main/till/ports/training-door.ts";
import { layOutTraining } from "./lay-out-training.ts";
import { trainingTerminalId } from "./training-config.ts";
import { markLeft } from "./training-folder.ts";

/** The door as the till sees it from its own side or from training's. */
export function trainingDoor(parts: {
  readonly isTraining: boolean;
  /** The till's, not training's. */
  readonly dataDir: string;
  readonly terminalId: string;
  readonly store: SalesStore;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
  readonly restart: () => void;
}): TrainingDoor {
  const { isTraining, dataDir, terminalId, now, log, restart } = parts;
  return {
    isTraining,
    enter: (by) => layOutTraining({ ...parts, terminalId: trainingTerminalId(terminalId) }, by),
    leave(by) {
      try {
        markLeft(dataDir, { by: by.id, atMs: now() });
        return ok(null);
      } catch (cause) {
        log.error("training could not be left", { cause });
        return fail("training-not-left");
      }
    },
    restart,
  };
}
