import { app } from "electron";
import { isWorthTrying, type TillAtWork, updateWaitsFor } from "#core/update/put-in.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { VersionsFolder } from "./versions-folder.ts";

/** A shop's line is asked for something six times a day, and not in the minute in which the till opens. Milliseconds. */
const usualPauseMs = 4 * 60 * 60 * 1000;
const firstPauseMs = 60_000;
/** Between two looks whether the till is idle. Milliseconds. */
const lookEveryMs = 2_000;

export interface UpdatesParts {
  readonly versions: VersionsFolder;
  readonly atWork: () => TillAtWork;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends this till and has the launcher start the next version. */
  readonly restart: (launcher: string) => void;
}

/**
 * Asks the feed for a newer version, takes it down, checks it and lays it beside this one; then waits until the till is idle
 * and goes over. Nothing of it is ever in a person's way: a feed that is away or wrong is a line in the log and the next try.
 *
 * @returns ends the asking; what was being taken down is thrown away at the next start
 */
export function askForUpdates({ versions, atWork, clock, log, restart }: UpdatesParts): () => void {
  const feed = feedOf(versions);
  if (feed === null) return () => {};
  let cancel = clock.after(Math.min(feed.pauseMs, firstPauseMs), ask);
  return () => cancel();

  function ask(): void {
    void look().then(
      (ready) => {
        cancel = ready === null ? clock.after(feed?.pauseMs ?? usualPauseMs, ask) : clock.after(0, () => wait(ready));
      },
      (cause: unknown) => {
        log.warn("the update feed could not be used", { feed: feed?.url, cause });
        cancel = clock.after(feed?.pauseMs ?? usualPauseMs, ask);
      },
    );
  }

  /** The version that lies ready, or null where there is no newer one that is worth trying. */
  async function look(): Promise<string | null> {
    // Loaded here and not at the start: a till without a feed never needs it.
    const { openFeed } = await import("./feed.ts");
    const found = openFeed(feed?.url ?? "", versions);
    const offered = await found.newest();
    if (offered === null || !isWorthTrying(offered, versions.failed())) return null;
    log.info("a newer version is taken down", { version: offered });
    await found.takeDown(offered);
    return offered;
  }

  function wait(ready: string): void {
    const waitsFor = updateWaitsFor(atWork());
    if (waitsFor !== null) {
      cancel = clock.after(lookEveryMs, () => wait(ready));
      return;
    }
    log.info("the till goes over to the new version", { from: app.getVersion(), to: ready });
    versions.layReady(ready);
    restart(versions.launcher);
  }
}

/** `feed` holds an address and, for a test or a slow roll-out, how many seconds lie between two questions. */
function feedOf(versions: VersionsFolder): { readonly url: string; readonly pauseMs: number } | null {
  const [url = "", seconds = ""] = (versions.feed() ?? "").split(" ");
  const isSafe = URL.canParse(url) && isPrivateWay(new URL(url));
  if (!isSafe) return null;
  return { url, pauseMs: /^\d{1,6}$/.test(seconds) ? Math.max(1, Number(seconds)) * 1000 : usualPauseMs };
}

/** Programs cross a network only where nobody on the way can change them. */
function isPrivateWay({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1");
}
