import { promisify } from "node:util";
import { gunzip, gunzipSync } from "node:zlib";
import type { z } from "zod";
import type { WireFault } from "#contract/wire/fault.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { codeOf } from "../store/retry.ts";
import { faultOf } from "./faults.ts";

/**
 * Bytes of a body once decompressed. The largest entry there may be (900,000 characters, each of them escaped) is 5.4 MB;
 * what grows beyond this is a bomb or a mistake, and inflating stops there.
 */
export const mostDecodedBytes = 6 * 1_048_576;
const limit = { maxOutputLength: mostDecodedBytes };

const inflate = promisify(gunzip);

/** The object in a body's bytes, as `schema` says. */
export async function readBody<T>(
  schema: z.ZodType<T>,
  body: Uint8Array,
  contentEncoding: string | undefined,
): Promise<Result<T, WireFault>> {
  const coding = codingOf(contentEncoding);
  if (!coding.ok) return coding;
  try {
    return objectIn(schema, coding.value === "gzip" ? await inflate(body, limit) : body);
  } catch (error) {
    return fail(inflateFault(error));
  }
}

/** The same without letting go of the thread: for one that has nothing else to do, and for small bodies. */
export function readBodyAtOnce<T>(
  schema: z.ZodType<T>,
  body: Uint8Array,
  contentEncoding: string | undefined,
): Result<T, WireFault> {
  const coding = codingOf(contentEncoding);
  if (!coding.ok) return coding;
  try {
    return objectIn(schema, coding.value === "gzip" ? gunzipSync(body, limit) : body);
  } catch (error) {
    return fail(inflateFault(error));
  }
}

function codingOf(contentEncoding = "identity"): Result<"identity" | "gzip", WireFault> {
  if (contentEncoding === "identity" || contentEncoding === "gzip") return ok(contentEncoding);
  return fail(faultOf("bad-request", "content-encoding is gzip or none"));
}

function objectIn<T>(schema: z.ZodType<T>, bytes: Uint8Array): Result<T, WireFault> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return fail(faultOf("bad-request", "the body is no JSON in UTF-8"));
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return fail(faultOf("bad-request", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not understood"}`));
}

function inflateFault(error: unknown): WireFault {
  const code = codeOf(error);
  if (code === "ERR_BUFFER_TOO_LARGE") {
    return faultOf("too-large", `at most ${mostDecodedBytes} bytes once decompressed`);
  }
  // Whatever else zlib says of the bytes; an error of ours is no fault of theirs.
  if (!/^(?:Z_|ERR_)/.test(code)) throw error;
  return faultOf("bad-request", "the body is no gzip");
}
