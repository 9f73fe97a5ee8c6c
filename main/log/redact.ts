/** Keys whose values never reach a log, whatever they hold. */
const secretKeys =
  /^(?:pin|approvalPin|authCode|auth_code|privateKey|privateKeyPem|apiV3Key|v2Key|pepper|token|authorization)$/i;

/** A payment code: 18 digits that start with 10–15. Also inside longer text, such as an error's message. */
const paymentCode = /(?<!\d)1[0-5]\d{16}(?!\d)/g;

/** A badge, which signs somebody in (core/access/badge.ts). */
const badge = /TWB\d{16}/gi;

/** Long strings say nothing more in a log; they only fill the disk. Characters. */
const mostCharacters = 2_000;
const mostDepth = 6;

/** A copy of `value` that may be written down: no PIN, no key, no payment code, no badge. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return covered(value).slice(0, mostCharacters);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return redact({ name, message, stack, ...(cause === undefined ? {} : { cause }) }, depth);
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth >= mostDepth) return "…";
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretKeys.test(key) ? "***" : redact(item, depth + 1)]),
  );
}

function covered(text: string): string {
  return text.replace(paymentCode, "1*****************").replace(badge, "TWB*");
}
