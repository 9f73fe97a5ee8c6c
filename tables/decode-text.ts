import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { fail, ok, type Result } from "#core/result.ts";

export type TextEncoding = "utf-8" | "utf-16" | "gb18030";

/**
 * The text of a CSV as Excel, WPS and cash-register exports write them: UTF-8 with or without a byte order mark, UTF-16
 * with one, else GB18030 (which holds GBK and GB2312). Chinese in GBK is hardly ever valid UTF-8, while nearly any bytes are
 * valid GBK: a file whose lines are mostly one of them is that, and its few damaged lines hold replacement characters.
 * Refuses bytes that are none of them.
 */
export function decodeText(
  bytes: Uint8Array,
): Result<{ readonly text: string; readonly encoding: TextEncoding }, "unreadable"> {
  const wide = utf16Of(bytes);
  if (wide !== null) return ok({ text: wide, encoding: "utf-16" });
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  // The decoder takes a byte order mark away by itself.
  if (hasMark || isMostlyUtf8(bytes)) return readable(new TextDecoder("utf-8").decode(bytes), "utf-8");
  return readable(iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), "gb18030"), "gb18030");
}

function utf16Of(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return null;
}

/** By its lines: those in neither encoding count for nothing, as ASCII is the same in both. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true;
  let utf8Lines = 0;
  let otherLines = 0;
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    from += line.length + 1;
    if (!isUtf8(line)) otherLines += 1;
    else if (line.some((byte) => byte >= 0x80)) utf8Lines += 1;
  }
  return utf8Lines > otherLines;
}

/** Replacement characters and zero bytes on most lines say that the bytes were something else: a picture, a film. */
function readable(text: string, encoding: TextEncoding): ReturnType<typeof decodeText> {
  if (!text.includes("\uFFFD") && !text.includes("\0")) return ok({ text, encoding });
  let lines = 0;
  let strange = 0;
  for (let from = 0; from < text.length;) {
    const end = text.indexOf("\n", from);
    const line = text.slice(from, end < 0 ? text.length : end);
    from += line.length + 1;
    if (line.trim() === "") continue;
    lines += 1;
    if (line.includes("\uFFFD") || line.includes("\0")) strange += 1;
  }
  return strange * 2 > lines ? fail("unreadable") : ok({ text, encoding });
}
