import type { BrowserWindow } from "electron";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { createLiveFiles, type LiveFiles } from "#main/legacy/live-files.ts";
import type { Log } from "#main/log/open-log.ts";
import { askForLegacyFolder } from "#main/window/ask-for-backup.ts";

export interface LegacyFilesParts {
  readonly config: () => Pick<TerminalConfig, "legacyFiles">;
  readonly dataDir: string;
  readonly isDemo: boolean;
  /** Other systems are neither told nor asked of what is practised. */
  readonly isTraining: boolean;
  readonly window: () => BrowserWindow | null;
  readonly log: Log;
}

/** Null in training. */
export function openLegacyFiles({ config, isTraining, window, log, ...parts }: LegacyFilesParts): LiveFiles | null {
  if (isTraining) return null;
  return createLiveFiles({
    ...parts,
    files: config().legacyFiles,
    askForFolder: (locale) => askForLegacyFolder(window(), locale),
    log: log.child("legacy-files"),
  });
}
