import { fail, ok, type Result } from "#core/result.ts";

/**
 * HTTP Message Signatures (RFC 9421), as till and head office use them: one signature, named `tillway`, Ed25519, over a
 * fixed list of components. Pure: whoever calls has the key, the clock and the digest.
 */

/** What a request's signature covers, in this order. `@query` is "?" where there is none. */
export const requestComponents = ["@method", "@authority", "@path", "@query", "content-digest"] as const;
/** What an answer's signature covers: its bytes, its status and the request it answers. */
export const answerComponents = ["@status", "content-digest", '"@path";req', '"@query";req'] as const;

export interface SignatureParams {
  /** Seconds since 1970, the signer's clock. */
  readonly created: number;
  /** 16 random bytes, base64url: the same request twice is two signatures. */
  readonly nonce: string;
  readonly keyid: string;
}

export type Component = readonly [name: string, value: string];

/** The value of `Signature-Input` without its label. */
export function signatureParams(names: readonly string[], { created, nonce, keyid }: SignatureParams): string {
  const list = names.map(quoted).join(" ");
  return `(${list});created=${created};nonce="${nonce}";keyid="${keyid}";alg="ed25519"`;
}

/** The text that is signed (RFC 9421, 2.5): its UTF-8 bytes go to Ed25519. */
export function signatureBase(components: readonly Component[], params: string): string {
  const lines = components.map(([name, value]) => `${quoted(name)}: ${value}`);
  return [...lines, `"@signature-params": ${params}`].join("\n");
}

/** Names with parameters (`"@path";req`) are written as they stand. */
function quoted(name: string): string {
  return name.startsWith('"') ? name : `"${name}"`;
}

export type SignatureFault = "missing" | "malformed" | "other-components";

/**
 * Reads `Signature-Input` and `Signature` of the one shape above; anything else is refused, so that nobody can have less
 * covered than he thinks.
 * @returns the parameters, the exact text of them that was signed, and the signature in base64
 */
export function readSignature(
  names: readonly string[],
  input: string | undefined,
  signature: string | undefined,
): Result<SignatureParams & { readonly params: string; readonly signature: string }, SignatureFault> {
  if (input === undefined || signature === undefined) return fail("missing");
  const params =
    /^tillway=(\(.*\);created=(\d{1,12});nonce="([\w-]{16,64})";keyid="([\w.-]{1,64})";alg="ed25519")$/.exec(input);
  const signed = /^tillway=:([A-Za-z0-9+/]{86}==):$/.exec(signature);
  const [, text, created, nonce, keyid] = params ?? [];
  if (text === undefined || created === undefined || nonce === undefined || keyid === undefined)
    return fail("malformed");
  if (signed?.[1] === undefined) return fail("malformed");
  const values = { created: Number(created), nonce, keyid };
  if (text !== signatureParams(names, values)) return fail("other-components");
  return ok({ ...values, params: text, signature: signed[1] });
}
