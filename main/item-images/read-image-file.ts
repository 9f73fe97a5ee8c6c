import { open } from "node:fs/promises";
import { mostImageFileBytes } from "#core/item-image/image-limits.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** Reads a file that may be an image, and no byte of one that is too large to be one. */
export async function readImageFile(
  path: string,
): Promise<Result<Uint8Array, "image-file-too-large" | "image-unreadable">> {
  try {
    const file = await open(path, "r");
    try {
      const found = await file.stat();
      if (!found.isFile()) return fail("image-unreadable");
      if (found.size > mostImageFileBytes) return fail("image-file-too-large");
      return ok(await file.readFile());
    } finally {
      await file.close();
    }
  } catch {
    return fail("image-unreadable");
  }
}
