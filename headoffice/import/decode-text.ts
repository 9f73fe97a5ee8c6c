import iconv from "iconv-lite";
import { fail, ok, type Result } from "#core/result.ts";

export type TextEncoding = "utf-8" | "utf-16" | "gb18030";

/**
 * The text of a CSV as Excel, WPS and cash-register exports write them: UTF-8 with or without a byte order mark, UTF-16
 * with one, else GB18030 (which holds GBK and GB2312). Strict UTF-8 is asked first: Chinese in GBK is hardly ever valid
 * UTF-8, while nearly any bytes are valid GBK. Refuses bytes that are none of them.
 */
export function decodeText(
  bytes: Uint8Array,
): Result<{ readonly text: string; readonly encoding: TextEncoding }, "unreadable"> {
  const wide = utf16Of(bytes);
  if (wide !== null) return ok({ text: wide, encoding: "utf-16" });
  try {
    // Takes a byte order mark away by itself.
    return readable(new TextDecoder("utf-8", { fatal: true }).decode(bytes), "utf-8");
  } catch {
    return readable(iconv.decode(Buffer.from(bytes), "gb18030"), "gb18030");
  }
}

function utf16Of(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return null;
}

/** A replacement character or a zero byte says that the bytes were something else: a picture, a damaged file. */
function readable(text: string, encoding: TextEncoding): ReturnType<typeof decodeText> {
  return text.includes("\uFFFD") || text.includes("\0") ? fail("unreadable") : ok({ text, encoding });
}
