import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { fail, ok, type Result } from "#core/result.ts";
import { brokenAnswer, type OpenAnswer, openExchange, type WireRequest } from "#wechatpay/http.ts";

/** Longest wait for one answer, from the first byte sent to the last received. Milliseconds. */
export const requestTimeoutMs = 30_000;
/** A page of a thousand items with all they can have; whoever sends more is not head office. */
export const mostAnswerBytes = 8 * 1_048_576;

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it arrived: a signature is over these bytes. */
  readonly bytes: Buffer;
}

export type AskFault = { readonly kind: "timeout" | "network" | "too-large"; readonly detail: string };

/** One request, one answer, no retry and no redirect. Never rejects. */
export async function askOffice(wire: WireRequest): Promise<Result<RawAnswer, AskFault>> {
  const opened = await openExchange(wire);
  if (!opened.ok) return opened;
  const { status, headers, isLate } = opened.value;
  try {
    const bytes = await collect(opened.value);
    if (bytes === null) return fail({ kind: "too-large", detail: `more than ${mostAnswerBytes} bytes` });
    return ok({ status, headers, bytes });
  } catch (cause) {
    return fail(brokenAnswer(cause, isLate()));
  }
}

async function collect({ body }: OpenAnswer): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  // A response without an encoding set yields buffers; leaving the loop destroys the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostAnswerBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const inflate = promisify(gunzip);

/** What the bytes say as JSON; undefined where they are none, or grow beyond any answer. */
export async function jsonOf(answer: RawAnswer): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await unpacked(answer)));
  } catch {
    return undefined;
  }
}

/** The body as it was before it was compressed; rejects where it is none, or grows beyond any answer. */
export async function unpacked({ headers, bytes }: RawAnswer): Promise<Buffer> {
  const isPacked = headers["content-encoding"] === "gzip";
  return isPacked ? inflate(bytes, { maxOutputLength: mostAnswerBytes }) : bytes;
}
