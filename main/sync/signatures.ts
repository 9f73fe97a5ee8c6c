import { createHash, createPublicKey, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import {
  answerComponents,
  type Component,
  readSignature,
  requestComponents,
  signatureBase,
  signatureParams,
} from "#core/signing/http-signature.ts";
import type { RawAnswer } from "./ask-office.ts";

export interface Signer {
  readonly privateKey: KeyObject;
  /** The terminal's key, such as `BJ01-T01`. */
  readonly keyid: string;
}

export interface RequestLine {
  readonly method: "GET" | "POST";
  readonly authority: string;
  /** Path and query. */
  readonly target: string;
}

/** The headers that sign a request, and the nonce its answer must carry. `nowMs` is by head office's clock. */
export function signRequest(
  { privateKey, keyid }: Signer,
  line: RequestLine,
  body: Uint8Array,
  nowMs: number,
): { readonly headers: Readonly<Record<string, string>>; readonly nonce: string } {
  const nonce = randomBytes(16).toString("base64url");
  const digest = contentDigest(body);
  const { path, query } = splitTarget(line.target);
  const values = [line.method, line.authority, path, query, digest];
  const params = signatureParams(requestComponents, { created: secondsOf(nowMs), nonce, keyid });
  const signature = sign(null, Buffer.from(signatureBase(paired(requestComponents, values), params)), privateKey);
  return {
    nonce,
    headers: {
      "content-digest": digest,
      "signature-input": `tillway=${params}`,
      signature: `tillway=:${signature.toString("base64")}:`,
    },
  };
}

/** `none`: not signed, or not in our way. `other`: signed by somebody else, or for another request. */
export type AnswerSignature = "ours" | "none" | "other";

/** Whether an answer is head office's word on the request that carried this nonce. */
export function judgeAnswer(officeKey: string, target: string, nonce: string, answer: RawAnswer): AnswerSignature {
  const read = readSignature(answerComponents, answer.headers["signature-input"], answer.headers["signature"]);
  if (!read.ok) return "none";
  const digest = contentDigest(answer.bytes);
  if (answer.headers["content-digest"] !== digest || read.value.keyid !== "office" || read.value.nonce !== nonce)
    return "other";
  const { path, query } = splitTarget(target);
  const base = signatureBase(paired(answerComponents, [String(answer.status), digest, path, query]), read.value.params);
  const publicKey = publicKeyOf(officeKey);
  if (publicKey === null) return "other";
  return verify(null, Buffer.from(base), publicKey, Buffer.from(read.value.signature, "base64")) ? "ours" : "other";
}

/** RFC 9530, over the bytes as they travel. */
function contentDigest(bytes: Uint8Array): string {
  return `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;
}

function paired(names: readonly string[], values: readonly string[]): readonly Component[] {
  return names.map((name, index): Component => [name, values[index] ?? ""]);
}

function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const at = target.indexOf("?");
  return at === -1 ? { path: target, query: "?" } : { path: target.slice(0, at), query: target.slice(at) };
}

function publicKeyOf(raw: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw }, format: "jwk" });
  } catch {
    return null;
  }
}

function secondsOf(ms: number): number {
  return (ms - (ms % 1_000)) * 0.001;
}
