import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { fail, ok, type Result } from "#core/result.ts";
import type { BillReader } from "./bill-reader.ts";

/** Why a file is not the bill it was announced as. */
export type BillFileFault =
  | { readonly kind: "hash-differs" }
  /** A line the bill's own rules do not allow; counted from 1. */
  | { readonly kind: "bad-line"; readonly line: number; readonly problem: string }
  | { readonly kind: "too-large" }
  /** Torn, not UTF-8, or gone. */
  | { readonly kind: "unreadable"; readonly code: string };

export interface BillSource {
  readonly path: string;
  /** Hex, small letters, over the uncompressed bytes: what the gateway signed. */
  readonly sha1: string;
}

/** Called between two pieces of the file, with how much of it has been read, 0 to 1; throwing ends the reading. */
export type BetweenPieces = (share: number) => Promise<void> | void;

/** About half a million rows; a gzip that unpacks to more is a bomb, not a bill. */
const mostBillBytes = 256 * 1024 * 1024;

/** Reads a downloaded bill, gzip or not, piece by piece: its hash first, because what a broken file says is of no interest. */
export async function readBillFile<R>(
  source: BillSource,
  reader: BillReader<R>,
  between: BetweenPieces = () => {},
): Promise<Result<readonly R[], BillFileFault>> {
  const hash = createHash("sha1"); // the gateway's choice; the signed ticket vouches for it
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const file = createReadStream(source.path, { highWaterMark: 256 * 1024 });
  const fileBytes = statSync(source.path, { throwIfNoEntry: false })?.size ?? 0;
  let bytes = 0;
  try {
    for await (const chunk of await unpacked(file)) {
      bytes += chunk.length;
      if (bytes > mostBillBytes) return fail({ kind: "too-large" });
      hash.update(chunk);
      reader.push(decoder.decode(chunk, { stream: true }));
      await between(file.bytesRead / Math.max(fileBytes, file.bytesRead, 1));
    }
    reader.push(decoder.decode());
  } catch (cause) {
    if (cause instanceof ReadingStopped) throw cause;
    return fail({ kind: "unreadable", code: codeOf(cause) });
  } finally {
    file.destroy();
  }
  if (hash.digest("hex") !== source.sha1) return fail({ kind: "hash-differs" });
  const rows = reader.end();
  return rows.ok ? ok(rows.value) : fail({ kind: "bad-line", ...rows.fault });
}

/** Thrown by `between` to stop a reading that nobody waits for any more. */
export class ReadingStopped extends Error {
  override readonly name: string = "ReadingStopped";
}

/** The kind of error; its message may quote the bill. */
function codeOf(cause: unknown): string {
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  return cause instanceof Error ? cause.name : typeof cause;
}

/** The bytes of the bill itself: we ask for gzip, and take the file by what it is. */
async function unpacked(body: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const source = body[Symbol.asyncIterator]();
  const first = await source.next();
  const head = first.done === true ? Buffer.alloc(0) : first.value;
  async function* whole(): AsyncGenerator<Buffer> {
    yield head;
    yield* { [Symbol.asyncIterator]: () => source };
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) return whole();
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  pipeline(Readable.from(whole()), gunzip, () => {}); // a fault comes out of the loop that reads it
  return gunzip as AsyncIterable<Buffer>; // without an encoding set a stream yields buffers
}
