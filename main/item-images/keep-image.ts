import type { Result } from "#core/result.ts";
import type { ImageFault } from "#main/till/ports/image-desk.ts";
import type { ImageRoom } from "./image-room.ts";
import { readImageFile } from "./read-image-file.ts";
import { type ShrinkImage, takeImage } from "./take-image.ts";

/** From a file somebody chose to the name of what is kept of it. */
export async function keepImage(
  path: string,
  { room, shrink }: { readonly room: ImageRoom; readonly shrink: ShrinkImage },
): Promise<Result<string, ImageFault>> {
  const read = await readImageFile(path);
  if (!read.ok) return read;
  const taken = await takeImage(read.value, shrink);
  return taken.ok ? room.put(taken.value) : taken;
}
