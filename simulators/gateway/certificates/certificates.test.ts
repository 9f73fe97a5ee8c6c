import { createPublicKey, createVerify, generateKeyPairSync, X509Certificate } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSealed } from "../signing.ts";
import { account, apiV3Key, startBench, startOfTime, type Bench, type Reply } from "../test-till.ts";
import { integer, objectId, sequence, time } from "./der.ts";
import { makeCertificate } from "./x509.ts";

function keys() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}

describe("a certificate of our own making", () => {
  const authority = keys();
  const merchant = keys();
  const issuer = { name: "模拟 CA", privateKeyPem: authority.privateKey };
  const life = { fromMs: Date.parse("2026-01-01T00:00:00Z"), toMs: Date.parse("2056-01-01T00:00:00Z") };
  const own = { subject: issuer.name, serial: "4A", publicKeyPem: authority.publicKey, isAuthority: true };
  const root = new X509Certificate(makeCertificate({ ...life, ...own, issuer }));
  const serial = account.certSerial;
  const leaf = new X509Certificate(
    makeCertificate({
      ...{ ...life, subject: "1900007291", serial, publicKeyPem: merchant.publicKey, issuer },
      hosts: ["127.0.0.1", "localhost"],
    }),
  );

  it("is read by others as it was meant", () => {
    expect(leaf.serialNumber).toBe(serial);
    expect([leaf.subject, leaf.issuer, leaf.ca, root.ca]).toEqual(["CN=1900007291", "CN=模拟 CA", false, true]);
    expect([leaf.validFromDate.getTime(), leaf.validToDate.getTime()]).toEqual([life.fromMs, life.toMs]);
    expect(leaf.publicKey.equals(createPublicKey(merchant.publicKey))).toBe(true);
    expect([leaf.checkIP("127.0.0.1"), leaf.checkHost("localhost")]).toEqual(["127.0.0.1", "localhost"]);
    expect([leaf.checkIP("127.0.0.2"), leaf.checkHost("example.cn")]).toEqual([undefined, undefined]);
  });

  it("is signed by its authority and by nobody else", () => {
    expect(leaf.checkIssued(root)).toBe(true);
    expect(leaf.verify(root.publicKey)).toBe(true);
    expect(leaf.verify(leaf.publicKey)).toBe(false);
    expect(root.verify(root.publicKey)).toBe(true);
  });

  it("keeps any serial, whatever its first bit", () => {
    const serialNumber = fc
      .tuple(fc.constantFrom("1", "7", "8", "F"), fc.array(fc.constantFrom(..."0123456789ABCDEF"), { maxLength: 38 }))
      .map(([first, rest]) => first + rest.join(""));
    fc.assert(
      fc.property(serialNumber, (hex) => {
        const pem = makeCertificate({ ...life, ...own, serial: hex, issuer });
        const even = hex.length % 2 === 0 ? hex : `0${hex}`;
        expect(new X509Certificate(pem).serialNumber).toBe(even);
      }),
      { numRuns: 30 },
    );
  });

  it("writes DER as X.690 prints it", () => {
    expect(objectId("1.2.840.113549").toString("hex")).toBe("06062a864886f70d");
    expect(integer("80").toString("hex")).toBe("02020080");
    expect(integer("0000").toString("hex")).toBe("020100");
    expect(sequence(Buffer.alloc(200)).subarray(0, 3).toString("hex")).toBe("3081c8");
    expect(sequence(Buffer.alloc(300)).subarray(0, 4).toString("hex")).toBe("3082012c");
    expect(time(Date.parse("2049-12-31T23:59:59Z")).toString("latin1").slice(2)).toBe("491231235959Z");
    expect(time(Date.parse("2050-01-01T00:00:00Z")).toString("latin1").slice(2)).toBe("20500101000000Z");
  });
});

describe("platform certificates", () => {
  let bench: Bench;
  const target = "/v3/certificates";

  beforeEach(async () => {
    bench = await startBench();
  });

  afterEach(async () => {
    await bench.gateway.close();
  });

  const withoutKeyId = { "Wechatpay-Serial": undefined };
  const change = (what: object) => bench.control("POST", "/gateway/certificates", what);

  /** Opens what a till would open, with the APIv3 key. */
  function opened(reply: Reply): readonly X509Certificate[] {
    // The shape is the documentation's; a wrong one fails below.
    const { data } = reply.body as { data: { serial_no: string; encrypt_certificate: Record<string, string> }[] };
    return data.map(({ serial_no, encrypt_certificate: sealed }) => {
      const { nonce = "", associated_data: associatedData = "", ciphertext = "" } = sealed;
      const certificate = new X509Certificate(openSealed({ apiV3Key, nonce, associatedData, ciphertext }));
      expect(certificate.serialNumber).toBe(serial_no);
      return certificate;
    });
  }

  function isSignedBy(pem: string, reply: Reply): boolean {
    const certificate = new X509Certificate(pem);
    const named = (name: string) => String(reply.headers[`wechatpay-${name}`]);
    const verifier = createVerify("RSA-SHA256");
    verifier.update(`${named("timestamp")}\n${named("nonce")}\n${reply.text}\n`);
    return (
      named("serial") === certificate.serialNumber &&
      verifier.verify(certificate.publicKey, named("signature"), "base64")
    );
  }

  it("are none in public-key mode, and a request must name the key", async () => {
    expect((await bench.get(target)).body).toMatchObject({ code: "RESOURCE_NOT_EXISTS" });
    expect((await bench.get(target, withoutKeyId)).body).toMatchObject({ code: "PARAM_ERROR" });
  });

  it("are sealed with the APIv3 key and sign what is sent without naming a key", async () => {
    await change({ mode: "certificate" });
    const reply = await bench.get(target, withoutKeyId);
    const [certificate, ...others] = opened(reply);
    expect([reply.status, others, isSignedBy(String(certificate), reply)]).toEqual([200, [], true]);
    expect(certificate?.validFromDate.getTime()).toBeLessThan(startOfTime);
    const query = `/v3/pay/transactions/out-trade-no/SALE-0001?mchid=${account.mchid}`;
    expect(isSignedBy(String(certificate), await bench.get(query, withoutKeyId))).toBe(true);
    expect((await bench.get(query)).body).toMatchObject({ code: "PARAM_ERROR" });
    expect((await bench.get(`${target}?algorithm_type=SM2`, withoutKeyId)).status).toBe(404);
    expect((await bench.get(`${target}?algorithm_type=MD5`, withoutKeyId)).status).toBe(400);
  });

  it("rotate with old and new side by side, and the asked-for one signs until it is dropped", async () => {
    await change({ mode: "both", rotate: true });
    const [old] = opened(await bench.get(target, withoutKeyId));
    const { serials } = await change({ rotate: true });
    const listed = await bench.get(target, withoutKeyId);
    const both = opened(listed);
    expect(both.map(({ serialNumber }) => serialNumber)).toEqual(serials);
    expect([isSignedBy(String(both[1]), listed), isSignedBy(String(old), listed)]).toEqual([true, false]);
    const asked = { "Wechatpay-Serial": old?.serialNumber };
    expect(isSignedBy(String(old), await bench.get(target, asked))).toBe(true);
    expect((await bench.get(target)).isGenuine).toBe(true);
    await change({ dropOld: true });
    expect(opened(await bench.get(target))).toHaveLength(1);
    expect((await bench.get(target, asked)).body).toMatchObject({ code: "PARAM_ERROR" });
  });
});
