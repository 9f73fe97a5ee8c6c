import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { answerComponents, readSignature, signatureBase } from "#core/signing/http-signature.ts";
import { engines, type OfficeBench } from "#tests/support/office-bench.ts";
import { officePerTest } from "#tests/support/office-per-test.ts";
import { openDay } from "#tests/support/office-sales.ts";
import { type Answer, officeTill, type OfficeTill } from "#tests/support/office-till.ts";
import { contentDigest } from "./request-signature.ts";

describe.each(engines)("a till's signature, with %s", (engine) => {
  const office = officePerTest(engine);
  let bench: OfficeBench;
  let till: OfficeTill;
  beforeEach(async () => {
    bench = office();
    till = await bench.enrolledTill();
    openDay(till);
  });

  const refused = (answer: Answer, status: number, kind: string) =>
    expect(answer).toMatchObject({ status, json: { kind } });
  const path = () => `/v1/terminals/${till.key}/positions`;

  it("is taken once: the same one again is refused, a fresh one on the same upload is not", async () => {
    const nonce = "n".repeat(22);
    expect((await till.upload(till.entries, { nonce })).status).toBe(200);
    refused(await till.upload(till.entries, { nonce }), 401, "bad-signature");
    expect((await till.upload(till.entries)).status).toBe(200);
  });

  it("is taken once where the upload is refused, and where both come at the same moment", async () => {
    const nonces = ["m", "n", "o", "p"].map((letter) => letter.repeat(22));
    const [unread, broken, twice, fork] = nonces;
    const send = (body: string, nonce = "") =>
      till.request("POST", `/v1/terminals/${till.key}/journal`, Buffer.from(body), { nonce });
    refused(await send("{", unread), 400, "bad-request");
    refused(await send("{", unread), 401, "bad-signature");
    const spoilt = JSON.stringify({ entries: till.entries.map((entry) => ({ ...entry, v: 2 })) });
    refused(await send(spoilt, broken), 422, "broken-chain");
    refused(await send(spoilt, broken), 401, "bad-signature");
    const whole = JSON.stringify({ entries: till.entries });
    const both = await Promise.all([send(whole, twice), send(whole, twice)]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401]);
    const clone = till.clone();
    till.append("signed-in", { who: "a" });
    clone.append("signed-in", { who: "b" });
    await till.upload(till.entries);
    refused(await send(JSON.stringify({ entries: clone.entries }), fork), 409, "fork");
    refused(await send(JSON.stringify({ entries: clone.entries }), fork), 401, "bad-signature");
  });

  it("is forgotten only after it has expired by itself", async () => {
    const nonce = "n".repeat(22);
    const created = Math.floor(bench.now() / 1_000);
    expect((await till.request("GET", path(), null, { nonce, created })).status).toBe(200);
    bench.setNow(bench.now() + 299_000);
    refused(await till.request("GET", path(), null, { nonce, created }), 401, "bad-signature");
    bench.setNow(bench.now() + 120_000);
    expect((await till.request("GET", path())).status).toBe(200);
    const { n } = (await bench.office.sql.first<{ n: number }>("SELECT count(*) AS n FROM nonces")) ?? { n: -1 };
    expect(n).toBe(1);
  });

  it("is good for 300 s before and after; then the answer tells the time", async () => {
    const now = Math.floor(bench.now() / 1_000);
    for (const created of [now - 300, now + 300]) {
      expect((await till.request("GET", path(), null, { created })).status).toBe(200);
    }
    for (const created of [now - 301, now + 301, 0]) {
      const answer = await till.request("GET", path(), null, { created });
      refused(answer, 401, "wrong-clock");
      expect(answer.json).toMatchObject({ serverTime: new Date(bench.now()).toISOString() });
    }
  });

  it("covers the body as sent, the path, the query and the method", async () => {
    const body = Buffer.from(JSON.stringify({ entries: till.entries }));
    const journal = `/v1/terminals/${till.key}/journal`;
    const other = Buffer.from(JSON.stringify({ entries: till.entries.slice(0, 1) }));
    refused(await till.request("POST", journal, body, { sent: { body: other } }), 401, "bad-signature");
    const digest = contentDigest(other);
    const withDigest = { body: other, headers: { "content-digest": digest } };
    refused(await till.request("POST", journal, body, { sent: withDigest }), 401, "bad-signature");
    const quarantine = `/v1/terminals/${till.key}/quarantine`;
    refused(await till.request("POST", journal, body, { sent: { path: quarantine } }), 401, "bad-signature");
    refused(
      await till.request("GET", `${path()}?a=1`, null, { sent: { path: `${path()}?a=2` } }),
      401,
      "bad-signature",
    );
    refused(await till.request("GET", path(), null, { sent: { headers: { signature: "" } } }), 401, "bad-signature");
    expect((await till.request("POST", journal, body)).status).toBe(200);
  });

  it("is of the till in the path, and of nobody else", async () => {
    const other = await bench.enrolledTill("T02");
    refused(await other.request("GET", path()), 401, "bad-signature");
    refused(await other.request("GET", path(), null, { keyid: till.key }), 401, "bad-signature");
    refused(await till.request("GET", path(), null, { keyid: "../../etc" }), 401, "bad-signature");
    const { privateKey } = generateKeyPairSync("ed25519");
    refused(await till.request("GET", path(), null, { key: privateKey }), 401, "bad-signature");
    const stranger = officeTill({ url: bench.url, now: bench.now, storeCode: "BJ01", terminalId: "T77" });
    refused(await stranger.request("GET", "/v1/terminals/BJ01-T77/positions"), 404, "unknown-terminal");
  });

  it("is answered by head office's own, tied to the request and over the bytes that came", async () => {
    const nonce = "q".repeat(22);
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: bench.office.key.publicKey }, format: "jwk" });
    const check = (answer: Answer, asked: string) => {
      const read = readSignature(
        answerComponents,
        answer.headers.get("signature-input") ?? undefined,
        answer.headers.get("signature") ?? undefined,
      );
      if (!read.ok) throw new Error(`the answer's signature is ${read.fault}`);
      expect(answer.headers.get("content-digest")).toBe(contentDigest(Buffer.from(answer.text)));
      const values = [String(answer.status), contentDigest(Buffer.from(answer.text)), asked, "?"];
      const base = signatureBase(
        answerComponents.map((name, index) => [name, values[index] ?? ""]),
        read.value.params,
      );
      expect(verify(null, Buffer.from(base), key, Buffer.from(read.value.signature, "base64"))).toBe(true);
      return read.value;
    };
    const good = await till.request("GET", path(), null, { nonce });
    expect(check(good, path())).toMatchObject({ nonce, keyid: "office" });
    // A refusal that makes a till begin a new epoch must not be an impostor's.
    const clone = till.clone();
    clone.append("signed-in", { who: "a" });
    till.append("signed-in", { who: "b" });
    await till.upload(till.entries);
    const fork = await clone.upload(clone.entries);
    expect(fork.status).toBe(409);
    check(fork, `/v1/terminals/${till.key}/journal`);
  });

  it("never makes a key, a body or a nonce appear in the log", async () => {
    till.append("signed-in", { who: "secret-name" });
    await till.upload(till.entries, { nonce: "noncenoncenoncenonce22" });
    await till.request("POST", `/v1/terminals/${till.key}/journal`, Buffer.from('{"secret-name":1}'));
    const text = JSON.stringify(bench.log);
    expect(text).toContain("answered");
    for (const secret of ["secret-name", "noncenonce", till.publicKey]) expect(text).not.toContain(secret);
  });
});
