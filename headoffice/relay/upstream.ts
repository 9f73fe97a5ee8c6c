import { type KeyObject, randomBytes } from "node:crypto";
import type { z } from "zod";
import { faultSchema, type WireFault } from "#contract/wire/fault.ts";
import {
  answerComponents,
  type Component,
  readSignature,
  requestComponents,
  signatureBase,
  signatureParams,
} from "#core/signing/http-signature.ts";
import { isSignedBy, publicKeyOf, signText } from "../keys/ed25519.ts";
import type { OfficeClock } from "../office.ts";
import { contentDigest } from "../terminals/request-signature.ts";

/** Longest wait for one answer. Milliseconds. */
const answerTimeoutMs = 30_000;
/** A shop's tills are 100 KB at most. */
const mostAnswerBytes = 1_048_576;

/** Only `ok` and a signed refusal are head office's word. */
export type UpstreamAnswer<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "refused"; readonly fault: WireFault; readonly isSigned: boolean }
  | { readonly kind: "no-answer"; readonly detail: string };

export interface UpstreamQuestion<T> {
  readonly method: "GET" | "POST";
  /** Path and query under the address of head office. */
  readonly path: string;
  /** As it leaves. */
  readonly body?: Uint8Array;
  readonly isPacked?: boolean;
  readonly schema: z.ZodType<T>;
}

export interface Upstream {
  /** @param officeKey whose word the answer must be; null before it is known, at enrolment */
  ask<T>(question: UpstreamQuestion<T>, officeKey: string | null): Promise<UpstreamAnswer<T>>;
}

/**
 * Head office as a relay asks it: one request, one answer, no retry and no redirect. Never rejects.
 * @param ending ends what is under way: it was not heard, and is asked again another time
 */
export function createUpstream(
  url: URL,
  signer: { readonly privateKey: KeyObject; readonly keyid: string },
  clock: OfficeClock,
  ending: AbortSignal = new AbortController().signal,
): Upstream {
  const base = url.pathname.replace(/\/+$/, "");
  let offsetMs = 0;

  async function ask<T>(question: UpstreamQuestion<T>, officeKey: string | null): Promise<UpstreamAnswer<T>> {
    const target = `${base}${question.path}`;
    const body = question.body ?? new Uint8Array();
    const nonce = randomBytes(16).toString("base64url");
    const digest = contentDigest(body);
    const created = Math.floor((clock.now() + offsetMs) * 0.001);
    const params = signatureParams(requestComponents, { created, nonce, keyid: signer.keyid });
    const values = [question.method, url.host, ...splitTarget(target), digest];
    const signature = signText(signer.privateKey, signatureBase(paired(requestComponents, values), params), "base64");
    let got: { readonly response: Response; readonly bytes: Buffer };
    try {
      const response = await fetch(new URL(target, url), {
        ...{ method: question.method, redirect: "manual", signal: untilLate(ending) },
        headers: {
          ...(question.method === "POST" ? { "content-type": "application/json" } : {}),
          ...(question.isPacked === true ? { "content-encoding": "gzip" } : {}),
          // The signature is over the bytes that travel: none may be unpacked on the way here.
          "accept-encoding": "identity",
          ...{ "content-digest": digest, "signature-input": `tillway=${params}`, signature: `tillway=:${signature}:` },
        },
        ...(question.method === "POST" ? { body: Buffer.from(body) } : {}),
      });
      got = { response, bytes: await collect(response) };
    } catch (error) {
      return { kind: "no-answer", detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
    const { response, bytes } = got;
    const isSigned = officeKey !== null && isOfficeWord(officeKey, target, nonce, response, bytes);
    if (response.ok) {
      if (officeKey !== null && !isSigned) return { kind: "no-answer", detail: "an answer that is not head office's" };
      const parsed = question.schema.safeParse(jsonOf(bytes));
      return parsed.success ? { kind: "ok", value: parsed.data } : { kind: "no-answer", detail: "not understood" };
    }
    const fault = faultSchema.safeParse(jsonOf(bytes));
    if (!fault.success) return { kind: "no-answer", detail: `status ${response.status}` };
    const serverMs = Date.parse(fault.data.serverTime ?? "");
    if (fault.data.kind === "wrong-clock" && !Number.isNaN(serverMs)) offsetMs = serverMs - clock.now();
    return { kind: "refused", fault: fault.data, isSigned };
  }

  return { ask };
}

function untilLate(ending: AbortSignal): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(answerTimeoutMs), ending]);
}

async function collect(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > mostAnswerBytes) throw new Error(`an answer of more than ${mostAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isOfficeWord(officeKey: string, target: string, nonce: string, response: Response, bytes: Buffer): boolean {
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  const read = readSignature(answerComponents, header("signature-input"), header("signature"));
  const key = publicKeyOf(officeKey);
  if (!read.ok || key === null) return false;
  const digest = contentDigest(bytes);
  if (header("content-digest") !== digest || read.value.keyid !== "office" || read.value.nonce !== nonce) return false;
  const values = [String(response.status), digest, ...splitTarget(target)];
  return isSignedBy(
    key,
    signatureBase(paired(answerComponents, values), read.value.params),
    read.value.signature,
    "base64",
  );
}

function paired(names: readonly string[], values: readonly string[]): readonly Component[] {
  return names.map((name, index): Component => [name, values[index] ?? ""]);
}

function splitTarget(target: string): readonly [path: string, query: string] {
  const at = target.indexOf("?");
  return at === -1 ? [target, "?"] : [target.slice(0, at), target.slice(at)];
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
