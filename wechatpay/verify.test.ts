import { createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import vectors from "../tests/fixtures/wechatpay.json" with { type: "json" };
import { platformKeys, signedHeaders, testNowMs } from "#main/payments/wechat/testing-gateway.ts";
import { verifyAnswer } from "./verify.ts";

const [vector] = vectors.responseVerify;
if (vector === undefined) throw new Error("no vector");
const keys = new Map([[vector.serial, createPublicKey(vector.publicKeyPem)]]);
const signedAtMs = Number(vector.timestamp) * 1_000;
const body = Buffer.from(vector.body);
const headers: Readonly<Record<string, string>> = {
  "wechatpay-signature": vector.signature,
  "wechatpay-serial": vector.serial,
  "wechatpay-timestamp": vector.timestamp,
  "wechatpay-nonce": vector.nonce,
};

const verdict = (changes: Readonly<Record<string, string | undefined>>, bytes = body, nowMs = signedAtMs) =>
  verifyAnswer({ headers: { ...headers, ...changes }, body: bytes }, keys, nowMs);

describe("an answer's signature", () => {
  it("of the published sample holds", () => {
    expect(verdict({})).toEqual({ ok: true, value: null });
  });

  it("fails for every changed byte of the body", () => {
    for (let at = 0; at < body.length; at += 1) {
      for (const bit of [0x01, 0x20, 0x80]) {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ bit;
        expect(verdict({}, changed)).toEqual({ ok: false, fault: "forged" });
      }
    }
  });

  it("fails for a body that is longer or shorter by a byte", () => {
    for (const bytes of [body.subarray(1), body.subarray(0, -1), Buffer.concat([body, Buffer.from("\n")])]) {
      expect(verdict({}, bytes)).toEqual({ ok: false, fault: "forged" });
    }
  });

  it.each(["wechatpay-signature", "wechatpay-timestamp", "wechatpay-nonce", "wechatpay-serial"])(
    "fails for every changed character of %s, and without it",
    (name) => {
      const value = headers[name] ?? "";
      for (let at = 0; at < value.length; at += 1) {
        for (const other of ["0", "1", "A", "B", "g", "=", "+"]) {
          const changed = `${value.slice(0, at)}${other}${value.slice(at + 1)}`;
          if (changed !== value) expect(verdict({ [name]: changed }).ok).toBe(false);
        }
      }
      expect(verdict({ [name]: undefined })).toEqual({ ok: false, fault: "unsigned" });
    },
  );

  it("fails in any second spelling of the same bytes", () => {
    for (const signature of [`${vector.signature}=`, `${vector.signature} `, vector.signature.replace(/=+$/u, "")]) {
      expect(verdict({ "wechatpay-signature": signature })).toEqual({ ok: false, fault: "forged" });
    }
  });

  it("is believed within five minutes of our clock, on either side, and not at five minutes", () => {
    for (const skewMs of [-299_999, 299_999]) expect(verdict({}, body, signedAtMs + skewMs).ok).toBe(true);
    for (const skewMs of [-300_000, 300_000, 86_400_000]) {
      expect(verdict({}, body, signedAtMs + skewMs)).toEqual({ ok: false, fault: "stale" });
    }
  });

  it("by a serial we hold no key for fails, also when our only key made it", () => {
    const changes = { "wechatpay-serial": "PUB_KEY_ID_9" };
    expect(verdict(changes)).toEqual({ ok: false, fault: "unknown-serial" });
  });

  it("is checked with the key its serial names, not with any we hold", () => {
    const both = new Map([
      [vector.serial, createPublicKey(platformKeys.publicKey)],
      ["PUB_KEY_ID_2", createPublicKey(vector.publicKeyPem)],
    ]);
    expect(verifyAnswer({ headers, body }, both, signedAtMs)).toEqual({ ok: false, fault: "forged" });
    const renamed = { ...headers, "wechatpay-serial": "PUB_KEY_ID_2" };
    expect(verifyAnswer({ headers: renamed, body }, both, signedAtMs).ok).toBe(true);
  });

  it("that is the gateway's probe fails", () => {
    const changes = { "wechatpay-signature": `WECHATPAY/SIGNTEST/${vector.signature.slice(19)}` };
    expect(verdict(changes)).toEqual({ ok: false, fault: "probe" });
  });

  it("of another kind fails", () => {
    const changes = { "wechatpay-signature-type": "WECHATPAY2-SM2-WITH-SM3" };
    expect(verdict(changes)).toEqual({ ok: false, fault: "unsigned" });
  });

  it("of an empty body covers the empty line", () => {
    const empty = Buffer.alloc(0);
    const own = new Map([["PUB_KEY_ID_0110000000", createPublicKey(platformKeys.publicKey)]]);
    const lowered = Object.entries(signedHeaders(empty)).map(([name, value]) => [name.toLowerCase(), value]);
    const answer = { headers: Object.fromEntries(lowered), body: empty };
    expect(verifyAnswer(answer, own, testNowMs)).toEqual({ ok: true, value: null });
  });
});
