import { generateKeyPairSync } from "node:crypto";
import { assert } from "#core/result.ts";
import { signAnswer } from "#headoffice/keys/sign-answer.ts";
import { rawPublicKey } from "#headoffice/keys/ed25519.ts";
import { contentDigest, readRequestSignature } from "#headoffice/terminals/request-signature.ts";
import { judgeAnswer, signRequest } from "#main/sync/signatures.ts";
import type { FuzzParser } from "../parser.ts";
import { headersIn, headerText } from "./header-lines.ts";

const clock = { now: () => Date.parse("2026-03-02T12:00:00+08:00") };
const office = generateKeyPairSync("ed25519");
const till = generateKeyPairSync("ed25519");
const officeKey = rawPublicKey(office.publicKey);
const key = { privateKey: office.privateKey, publicKey: officeKey };
const bytes = Buffer.from('{"days":[]}');
const line = { method: "POST", authority: "127.0.0.1:1", target: "/v1/held?a=b" } as const;
const nonce = "nonce-of-the-question";

const params = '(COMPONENTS);created=1772424000;nonce="nonce-of-the-question";keyid="KEYID";alg="ed25519"';
const shape = (components: string, keyid: string) =>
  headerText({
    "content-digest": contentDigest(bytes),
    "signature-input": `tillway=${params.replace("COMPONENTS", components).replace("KEYID", keyid)}`,
    signature: `tillway=:${"A".repeat(86)}==:`,
  });

/** The right headers, then those that were made up: a line that comes twice has its last value. */
export const httpSignatures: FuzzParser = {
  name: "http-signatures",
  reads: "RFC 9421 signatures and digests, of requests at head office and of answers at a till (core/signing)",
  seeds: () => [
    Buffer.from(shape('"@method" "@authority" "@path" "@query" "content-digest"', "BJ01-T01")),
    Buffer.from(shape('"@status" "content-digest" "@path";req "@query";req', "office")),
    Buffer.from("x-nothing: at all"),
  ],
  words: [
    "tillway=",
    '";created=',
    'nonce="',
    'alg="ed25519"',
    "sha-256=:",
    "==:",
    "signature-input: ",
    "signature: ",
    "\n",
  ],
  twentieths: 10,
  read(input) {
    const text = Buffer.from(input).toString("latin1");
    const signed = signRequest({ privateKey: till.privateKey, keyid: "BJ01-T01" }, line, bytes, clock.now());
    const request = { ...signed.headers, ...headersIn(text) };
    const read = readRequestSignature({
      ...{ method: line.method, authority: line.authority, url: line.target, body: bytes },
      contentDigest: request["content-digest"],
      signatureInput: request["signature-input"],
      signature: request["signature"],
    });
    const isBy = read.ok && read.value.isBy(till.publicKey);
    assert(!read.ok || !read.value.isBy(office.publicKey), "nobody signs for another");
    const vouched = signAnswer({ key, clock }, { status: 200, url: line.target, nonce, body: bytes });
    const headers = { ...vouched, ...headersIn(text) };
    const verdict = judgeAnswer(officeKey, line.target, nonce, { status: 200, headers, bytes });
    const other = judgeAnswer(officeKey, line.target, "another-nonce-than-that", { status: 200, headers, bytes });
    assert(other !== "ours", "an answer to another question is none to this");
    // Which nonce a till makes is chance: only what was judged of it is compared.
    return { isTaken: read.ok || verdict !== "none", told: { isRead: read.ok, isBy, verdict, other } };
  },
};
