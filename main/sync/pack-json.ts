import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { createGzip } from "node:zlib";

/** Items of a list that are written down in one piece: about a millisecond for entries of a journal. */
const itemsAtOnce = 10;

/**
 * The object as gzipped JSON, the same text as `JSON.stringify` gives, made piece by piece: a batch of a hundred sales in
 * one piece would keep a scan waiting for as long as a frame takes. Nothing in it may be undefined.
 */
export async function packJson(body: Readonly<Record<string, unknown>>): Promise<Buffer> {
  const gzip = createGzip();
  const packed: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => packed.push(chunk));
  const ended = once(gzip, "end");
  for (const piece of pieces(body)) {
    // Full: what is there is packed first, on another thread.
    if (!gzip.write(piece)) await once(gzip, "drain");
    await setImmediate();
  }
  gzip.end();
  await ended;
  return Buffer.concat(packed);
}

function* pieces(body: Readonly<Record<string, unknown>>): Generator<string> {
  let before = "{";
  for (const [name, value] of Object.entries(body)) {
    const key = `${before}${JSON.stringify(name)}:`;
    before = ",";
    if (Array.isArray(value)) yield* listPieces(key, value);
    else yield `${key}${JSON.stringify(value)}`;
  }
  yield before === "{" ? "{}" : "}";
}

function* listPieces(key: string, items: readonly unknown[]): Generator<string> {
  let before = `${key}[`;
  for (let from = 0; from < items.length; from += itemsAtOnce) {
    const some = items.slice(from, from + itemsAtOnce).map((item) => JSON.stringify(item));
    yield `${before}${some.join(",")}`;
    before = ",";
  }
  yield before === "," ? "]" : `${before}]`;
}
