import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import updater from "electron-updater";
import type { DownloadExecutorResult, DownloadUpdateOptions } from "electron-updater/out/AppUpdater.js";
import type { ElectronHttpExecutor } from "electron-updater/out/electronHttpExecutor.js";
import { findFile } from "electron-updater/out/providers/Provider.js";
import type { VersionsFolder } from "./versions-folder.ts";

/** Unpacking 300 MB on a slow disk takes a minute. Milliseconds. */
const unpackWithinMs = 10 * 60_000;

export interface UpdateFeed {
  /** The version it offers, where that is newer than this one; else null. Rejects where the feed is away or makes no sense. */
  newest(): Promise<string | null>;
  /** Takes it down, compares its sha512 with the feed's word, and unpacks it beside the others. Rejects where any of it fails. */
  takeDown(version: string): Promise<void>;
}

/**
 * A generic feed as electron-builder writes it (`latest-linux.yml` beside a `.tar.gz`), read, downloaded and checked by
 * electron-updater. What it does not know is a folder of versions: that is ours.
 */
export function openFeed(url: string, versions: VersionsFolder): UpdateFeed {
  const feed = new VersionsUpdater(url, ownSettings(versions));
  feed.autoDownload = false;
  feed.autoInstallOnAppQuit = false;
  feed.allowDowngrade = false;
  feed.disableWebInstaller = true;
  // What goes wrong is told once, by whoever asked.
  feed.logger = null;
  return {
    async newest() {
      const found = await feed.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
    },
    async takeDown(version) {
      if (existsSync(versions.folderOf(version))) return;
      const [file] = await feed.downloadUpdate();
      if (file === undefined) throw new Error("nothing was downloaded");
      await unpack(file, versions.folderOf(version));
      rmSync(file, { force: true });
    },
  };
}

/** The file that electron-builder's installers bring, and a folder of versions does not: it names the cache. */
function ownSettings(versions: VersionsFolder): string {
  const file = join(dirname(versions.launcher), "app-update.yml");
  if (!existsSync(file)) writeFileSync(file, "updaterCacheDirName: tillway-updater\n");
  return file;
}

/** electron-updater for a program that lies in a folder of versions. */
class VersionsUpdater extends updater.BaseUpdater {
  constructor(url: string, settings: string) {
    super();
    this.updateConfigPath = settings;
    this.setFeedURL({ provider: "generic", url });
  }

  protected override async doDownloadUpdate(options: DownloadUpdateOptions): Promise<DownloadExecutorResult> {
    const { info, provider } = options.updateInfoAndProvider;
    const fileInfo = findFile(provider.resolveFiles(info), "gz");
    if (fileInfo === null || fileInfo === undefined) throw new Error("the feed names no archive for this system");
    return this.executeDownload({
      ...{ fileExtension: "tar.gz", fileInfo, downloadUpdateOptions: options },
      // Its sha512 is compared while it comes; another one is thrown away.
      task: async (file, how) => {
        await httpOf(this).download(fileInfo.url, file, how);
      },
    });
  }

  /** Going over is the launcher's. */
  protected override doInstall(): boolean {
    return false;
  }
}

/** Whole under its name, or not there. */
async function unpack(file: string, folder: string): Promise<void> {
  const growing = `${folder}.new`;
  rmSync(growing, { recursive: true, force: true });
  mkdirSync(growing, { recursive: true });
  const options = ["-xf", file, "-C", growing, "--no-same-owner"];
  await promisify(execFile)("tar", options, { timeout: unpackWithinMs });
  renameSync(growing, folder);
}

/** Its types hide what every updater of the library downloads with. */
function httpOf(feed: VersionsUpdater): ElectronHttpExecutor {
  // Set in AppUpdater's constructor; an instance of this class and of no other.
  return Reflect.get(feed, "httpExecutor") as ElectronHttpExecutor;
}
