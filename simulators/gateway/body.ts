import { createHash } from "node:crypto";
import type { z } from "zod";
import { errorNumbers, paramError, type Json, type Read } from "./answer.ts";

/**
 * Reads a request body as strictly as the interface rules allow: UTF-8 of at most three bytes a character, a JSON object,
 * no null anywhere, no unknown field, every type, length and character set as documented.
 */
export function readBody<T>(schema: z.ZodType<T>, bytes: Uint8Array): Read<T> {
  const parsed = parseJson(bytes);
  if (!parsed.ok) return parsed;
  const trouble = findForbidden(parsed.value, "");
  if (trouble !== null) return { ok: false, answer: paramError({ ...trouble, location: "body" }) };
  const checked = schema.safeParse(parsed.value);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, answer: schemaRefusal(checked.error, parsed.value) };
}

/** The same for path and query values that have no JSON around them. */
export function isOutTradeNo(text: string): boolean {
  return /^[0-9A-Za-z_\-|*]{6,32}$/.test(text);
}

/** One number for all parameters of a request, whatever their order: tells a repeat from a change. */
export function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}

function parseJson(bytes: Uint8Array): Read<unknown> {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)) };
  } catch {
    return { ok: false, answer: paramError({ field: "", issue: "not JSON in UTF-8", location: "body" }) };
  }
}

/** The first null or four-byte character in `value`, keys included. */
function findForbidden(value: unknown, at: string): { field: string; issue: string } | null {
  if (value === null) return { field: at, issue: "null is not allowed, leave the field out" };
  if (typeof value === "string") {
    // Surrogates are the UTF-16 spelling of four-byte characters, also when they came as \u escapes.
    return /[\ud800-\udfff]/.test(value) ? { field: at, issue: "only 1 to 3 byte UTF-8 is allowed" } : null;
  }
  if (typeof value !== "object") return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = findForbidden(key, at) ?? findForbidden(inner, `${at}/${key}`);
    if (found !== null) return found;
  }
  return null;
}

function schemaRefusal(error: z.ZodError, body: unknown) {
  const issue = error.issues[0];
  if (issue === undefined) throw new Error("a failed schema names at least one issue");
  const pointer = issue.path.map((part) => `/${String(part)}`).join("");
  if (issue.code === "unrecognized_keys") {
    const field = `${pointer}/${issue.keys[0] ?? ""}`;
    return paramError({ field, issue: "非法的多余参数", location: "body" }, errorNumbers.unknownParameter);
  }
  const value = valueAt(body, issue.path);
  return paramError({
    field: pointer,
    ...(value === undefined ? {} : { value }),
    issue: issue.message,
    location: "body",
  });
}

function valueAt(body: unknown, path: readonly PropertyKey[]): Json | undefined {
  const found = path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    body,
  );
  return typeof found === "string" || typeof found === "number" || typeof found === "boolean" ? found : undefined;
}
