import { createHash, type KeyObject } from "node:crypto";
import type { WireFault } from "#contract/wire/fault.ts";
import { readSignature, requestComponents, signatureBase, type SignatureParams } from "#core/signing/http-signature.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { isSignedBy } from "../keys/ed25519.ts";
import { faultOf } from "../service/faults.ts";

/** What a signature is about: the request as it was received, nothing decoded. */
export interface RequestFacts {
  readonly method: string;
  /** The Host header as the till sent it; a proxy in between must pass it on unchanged. */
  readonly authority: string;
  /** Path and query as they stand in the request line. */
  readonly url: string;
  readonly contentDigest: string | undefined;
  readonly signatureInput: string | undefined;
  readonly signature: string | undefined;
  /** The body's bytes on the wire, before any decompression; empty for GET. */
  readonly body: Uint8Array;
}

export interface ReadRequestSignature extends SignatureParams {
  isBy(key: KeyObject): boolean;
}

/** Reads the signature and checks that the digest it covers is the body's. Who signed, and when, is the caller's to judge. */
export function readRequestSignature(facts: RequestFacts): Result<ReadRequestSignature, WireFault> {
  const read = readSignature(requestComponents, facts.signatureInput, facts.signature);
  if (!read.ok) return fail(faultOf("bad-signature", `the signature is ${read.fault}`));
  const digest = contentDigest(facts.body);
  if (facts.contentDigest !== digest) {
    return fail(faultOf("bad-signature", "content-digest is not the SHA-256 of the body as received"));
  }
  const { params, signature, created, nonce, keyid } = read.value;
  const queryAt = facts.url.indexOf("?");
  const components = [
    ["@method", facts.method],
    ["@authority", facts.authority.toLowerCase()],
    ["@path", queryAt === -1 ? facts.url : facts.url.slice(0, queryAt)],
    ["@query", queryAt === -1 ? "?" : facts.url.slice(queryAt)],
    ["content-digest", digest],
  ] as const;
  const base = signatureBase(components, params);
  return ok({ created, nonce, keyid, isBy: (key) => isSignedBy(key, base, signature, "base64") });
}

/** The header's value for these bytes (RFC 9530). */
export function contentDigest(bytes: Uint8Array): string {
  return `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;
}
