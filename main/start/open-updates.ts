import { app } from "electron";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Till } from "#main/till/till.ts";
import { askForUpdates } from "#main/update/ask-for-updates.ts";
import { beginSelfCheck, ownVersions } from "#main/update/self-check.ts";
import type { Endings } from "./endings.ts";

export interface Updates {
  /** For the till's notices. */
  readonly told: { readonly failedUpdate: string | null };
  /** With everything open and nothing begun: a version on trial becomes the present one; from here on newer ones are asked for. */
  pass(till: Pick<Till, "atWork">, painted: Promise<void>): Promise<void>;
}

/** Before the first file of books is opened; a till that no launcher started has none of it. */
export function openUpdates(parts: {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly endings: Endings;
}): Updates {
  const { clock, endings } = parts;
  const log = parts.log.child("update");
  const check = beginSelfCheck({ ...parts, log });
  return {
    told: { failedUpdate: check.failedUpdate },
    async pass(till, painted) {
      await check.pass(painted);
      const versions = ownVersions();
      if (versions === null) return;
      const stop = askForUpdates({ versions, atWork: () => till.atWork(), clock, log, restart });
      endings.push(stop);
    },
  };
}

/** A trial that cannot open ends at once, so that the launcher starts the version before; nobody is asked to close a window. */
export async function endFailedTrial(opening: Promise<void>, log: Log): Promise<void> {
  try {
    await opening;
  } catch (cause) {
    const versions = ownVersions();
    if (versions !== null && versions.trying() === app.getVersion()) {
      log.error("the new version did not pass its self-check", { cause });
      app.exit(1);
    }
    throw cause;
  }
}

function restart(launcher: string): void {
  app.relaunch({ execPath: launcher, args: process.argv.slice(1) });
  app.quit();
}
