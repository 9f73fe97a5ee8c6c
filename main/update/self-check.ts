import { app } from "electron";
import { fail, ok, type Result } from "#core/result.ts";
import { isNewer } from "#core/update/put-in.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { beginStart } from "./trial.ts";
import { type VersionsFolder, versionsFolder } from "./versions-folder.ts";

/** A page that is not drawn by then is not drawn at all; the launcher waits longer. Milliseconds. */
const paintedWithinMs = 60_000;

/** The folder of versions that the launcher started this till from; null for a till that was not started by it. */
export function ownVersions(env: NodeJS.ProcessEnv = process.env): VersionsFolder | null {
  const home = env["TILLWAY_HOME"];
  return home === undefined || !app.isPackaged ? null : versionsFolder(home);
}

/** A version's first start, until it has shown that it works. */
export interface SelfCheck {
  /** A version that was tried here and did not pass, and is newer than this one; null where there is none. */
  readonly failedUpdate: string | null;
  /**
   * Called with everything open and nothing begun: books and catalogue are migrated and read, devices and keys are there. Waits
   * for the page, then makes this version the present one. Rejects where the page is not drawn; no trial: resolves at once.
   */
  pass(painted: Promise<void>): Promise<void>;
}

/** Before the first file of books is opened. Throws what the disk says. */
export function beginSelfCheck(parts: {
  readonly dataDir: string;
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
}): SelfCheck {
  const { dataDir, clock, log } = parts;
  const versions = ownVersions();
  const version = app.getVersion();
  const isTrial = versions !== null && beginStart(versions, version, dataDir);
  if (isTrial) log.info("first start of a new version", { version });
  return {
    failedUpdate: versions === null ? null : (versions.failed().findLast((one) => isNewer(one, version)) ?? null),
    async pass(painted) {
      if (!isTrial) return;
      const drawn = await within(clock, painted);
      if (!drawn.ok) throw new Error(drawn.fault);
      versions.pass(version);
      log.info("the new version has passed its self-check", { version });
    },
  };
}

async function within(clock: Pick<Clock, "after">, painted: Promise<void>): Promise<Result<null, string>> {
  const late = Promise.withResolvers<Result<null, string>>();
  const cancel = clock.after(paintedWithinMs, () => late.resolve(fail("the page was not drawn")));
  try {
    return await Promise.race([painted.then(() => ok(null)), late.promise]);
  } finally {
    cancel();
  }
}
