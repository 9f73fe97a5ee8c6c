import { join } from "node:path";

/** Where a backup is unpacked and made ready beside the present data; without a word (`restore.json`) it means nothing. */
export function restoreFolder(dataDir: string): string {
  return join(dataDir, "restore-work");
}

/** What the manifest said, kept beside the unpacked files. */
export const stagedManifest = "manifest.json";
