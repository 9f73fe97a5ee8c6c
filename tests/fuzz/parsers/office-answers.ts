import { generateKeyPairSync } from "node:crypto";
import { gzipSync } from "node:zlib";
import { assert, ok } from "#core/result.ts";
import { signAnswer } from "#headoffice/keys/sign-answer.ts";
import { rawPublicKey } from "#headoffice/keys/ed25519.ts";
import { createSignedWire, type OfficeAnswer } from "#main/sync/signed-wire.ts";
import { readSignature, requestComponents } from "#core/signing/http-signature.ts";
import type { FuzzParser } from "../parser.ts";
import { answerSamples } from "./wire-samples.ts";

const nowMs = Date.parse("2026-03-02T12:00:00+08:00");
const clock = { now: () => nowMs };
const office = generateKeyPairSync("ed25519");
const till = generateKeyPairSync("ed25519");
const officeKey = rawPublicKey(office.publicKey);
const key = { privateKey: office.privateKey, publicKey: officeKey };
const signer = { privateKey: till.privateKey, keyid: "BJ01-T01" };
const statuses = [200, 201, 400, 401, 403, 409, 410, 500, 503];
const path = "/v1/question";
const packed = 0x80;

/** First byte: which answer was asked for, its highest bit packed; second: the status. The rest is signed by head office. */
export const officeAnswers: FuzzParser = {
  name: "office-answers",
  reads: "signed answers of head office and relays, packed or not, as a till reads them (main/sync)",
  seeds: () => {
    const plain = answerSamples.map(({ value }, at) => bytesOf(at, value === faultValue ? 3 : 0, text(value)));
    return [
      ...plain,
      ...answerSamples.slice(0, 5).map(({ value }, at) => bytesOf(at | packed, 0, gzipSync(text(value)))),
    ];
  },
  words: ["__proto__", "1e3", "wrong-clock", "revoked", '"', "\\u0000"],
  twentieths: 10,
  jsonFrom: 2,
  mostBytes: 16_384,
  async read(input) {
    const [first = 0, second = 0] = input;
    const asked = answerSamples[(first & ~packed) % answerSamples.length];
    const status = statuses[second % statuses.length] ?? 200;
    const bytes = Buffer.from(input.subarray(2));
    const encoding = (first & packed) === 0 ? {} : { "content-encoding": "gzip" };
    assert(asked !== undefined, "one of the answers");
    const answers: OfficeAnswer<unknown>[] = [];
    for (const isSigned of [true, false]) {
      const wire = createSignedWire(new URL("http://127.0.0.1:1"), clock.now, async ({ target, headers }) => {
        const read = readSignature(requestComponents, headers["signature-input"], headers["signature"]);
        assert(read.ok, "a till signs what it asks");
        const signed = signAnswer({ key, clock }, { status, url: target, nonce: read.value.nonce, body: bytes });
        return ok({ status, headers: { ...encoding, ...(isSigned ? signed : {}) }, bytes });
      });
      const { schema } = asked;
      answers.push(await wire.send({ method: "GET", path, body: null, schema }, signer, officeKey));
      assert(Number.isFinite(wire.clockOffsetMs()), "an offset in milliseconds");
    }
    const [signed, unsigned] = answers;
    assert(unsigned?.kind !== "ok", "nothing is head office's word that it did not sign");
    if (signed?.kind === "not-understood") assert(signed.detail.length <= 600, "a short reason for the log");
    return { isTaken: signed?.kind === "ok" || signed?.kind === "refused", told: answers };
  },
};

const faultValue = answerSamples.at(-1)?.value;

function text(value: object): string {
  return JSON.stringify(value);
}

function bytesOf(which: number, status: number, body: string | Buffer): Uint8Array {
  return Buffer.concat([Buffer.from([which, status]), Buffer.from(body)]);
}
