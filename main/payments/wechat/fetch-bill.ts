import { createWriteStream, rmSync } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fail, ok, type Result } from "#core/result.ts";
import type { BillFault, BillFile } from "#main/till/ports/payment-gateway.ts";
import { z } from "zod";
import { ask, codeOf, type GatewayLine, headersOf, parseJson, tryHosts } from "#wechatpay/ask.ts";
import { isCode } from "#wechatpay/classify.ts";
import { brokenAnswer, collect, type OpenAnswer, openExchange } from "#wechatpay/http.ts";

const ticketSchema = z.object({
  hash_type: z.literal("SHA1"),
  hash_value: z.string().regex(/^[0-9a-f]{40}$/iu),
  download_url: z.url().max(2_048),
});

/** More than half a million rows even where the gateway does not pack them. */
const mostFileBytes = 256 * 1024 * 1024;
/** Longest wait for the whole file: a large bill over a shop's slow line. */
const downloadTimeoutMs = 300_000;

/**
 * Fetches a bill into a file: a signed answer tells its SHA1 and where it lies, then the file comes unsigned and is worth
 * only what its hash says, which whoever reads it checks. A place that has expired meanwhile is asked for once more.
 * `target` is path and query of the bill. After a fault there is no file.
 */
export async function fetchBill(line: GatewayLine, target: string, path: string): Promise<Result<BillFile, BillFault>> {
  for (let tries = 1; ; tries += 1) {
    const ticket = await askForTicket(line, target);
    if (!ticket.ok) return ticket;
    const opened = await openDownload(line, ticket.value.target);
    if (!opened.ok) return opened;
    if (opened.value.status === 200) return save(opened.value, ticket.value.sha1, path);
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

/** As it comes, packed or not: unpacking and reading is not for this thread. Only this user may read it. */
async function save(answer: OpenAnswer, sha1: string, path: string): Promise<Result<BillFile, BillFault>> {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > mostFileBytes ? new TooLarge() : null, chunk);
    },
  });
  try {
    await pipeline(answer.body, limit, createWriteStream(path, { mode: 0o600 }));
    return ok({ path, sha1 });
  } catch (cause) {
    rmSync(path, { force: true });
    if (cause instanceof TooLarge) return fail({ kind: "too-large" });
    return fail({ kind: "unknown", code: brokenAnswer(cause, answer.isLate()).detail });
  }
}

class TooLarge extends Error {
  override readonly name = "TooLarge";
}
