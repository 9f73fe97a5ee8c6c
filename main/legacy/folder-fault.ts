import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { sep } from "node:path";
import type { LegacyFolderFault } from "#contract/ipc/legacy-file-intents.ts";
import { errorCode } from "#core/error-code.ts";

const faults: Readonly<Record<string, LegacyFolderFault>> = {
  ...{ ENOENT: "missing", ENOTDIR: "missing", ENOTCONN: "missing", EHOSTDOWN: "missing" },
  ...{ EACCES: "unwritable", EPERM: "unwritable", EROFS: "unwritable" },
  ...{ ENOSPC: "disk-full", EDQUOT: "disk-full" },
};

/** What a manager is told of an error of the disk. @param code as Node gives it */
export function folderFaultOf(code: string): LegacyFolderFault {
  return faults[code] ?? "other";
}

/** Why other systems cannot share this folder with the till; null where they can. */
export async function faultOfFolder(folder: string, dataDir: string): Promise<LegacyFolderFault | null> {
  try {
    if (!(await stat(folder)).isDirectory()) return "missing";
    const [own, given] = [await realpath(dataDir), await realpath(folder)];
    // The books are nobody else's, and what lies among them may be taken for theirs.
    if (given === own || given.startsWith(own + sep)) return "inside";
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (cause) {
    return folderFaultOf(errorCode(cause));
  }
}
