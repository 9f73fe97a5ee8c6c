import { fail, ok, type Result } from "#core/result.ts";
import { z } from "zod";
import { type UnsealFault, unseal } from "./aes.ts";
import { parseJson } from "./ask.ts";
import type { WireAnswer } from "./http.ts";
import { type Distrust, type GatewayKeys, verifyAnswer } from "./verify.ts";

/** What the gateway tells by itself: `event` says of what, `told` what was sealed in it, read by nobody yet. */
export interface Notice {
  readonly event: string;
  readonly told: unknown;
}

const noticeSchema = z.looseObject({
  event_type: z.string().regex(/^[A-Z_.]{1,64}$/u),
  resource: z.looseObject({
    algorithm: z.literal("AEAD_AES_256_GCM"),
    nonce: z.string(),
    associated_data: z.string().default(""),
    ciphertext: z.string().max(65_536),
  }),
});

/**
 * Believes a notification or says why not: the signature over the bytes as they came, the clock, and only then what is in
 * them. Probes with a wrong signature fail like forgeries do. Source: WeChat Pay notifications (4012791836).
 */
export function readNotice(
  post: Pick<WireAnswer, "headers" | "body">,
  gatewayKeys: GatewayKeys,
  apiV3Key: string,
  nowMs: number,
): Result<Notice, Distrust | UnsealFault> {
  const trust = verifyAnswer(post, gatewayKeys, nowMs);
  if (!trust.ok) return trust;
  const json = parseJson(post.body);
  const parsed = noticeSchema.safeParse(json.ok ? json.value : null);
  if (!parsed.success) return fail("malformed");
  const { nonce, ciphertext, associated_data: associatedData } = parsed.data.resource;
  const text = unseal(apiV3Key, { nonce, ciphertext, associatedData });
  if (!text.ok) return text;
  const told = parseJson(text.value);
  return told.ok ? ok({ event: parsed.data.event_type, told: told.value }) : fail("malformed");
}
