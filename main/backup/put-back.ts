import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { writeDurably } from "#main/secret/write-durably.ts";
import { syncFolder } from "./archive-files.ts";
import { restoreFolder } from "./restore-folder.ts";

/** What a database has beside it: it belongs to the old file and goes with it. */
const besides = ["", "-wal", "-shm", "-journal"] as const;

/** The word that a restore is to be done: from here on every start does it, until it is done. */
const restoreWord = z.strictObject({
  version: z.literal(1),
  /** Where the present data goes, below the data directory. */
  setAside: z.string().regex(/^set-aside\/restore-\d{8}T\d{6}Z$/),
  /** What takes the place of its namesake; files, and the folder of images. */
  names: z
    .array(
      z.string().regex(/^(?:sales\.db|catalog\.db|terminal\.json|settings\.json|logo-[0-9a-f]{16}\.png|item-images)$/),
    )
    .min(1),
});
type RestoreWord = z.infer<typeof restoreWord>;

const wordFile = (dataDir: string): string => join(dataDir, "restore.json");

/**
 * Orders the restore of what lies ready (main/worker/backup/seal-restore.ts). Durable when it returns: before, the present
 * data is the till's; after, the restored one is, from the next start on. Throws what the disk says; nothing has changed then.
 */
export function orderRestore(dataDir: string, names: readonly string[], nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const word: RestoreWord = restoreWord.parse({ version: 1, setAside: `set-aside/restore-${stamp}`, names });
  // Made now, while the disk may still refuse without harm: from the word on there are only renames.
  const aside = join(dataDir, word.setAside);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  syncFolder(dirname(aside));
  syncFolder(dataDir);
  writeDurably(wordFile(dataDir), JSON.stringify(word));
  return aside;
}

/** Gives up what a dry run has unpacked. */
export function dropRestore(dataDir: string): void {
  if (!existsSync(wordFile(dataDir))) rmSync(restoreFolder(dataDir), { recursive: true, force: true });
}

/**
 * Before anything of the data is opened: does a restore that was ordered, or goes on with one that a power cut has stopped.
 * Each name is in its old place, set aside, or replaced; doing it again changes nothing. Answers where the old data lies, or
 * null where no restore was ordered. Throws what the disk says; the next start goes on.
 */
export function finishRestore(dataDir: string): string | null {
  if (!existsSync(wordFile(dataDir))) {
    rmSync(restoreFolder(dataDir), { recursive: true, force: true });
    return null;
  }
  const { setAside, names } = restoreWord.parse(JSON.parse(readFileSync(wordFile(dataDir), "utf8")));
  const aside = join(dataDir, setAside);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const work = restoreFolder(dataDir);
  const waiting = names.filter((name) => existsSync(join(work, name)));
  for (const name of waiting) {
    for (const beside of besides) {
      const old = join(dataDir, `${name}${beside}`);
      if (existsSync(old)) renameSync(old, join(aside, `${name}${beside}`));
    }
  }
  // The old names are safe in their new place before the first new file takes one.
  syncFolder(aside);
  syncFolder(dataDir);
  for (const name of waiting) renameSync(join(work, name), join(dataDir, name));
  syncFolder(work);
  syncFolder(dataDir);
  rmSync(wordFile(dataDir));
  syncFolder(dataDir);
  rmSync(work, { recursive: true, force: true });
  return aside;
}
