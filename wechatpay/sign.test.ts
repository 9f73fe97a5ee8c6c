import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import vectors from "../tests/fixtures/wechatpay.json" with { type: "json" };
import { authorization, type SignedParts } from "./sign.ts";

type Vector = (typeof vectors.requestSigning)[number];

function signed(vector: Vector, body = vector.body, target = vector.url): string {
  const parts: SignedParts = { method: vector.method === "GET" ? "GET" : "POST", target, body: Buffer.from(body) };
  const privateKey = createPrivateKey(vector.privateKeyPem);
  const merchant = { mchid: vector.mchid, certSerial: vector.serial_no, privateKey };
  return authorization(merchant, parts, Number(vector.timestamp), vector.nonce);
}

const signatureOf = (header: string): string => /signature="(?<value>[^"]+)"/u.exec(header)?.groups?.["value"] ?? "";

describe("the Authorization of a request", () => {
  it.each(vectors.requestSigning)("is the published one: $source", (vector) => {
    expect(signed(vector)).toBe(
      `WECHATPAY2-SHA256-RSA2048 mchid="${vector.mchid}",nonce_str="${vector.nonce}",` +
        `signature="${vector.signature}",timestamp="${vector.timestamp}",serial_no="${vector.serial_no}"`,
    );
  });

  it.each(vectors.requestSigning)("is what the openssl command makes of the same bytes: $method", (vector) => {
    const folder = mkdtempSync(join(tmpdir(), "tillway-sign-"));
    try {
      const keyFile = join(folder, "key.pem");
      writeFileSync(keyFile, vector.privateKeyPem, { mode: 0o600 });
      const body = '{"description":"关东煮 & 乌龙茶","amount":{"total":1}}';
      const input = `${vector.method}\n${vector.url}?mchid=1\n${vector.timestamp}\n${vector.nonce}\n${body}\n`;
      const signature = execFileSync("openssl", ["dgst", "-sha256", "-sign", keyFile], { input }).toString("base64");
      expect(signatureOf(signed(vector, body, `${vector.url}?mchid=1`))).toBe(signature);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("covers bytes that are no text, unchanged", () => {
    const [vector] = vectors.requestSigning;
    if (vector === undefined) throw new Error("no vector");
    const privateKey = createPrivateKey(vector.privateKeyPem);
    const body = Buffer.from([0xff, 0x00, 0xe5, 0x0a]);
    const merchant = { mchid: "1", certSerial: "AB", privateKey };
    const header = authorization(merchant, { method: "POST", target: "/a", body }, 7, "n");
    const message = Buffer.concat([Buffer.from("POST\n/a\n7\nn\n"), body, Buffer.from("\n")]);
    const signature = Buffer.from(signatureOf(header), "base64");
    expect(verify("RSA-SHA256", message, createPublicKey(privateKey), signature)).toBe(true);
  });

  it("refuses a nonce that would break out of its header", () => {
    const [vector] = vectors.requestSigning;
    if (vector === undefined) throw new Error("no vector");
    expect(() => signed({ ...vector, nonce: 'a",x="' })).toThrow("nonce");
    expect(() => signed({ ...vector, nonce: "a\nb" })).toThrow("nonce");
  });
});
