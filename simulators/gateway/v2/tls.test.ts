import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeCertificate } from "../certificates/x509.ts";
import { createGateway, type Gateway } from "../gateway.ts";
import { gatewayKeys, loadOrMakeKeys } from "../keys.ts";
import { account, apiV2Key } from "../test-till.ts";
import { micropayFields, sendV2, type SendV2 } from "./test-till-v2.ts";
import { loadOrMakeV2, tlsIdentity } from "./v2-account.ts";

let dir: string;
let gateway: Gateway;
let clockMs = Date.parse("2026-11-22T09:00:00+08:00");

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "gateway-tls-"));
  loadOrMakeV2(dir);
  const { platform, merchant } = gatewayKeys(dir);
  const { appid, mchid } = account;
  gateway = await createGateway({
    ...{ port: 0, platform, merchant: { ...merchant, appid, mchid, apiV2Key } },
    ...{ now: () => clockMs, announce: () => undefined, tls: tlsIdentity(dir, 0) },
  });
});

afterAll(async () => {
  await gateway.close();
  rmSync(dir, { recursive: true });
});

function reverse(baseUrl: string | null, tls?: SendV2["tls"]) {
  const how = tls === undefined ? {} : { tls };
  return sendV2(baseUrl ?? "", "/secapi/pay/reverse", { out_trade_no: "SALE-0001" }, how);
}

function till() {
  const { authorityPath, certificatePath } = loadOrMakeV2(dir);
  const { privateKeyPath } = loadOrMakeKeys(dir);
  const read = (path: string) => readFileSync(path);
  return { ca: read(authorityPath), cert: read(certificatePath), key: read(privateKeyPath) };
}

it("reverses for the merchant's certificate alone; paying wants none", async () => {
  const { ca, cert, key } = till();
  const fields = micropayFields("SALE-0001", 100, gateway.wallet.showCode());
  const paid = await sendV2(gateway.tlsBaseUrl ?? "", "/pay/micropay", fields, { tls: { ca } });
  expect(paid.fields).toMatchObject({ result_code: "SUCCESS" });
  clockMs += 15_000;
  expect(await reverse(gateway.tlsBaseUrl, { ca })).toMatchObject({ status: 400, fields: {} });
  expect(await reverse(gateway.baseUrl)).toMatchObject({ status: 400 });
  expect(gateway.ledger().orders[0]).toMatchObject({ state: "SUCCESS", refundedFen: 0 });
  expect((await reverse(gateway.tlsBaseUrl, { ca, cert, key })).fields).toMatchObject({ result_code: "SUCCESS" });
  expect(gateway.ledger().orders[0]).toMatchObject({ state: "REFUND", refundedFen: 100 });
});

it("refuses a certificate somebody else made, though it bears the merchant's serial", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const forged = makeCertificate({
    ...{ subject: account.mchid, serial: loadOrMakeKeys(dir).certSerial, publicKeyPem: publicKey },
    issuer: { name: "Simulated WeChat Pay CA", privateKeyPem: privateKey },
    ...{ fromMs: Date.now() - 1_000, toMs: Date.now() + 1_000_000 },
  });
  const reply = await reverse(gateway.tlsBaseUrl, { ca: till().ca, cert: forged, key: privateKey });
  expect(reply.status).toBe(400);
});

it("can cut a TLS connection as it can a plain one, and goes on", async () => {
  const { ca } = till();
  const script = gateway.routes.find(({ path }) => path === "/gateway/script");
  await script?.handle({ outcome: "reset", operation: "query", next: true, params: { answerAfterMs: 1 } });
  const query = () =>
    sendV2(gateway.tlsBaseUrl ?? "", "/pay/orderquery", { out_trade_no: "SALE-0002" }, { tls: { ca } });
  await expect(query()).rejects.toThrow(/hang up|ECONNRESET/);
  expect((await query()).fields).toMatchObject({ err_code: "ORDERNOTEXIST" });
});

it("is refused by a till that does not know its authority", async () => {
  const { cert, key } = till();
  await expect(reverse(gateway.tlsBaseUrl, { cert, key })).rejects.toThrow("certificate");
});

it("makes key and certificates once and gives the same ever after", () => {
  expect(loadOrMakeV2(dir)).toEqual(loadOrMakeV2(dir));
  expect(loadOrMakeV2(dir).apiV2Key).toMatch(/^[0-9a-f]{32}$/);
});
