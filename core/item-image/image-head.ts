import { pictureHead } from "#core/picture/picture-head.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ImageHead, ImageHeadFault } from "./image-kind.ts";
import { webpHead } from "./webp-head.ts";
import { isWholeJpeg, isWholePng } from "./whole-file.ts";

/** Which kind of image a file is, how large, and that its end is there: looked at before anything decodes it. */
export function imageHead(bytes: Uint8Array): Result<ImageHead, ImageHeadFault> {
  const webp = webpHead(bytes);
  if (webp.ok || webp.fault === "damaged") return webp;
  const head = pictureHead(bytes);
  if (!head.ok) return head;
  const { kind, width, height } = head.value;
  if (kind === "bmp") return fail("unknown");
  const isWhole = kind === "png" ? isWholePng(bytes) : isWholeJpeg(bytes);
  return isWhole ? ok({ kind, width, height }) : fail("damaged");
}
