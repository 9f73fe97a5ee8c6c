import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { imageFileName, isImageName } from "#core/item-image/image-name.ts";
import { mostImageRoomBytes, mostKeptImageBytes } from "#core/item-image/image-limits.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** A file that was written in the last hour may be about to be named by an item. Milliseconds. */
const sparedMs = 3_600_000;

/**
 * The images of the goods, a file each, named by the SHA-256 of what is in it; 256 folders, by the first two digits. A file
 * that is not what its name says is none: it is never shown. What no item names goes with a sweep.
 */
export class ImageRoom {
  readonly #folder: string;
  readonly #mostBytes: number;
  /** Of all files; null until they were counted once, by the first who writes. */
  #usedBytes: number | null = null;
  /** Writing and sweeping a folder, one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param mostBytes of all files together */
  constructor(folder: string, mostBytes = mostImageRoomBytes) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** Keeps the bytes, on the disk when it resolves, and answers their name. One that is there already stays. */
  async put(bytes: Uint8Array): Promise<Result<string, "images-full" | "image-unkept">> {
    return this.#inTurn(async () => {
      const name = nameOf(bytes);
      try {
        if ((await this.read(name)) !== null) {
          // Young again: a sweep spares it until an item names it.
          await utimes(this.#path(name), new Date(), new Date());
          return ok(name);
        }
        const used = (this.#usedBytes ??= await this.#count());
        if (used + bytes.length > this.#mostBytes) return fail("images-full");
        await writeWhole(this.#path(name), bytes);
        this.#usedBytes = used + bytes.length;
        return ok(name);
      } catch {
        return fail("image-unkept");
      }
    });
  }

  /** Null for one that is not there, cannot be read or is not what its name says. */
  async read(name: string): Promise<Buffer | null> {
    if (!isImageName(name)) return null;
    const path = this.#path(name);
    try {
      if ((await stat(path)).size > mostKeptImageBytes) return null;
      const bytes = await readFile(path);
      return nameOf(bytes) === name ? bytes : null;
    } catch {
      return null;
    }
  }

  /** Takes away what nobody names, and what a power cut left half written; one that will not go waits for the next sweep. */
  async sweep(isUsed: (name: string) => boolean, nowMs: number): Promise<number> {
    let gone = 0;
    for (const folder of await this.#folders()) {
      gone += await this.#inTurn(() => this.#sweepFolder(folder, isUsed, nowMs));
    }
    return gone;
  }

  async #sweepFolder(folder: string, isUsed: (name: string) => boolean, nowMs: number): Promise<number> {
    let gone = 0;
    for (const file of await names(folder)) {
      const name = file.slice(0, 64);
      if (isImageName(name) && file === imageFileName(name) && isUsed(name)) continue;
      try {
        const { size, mtimeMs } = await stat(join(folder, file));
        if (Math.abs(nowMs - mtimeMs) < sparedMs) continue;
        await rm(join(folder, file));
        if (this.#usedBytes !== null) this.#usedBytes -= size;
        gone += 1;
      } catch {
        // Nothing shows it any more; the next sweep tries again.
      }
    }
    return gone;
  }

  async #count(): Promise<number> {
    let bytes = 0;
    for (const folder of await this.#folders()) {
      for (const file of await names(folder)) {
        const found = await stat(join(folder, file)).catch(() => null);
        bytes += found?.size ?? 0;
      }
    }
    return bytes;
  }

  async #folders(): Promise<readonly string[]> {
    const folders = await names(this.#folder);
    return folders.filter((name) => /^[0-9a-f]{2}$/.test(name)).map((name) => join(this.#folder, name));
  }

  #path(name: string): string {
    return join(this.#folder, name.slice(0, 2), imageFileName(name));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => {});
    return mine;
  }
}

function nameOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** None where there is no such folder yet. */
async function names(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** The file appears when it is whole, and stays after a power cut. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomUUID()}.new`;
  try {
    const file = await open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw cause;
  }
  await syncFolder(dirname(path));
}

/** Makes the new name last. Windows keeps names with the file and opens no folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
