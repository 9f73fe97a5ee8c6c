import { copyFile, link, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

/** The images' own folder in a data directory. */
export const imageFolder = "item-images";

/**
 * Gives another data directory the images of this one, by a second name of each file where the disk has that: a file is
 * never changed, only put and taken away, so what one does with its names is nothing to the other. Throws what the disk says.
 */
export async function copyImages(fromDir: string, toDir: string): Promise<void> {
  const from = join(fromDir, imageFolder);
  const to = join(toDir, imageFolder);
  // None until the first image is kept.
  for (const part of await readdir(from).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue;
    await mkdir(join(to, part), { recursive: true, mode: 0o700 });
    for (const file of await readdir(join(from, part))) {
      if (/^[0-9a-f]{64}\.webp$/.test(file)) await give(join(from, part, file), join(to, part, file));
    }
  }
}

async function give(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
  }
}
