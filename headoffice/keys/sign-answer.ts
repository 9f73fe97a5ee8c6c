import { answerComponents, type Component, signatureBase, signatureParams } from "#core/signing/http-signature.ts";
import type { Office } from "../office.ts";
import { contentDigest } from "../terminals/request-signature.ts";
import { signText } from "./ed25519.ts";

export interface AnswerFacts {
  readonly status: number;
  /** Path and query of the request, as they stand in its first line. */
  readonly url: string;
  /** The request's own: an answer recorded earlier can not be passed off as the answer to this one. */
  readonly nonce: string;
  /** The bytes that leave. */
  readonly body: Uint8Array;
}

/** The headers that vouch for an answer (RFC 9421, answerComponents, keyid "office"). */
export function signAnswer(
  { key, clock }: Pick<Office, "key" | "clock">,
  { status, url, nonce, body }: AnswerFacts,
): Readonly<Record<"content-digest" | "signature-input" | "signature", string>> {
  const digest = contentDigest(body);
  const queryAt = url.indexOf("?");
  const values = [
    String(status),
    digest,
    queryAt === -1 ? url : url.slice(0, queryAt),
    queryAt === -1 ? "?" : url.slice(queryAt),
  ];
  const components = answerComponents.map((name, index): Component => [name, values[index] ?? ""]);
  const params = signatureParams(answerComponents, {
    created: Math.floor(clock.now() * 0.001),
    nonce,
    keyid: "office",
  });
  const signature = signText(key.privateKey, signatureBase(components, params), "base64");
  return {
    "content-digest": digest,
    "signature-input": `tillway=${params}`,
    signature: `tillway=:${signature}:`,
  };
}
