import { cpSync, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import { until } from "#tests/support/poll.ts";
import { changeOneByte, damagedFiles } from "../packaged/archive.ts";
import { judgeFuses, readFuses } from "../packaged/fuses.ts";
import { appIn, type PackagedApp } from "../packaged/packaged-app.ts";
import { startPackage, startPatienceMs } from "./open-packaged.ts";

/** What becomes of packages that somebody has changed: the controls of everything that smoke says holds. */
export interface Tampered {
  readonly ok: boolean;
  /** A fuse was flipped; smoke's own judgement names it. */
  readonly flippedFuseNoticed: boolean;
  /** A byte of main's program was changed; smoke's own judgement names the file. */
  readonly changedByteNoticed: boolean;
  /** What Electron itself did about the byte. On Windows and macOS it has to refuse; on Linux it checks nothing. */
  readonly startWithChangedByte: "refused" | "opened";
}

const changedFile = "out/main/app.cjs";
const refusesHere = process.platform === "win32" || process.platform === "darwin";

/** Spoils two copies of a package in `folder` and looks who notices. */
export async function tamper(
  app: PackagedApp,
  options: { readonly env: NodeJS.ProcessEnv; readonly folder: string; readonly say: (line: string) => void },
): Promise<Tampered> {
  const { env, folder, say } = options;
  const flipped = copyOf(app, join(folder, "flipped"), app.executable);
  await flipFuses(flipped.executable, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: true });
  const fuses = judgeFuses(await readFuses(flipped.executable));
  const flippedFuseNoticed = !fuses.ok && fuses.wrong.join(" ") === "runAsNode";

  const changed = copyOf(app, join(folder, "changed"), app.archive);
  changeOneByte(changed.archive, changedFile);
  const changedByteNoticed = damagedFiles(changed.archive).join(" ") === changedFile;
  const startWithChangedByte = await startOf(changed, join(folder, "data"), env);
  say(`a changed byte in the archive: ${startWithChangedByte}`);
  const ok = flippedFuseNoticed && changedByteNoticed && (startWithChangedByte === "refused" || !refusesHere);
  return { ok, flippedFuseNoticed, changedByteNoticed, startWithChangedByte };
}

/** The package with one file of its own, all the others shared with the original by hard links. */
function copyOf(app: PackagedApp, dir: string, own: string): PackagedApp {
  const link = (from: string, to: string): void => {
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) link(source, target);
      else linkOrCopy(source, target, source === own);
    }
  };
  link(app.dir, dir);
  return appIn(dir, app.isTrial);
}

function linkOrCopy(source: string, target: string, isOwn: boolean): void {
  mkdirSync(dirname(target), { recursive: true });
  if (!isOwn) {
    try {
      return linkSync(source, target);
    } catch {
      // Another disk: a copy then.
    }
  }
  cpSync(source, target, { verbatimSymlinks: true });
}

async function startOf(
  app: PackagedApp,
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<Tampered["startWithChangedByte"]> {
  const running = startPackage(app, { dataDir, env });
  try {
    return await until(
      `a start with a changed byte in ${relative(app.dir, app.archive)} ends one way or the other`,
      () => {
        if (/^ready \{/m.test(running.console())) return "opened";
        return running.exitCode() === undefined ? null : "refused";
      },
      startPatienceMs,
    );
  } finally {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
