import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { until } from "#tests/support/poll.ts";
import { switchesOfThisMachine } from "../electron-runtime.ts";
import type { PackagedApp } from "../packaged/packaged-app.ts";

/** A packaged till that runs, and what it says. */
export interface RunningPackage {
  readonly pid: number;
  /** What it said on the console so far, both streams. */
  console(): string;
  /** Its exit code once it has ended, null where a signal ended it; undefined while it runs. */
  exitCode(): number | null | undefined;
  /** Ends it and all its processes. */
  stop(): Promise<void>;
}

/** The same with its windows in hand. */
export interface OpenPackage extends RunningPackage {
  readonly browser: Browser;
  window(page: string): Promise<Page>;
}

/** A first start under load, with simulators and head office to come up. Milliseconds. */
export const startPatienceMs = 90_000;
const stopPatienceMs = 15_000;
/** Debian's `nobody`: whoever the till runs as is no administrator. */
const nobody = 65_534;

/**
 * Starts the packaged till on a data directory of its own. The program's debugger is shut by a fuse, so its windows are driven
 * over Chromium's own port, which an automated test asks for on the command line.
 */
export function startPackage(
  app: Pick<PackagedApp, "executable">,
  options: { readonly dataDir: string; readonly args?: readonly string[]; readonly env: NodeJS.ProcessEnv },
): RunningPackage {
  const user = lesserUser(dirname(app.executable));
  const home = join(options.dataDir, "home");
  for (const folder of [options.dataDir, home]) {
    mkdirSync(folder, { recursive: true });
    if (user !== null) chownSync(folder, user.uid, user.gid);
  }
  const child = spawn(
    app.executable,
    [
      // With a user of its own the till has the sandbox that it has in a shop.
      ...switchesOfThisMachine().filter((one) => user === null || one !== "--no-sandbox"),
      ...["--data-dir", options.dataDir, "--display-at=0,0,1024,600", ...(options.args ?? [])],
    ],
    {
      env: { ...options.env, HOME: home, XDG_RUNTIME_DIR: home },
      cwd: options.dataDir,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...user,
    },
  );
  let text = "";
  let code: number | null | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
  }
  const ended = new Promise<void>((resolve) => {
    const end = (how: number | null) => {
      code ??= how;
      resolve();
    };
    child.once("error", (cause) => {
      text += `${cause.message}\n`;
      end(127);
    });
    child.once("close", end);
  });
  return {
    pid: child.pid ?? 0,
    console: () => text,
    exitCode: () => code,
    async stop() {
      const killer = setTimeout(() => signalGroup(child.pid, "SIGKILL"), stopPatienceMs);
      signalGroup(child.pid, "SIGTERM");
      await ended;
      clearTimeout(killer);
      signalGroup(child.pid, "SIGKILL");
    },
  };
}

/** Rejects where it does not come up in time, with what it said. */
export async function openPackage(
  app: PackagedApp,
  options: { readonly dataDir: string; readonly args?: readonly string[]; readonly env: NodeJS.ProcessEnv },
): Promise<OpenPackage> {
  const args = [...(options.args ?? []), "--remote-debugging-port=0"];
  const running = startPackage(app, { ...options, args });
  try {
    const endpoint = await until(
      "the packaged till's windows can be driven",
      () => {
        if (running.exitCode() !== undefined) throw new Error("the packaged till ended by itself");
        return /DevTools listening on (ws:\S+)/.exec(running.console())?.[1];
      },
      startPatienceMs,
    );
    // Nothing of its windows is changed by being looked at.
    const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
    const pages = () => browser.contexts().flatMap((context) => context.pages());
    const window = (name: string) =>
      until(
        `window ${name}`,
        () => pages().find((page) => URL.parse(page.url())?.pathname === `/${name}`),
        startPatienceMs,
      );
    return { ...running, browser, window };
  } catch (cause) {
    await running.stop();
    throw new Error(`the packaged till did not open; it said:\n${running.console()}`, { cause });
  }
}

/**
 * Who runs the till when we are root on Linux: nobody, so that Chromium sets its sandbox up. Null where we are somebody
 * already, and where the machine gives a namespace neither to nobody nor to the sandbox's helper.
 * @param dir of the till, where its helper may be set up as an installation does
 */
export function lesserUser(dir?: string): { readonly uid: number; readonly gid: number } | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return null;
  const user = { uid: nobody, gid: nobody };
  const hasNamespaces = spawnSync("unshare", ["-U", "true"], user).status === 0;
  return hasNamespaces || (dir !== undefined && setHelperUp(dir)) ? user : null;
}

/** Where only root may make namespaces, as in a chroot, Chromium's helper makes them: root's, and setuid (README, Install). */
function setHelperUp(dir: string): boolean {
  const helper = join(dir, "chrome-sandbox");
  const mayRoot = spawnSync("unshare", ["--pid", "--net", "--fork", "true"]).status === 0;
  if (!mayRoot || !existsSync(helper)) return false;
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
  return true;
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // There is no such group any more.
  }
}
