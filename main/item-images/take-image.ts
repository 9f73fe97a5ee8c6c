import { imageHead } from "#core/item-image/image-head.ts";
import type { ImageKind } from "#core/item-image/image-kind.ts";
import {
  keptImageSide,
  mostImageFileBytes,
  mostImagePixels,
  mostImageSide,
  mostKeptImageBytes,
} from "#core/item-image/image-limits.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** What is wrong with a file by itself. */
export type TakeFault = "image-not-a-picture" | "image-damaged" | "image-file-too-large" | "image-too-many-pixels";

/** Decodes a file whose head was looked at and writes it anew, small; null where it cannot be decoded. */
export type ShrinkImage = (bytes: Uint8Array, kind: ImageKind) => Promise<Uint8Array | null>;

/**
 * What a file becomes as an item's image: a small WebP with the picture in it and nothing else, neither the place nor the
 * camera. Or why it cannot be one; what is too large is refused before anything decodes it.
 */
export async function takeImage(bytes: Uint8Array, shrink: ShrinkImage): Promise<Result<Uint8Array, TakeFault>> {
  if (bytes.length > mostImageFileBytes) return fail("image-file-too-large");
  const head = imageHead(bytes);
  if (!head.ok) return fail(head.fault === "unknown" ? "image-not-a-picture" : "image-damaged");
  const { kind, width, height } = head.value;
  if (Math.max(width, height) > mostImageSide || width * height > mostImagePixels) return fail("image-too-many-pixels");
  const small = await shrink(bytes, kind);
  return small !== null && isKeepable(small) ? ok(small) : fail("image-damaged");
}

/** Whoever decodes strangers' files is not believed either. */
function isKeepable(bytes: Uint8Array): boolean {
  if (bytes.length > mostKeptImageBytes) return false;
  const head = imageHead(bytes);
  return head.ok && head.value.kind === "webp" && Math.max(head.value.width, head.value.height) <= keptImageSide;
}
