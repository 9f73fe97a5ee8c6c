import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import vectors from "../tests/fixtures/wechatpay.json" with { type: "json" };
import { unseal } from "./aes.ts";

type Vector = (typeof vectors.aes256gcm)[number];
const sealedOf = ({ nonce, aad, ciphertext }: Vector) => ({ nonce, associatedData: aad, ciphertext });
const [short, certificate] = vectors.aes256gcm;
if (short === undefined || certificate === undefined) throw new Error("no vectors");

describe("what the gateway sends encrypted", () => {
  it("opens to the published text", () => {
    const opened = unseal(short.key, sealedOf(short));
    expect(opened.ok && opened.value.toString()).toBe(short.plaintext);
  });

  it("opens to the published certificate", () => {
    const opened = unseal(certificate.key, sealedOf(certificate));
    const serial = opened.ok ? new X509Certificate(opened.value).serialNumber : null;
    expect(serial).toBe(certificate.certSerial);
  });

  it("stays shut when any byte, the associated data or the key is another", () => {
    const bytes = Buffer.from(short.ciphertext, "base64");
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const sealed = { ...sealedOf(short), ciphertext: changed.toString("base64") };
      expect(unseal(short.key, sealed)).toEqual({ ok: false, fault: "not-authentic" });
    }
    expect(unseal(short.key, { ...sealedOf(short), associatedData: "" })).toEqual({
      ok: false,
      fault: "not-authentic",
    });
    expect(unseal("0".repeat(32), sealedOf(short))).toEqual({ ok: false, fault: "not-authentic" });
  });

  it.each(["", "a7cde1ZJB1kG2e7VfTs3jQzaWizur8G", "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gbb", "钥".repeat(32)])(
    "is refused with a key that is not 32 bytes: %j",
    (key) => {
      expect(unseal(key, sealedOf(short))).toEqual({ ok: false, fault: "key-not-32-bytes" });
    },
  );

  it("is refused when it is too short for a tag, not base64, or under a nonce of another length", () => {
    for (const changes of [{ ciphertext: "AAAA" }, { ciphertext: "§§" }, { nonce: "short" }]) {
      expect(unseal(short.key, { ...sealedOf(short), ...changes })).toEqual({ ok: false, fault: "malformed" });
    }
  });
});
