import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Has a file appear whole in a folder that others read, and still be there after a power cut. Off this thread: the folder may
 * be another machine's, and such a disk takes seconds. Rejects when the disk refuses. Others may write there too: a link that
 * lies where the file begins is taken away, and never written through.
 */
export async function putWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.part`;
  await rm(unfinished, { force: true });
  const file = await open(unfinished, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await moveDurably(unfinished, path);
}

/** Gives a file another name on the same disk, in place of what had it. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  for (const folder of new Set([dirname(to), dirname(from)])) await syncNames(folder);
}

/** Windows keeps names with the file and opens no folder; a network folder may know no such thing, and keeps its own. */
async function syncNames(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const opened = await open(folder, "r");
  try {
    await opened.sync().catch(() => {});
  } finally {
    await opened.close();
  }
}
