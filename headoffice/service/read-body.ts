import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { z } from "zod";
import type { WireFault } from "#contract/wire/fault.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { codeOf } from "../store/retry.ts";
import { faultOf } from "./faults.ts";

/**
 * Bytes of a body once decompressed. The largest entry there may be (900,000 characters, each of them escaped) is 5.4 MB;
 * what grows beyond this is a bomb or a mistake, and inflating stops there.
 */
const mostDecodedBytes = 6 * 1_048_576;

const inflate = promisify(gunzip);

/** The object in a body's bytes, as `schema` says. */
export async function readBody<T>(
  schema: z.ZodType<T>,
  body: Buffer,
  contentEncoding: string | undefined,
): Promise<Result<T, WireFault>> {
  const bytes = await decoded(body, contentEncoding);
  if (!bytes.ok) return bytes;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
  } catch {
    return fail(faultOf("bad-request", "the body is no JSON in UTF-8"));
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return fail(faultOf("bad-request", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not understood"}`));
}

async function decoded(body: Buffer, contentEncoding = "identity"): Promise<Result<Uint8Array, WireFault>> {
  if (contentEncoding === "identity") return ok(body);
  if (contentEncoding !== "gzip") return fail(faultOf("bad-request", "content-encoding is gzip or none"));
  try {
    return ok(await inflate(body, { maxOutputLength: mostDecodedBytes }));
  } catch (error) {
    if (codeOf(error) === "ERR_BUFFER_TOO_LARGE") {
      return fail(faultOf("too-large", `at most ${mostDecodedBytes} bytes once decompressed`));
    }
    return fail(faultOf("bad-request", "the body is no gzip"));
  }
}
