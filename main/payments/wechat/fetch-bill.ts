import { createHash } from "node:crypto";
import { Readable, pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { fail, ok, type Result } from "#core/result.ts";
import type { BillFault, FetchedBill } from "#main/till/ports/payment-gateway.ts";
import { z } from "zod";
import type { BillReader } from "../bill/bill-reader.ts";
import { ask, codeOf, type GatewayLine, headersOf, parseJson, tryHosts } from "./ask.ts";
import { isCode } from "./classify.ts";
import { brokenAnswer, collect, type OpenAnswer, openExchange } from "./http.ts";

const ticketSchema = z.object({
  hash_type: z.literal("SHA1"),
  hash_value: z.string().regex(/^[0-9a-f]{40}$/iu),
  download_url: z.url().max(2_048),
});

/** About half a million rows; a gzip that unpacks to more is a bomb, not a bill. */
const mostBillBytes = 256 * 1024 * 1024;
/** Longest wait for the whole file: a large bill over a shop's slow line. */
const downloadTimeoutMs = 300_000;

/**
 * Fetches a bill: a signed answer tells its SHA1 and where it lies, then the file comes unsigned and is worth only what
 * its hash says. A place that has expired meanwhile is asked for once more. `target` is path and query of the bill.
 */
export async function fetchBill<R>(
  line: GatewayLine,
  target: string,
  createReader: () => BillReader<R>,
): Promise<Result<FetchedBill<{ readonly rows: readonly R[] }>, BillFault>> {
  for (let tries = 1; ; tries += 1) {
    const ticket = await askForTicket(line, target);
    if (!ticket.ok) return ticket;
    const opened = await openDownload(line, ticket.value.target);
    if (!opened.ok) return opened;
    if (opened.value.status === 200) return readBill(opened.value, ticket.value.sha1, createReader());
    const code = await refusalOf(opened.value);
    if (tries >= 2) return fail({ kind: "unknown", code });
  }
}

async function askForTicket(
  line: GatewayLine,
  target: string,
): Promise<Result<{ readonly sha1: string; readonly target: string }, BillFault>> {
  const reply = await ask(line, { method: "GET", target });
  if (reply.kind === "unknown") return fail({ kind: "unknown", code: reply.code });
  const { status, code } = reply;
  if (isCode(code, "NO_STATEMENT_EXIST")) return fail({ kind: "no-statement" });
  if (isCode(code, "STATEMENT_CREATING")) return fail({ kind: "still-creating" });
  if (status !== 200) {
    const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 429;
    return fail(isRefusal && code !== null ? { kind: "refused", code } : { kind: "unknown", code });
  }
  const parsed = ticketSchema.safeParse(reply.body);
  if (!parsed.success) return fail({ kind: "unknown", code: null });
  // Only path and token are used: our signature goes to the gateway's own addresses and nowhere else.
  const url = new URL(parsed.data.download_url);
  return ok({ sha1: parsed.data.hash_value.toLowerCase(), target: `${url.pathname}${url.search}` });
}

async function openDownload(line: GatewayLine, target: string): Promise<Result<OpenAnswer, BillFault>> {
  const { answer } = await tryHosts(line, { method: "GET", target, isOnce: false }, (baseUrl) => {
    const body = Buffer.alloc(0);
    const headers = { ...headersOf(line, "GET", target, body), Accept: "*/*" };
    return openExchange({ baseUrl, method: "GET", target, headers, body, timeoutMs: downloadTimeoutMs });
  });
  return answer.ok ? answer : fail({ kind: "unknown", code: null });
}

async function refusalOf(answer: OpenAnswer): Promise<string | null> {
  try {
    const body = await collect(answer.body);
    const json = body === null ? null : parseJson(body);
    return json?.ok === true ? codeOf(json.value) : null;
  } catch {
    return null; // it broke off: there is no code to tell
  }
}

async function readBill<R>(
  answer: OpenAnswer,
  sha1: string,
  reader: BillReader<R>,
): Promise<Result<FetchedBill<{ readonly rows: readonly R[] }>, BillFault>> {
  const hash = createHash("sha1"); // the gateway's choice; the signed ticket vouches for it
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of await unpacked(answer.body)) {
      bytes += chunk.length;
      if (bytes > mostBillBytes) return fail({ kind: "too-large" });
      hash.update(chunk);
      reader.push(decoder.decode(chunk, { stream: true }));
    }
    reader.push(decoder.decode());
  } catch (cause) {
    return fail({ kind: "unknown", code: brokenAnswer(cause, answer.isLate()).detail });
  }
  // First the hash: what a broken download says about its lines is of no interest.
  if (hash.digest("hex") !== sha1) return fail({ kind: "hash-differs" });
  const rows = reader.end();
  return rows.ok ? ok({ bill: { rows: rows.value }, sha1 }) : fail({ kind: "bad-line", ...rows.fault });
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
  const gunzip = createGunzip();
  pipeline(Readable.from(whole()), gunzip, () => {}); // a fault comes out of the loop that reads it
  return gunzip as AsyncIterable<Buffer>; // without an encoding set a stream yields buffers
}
