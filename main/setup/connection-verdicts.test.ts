import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MerchantFields } from "#core/merchant/merchant-fields.ts";
import { selfSigned } from "#main/payments/wechat/testing-certificates.ts";
import { platformKeys, rsaPair } from "#main/payments/wechat/testing-gateway.ts";
import { type MerchantBench, openMerchantBench } from "#tests/support/merchant-bench.ts";

let bench: MerchantBench;
beforeAll(async () => {
  bench = await openMerchantBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.openShop());
afterEach(() => bench.closeShop());

describe("the connection test of what is entered", () => {
  it.each<readonly [string, Partial<MerchantFields>, object]>([
    ["another merchant number", { mchid: "1900000001" }, { kind: "wrong-merchant", code: "SIGN_ERROR" }],
    ["another app", { appid: "wx0123456789abcdef" }, { kind: "wrong-merchant", code: "APPID_MCHID_NOT_MATCH" }],
    ["a public key id that is not ours", { publicKeyId: "PUB_KEY_ID_1" }, { kind: "signature", whose: "gateway" }],
    ["a port where nobody listens", { baseUrl: "http://127.0.0.1:9" }, { kind: "network", detail: "ECONNREFUSED" }],
  ])("tells %s", async (_what, fields, expected) => {
    const till = await bench.start();
    await bench.enter(till, fields);
    expect(await till.verdict()).toEqual(expected);
  });

  it("tells a foreign merchant key, and a foreign key of the gateway", async () => {
    const till = await bench.start();
    await bench.enter(till);
    const file = (name: string, text: string): string => {
      writeFileSync(join(bench.dataDir, name), text);
      return join(bench.dataDir, name);
    };
    await till.choose("public-key", file("gateway.pem", platformKeys.publicKey));
    expect(await till.verdict()).toEqual({ kind: "signature", whose: "gateway" });
    await till.choose("public-key", bench.gateway.publicKeyPath);
    const stranger = rsaPair(2_048);
    await till.choose("private-key", file("key.pem", stranger.privateKey));
    await till.choose("certificate", file("cert.pem", selfSigned(stranger.privateKey, bench.gateway.certSerial, 300)));
    expect(await till.verdict()).toEqual({ kind: "signature", whose: "ours" });
  });

  it("tells a clock that is off, by how much and which way, and a product that is not enabled", async () => {
    const till = await bench.start();
    await bench.enter(till);
    await bench.control("/gateway/clock", { wireSkewMs: -600_000 });
    const ahead = await till.verdict();
    expect(ahead.kind === "clock" && Math.round(ahead.offsetMs / 60_000)).toBe(10);
    await bench.control("/gateway/clock", { wireSkewMs: 420_000 });
    const behind = await till.verdict();
    expect(behind.kind === "clock" && Math.round(behind.offsetMs / 60_000)).toBe(-7);
    await bench.control("/gateway/clock", { wireSkewMs: 0 });
    await bench.control("/gateway/script", { outcome: "no-auth", next: true });
    expect(await till.verdict()).toEqual({ kind: "product-not-enabled", code: "NO_AUTH" });
    expect(await till.verdict()).toMatchObject({ kind: "ok" });
  });

  it("tells over v2 what it tells over v3", async () => {
    const till = await bench.start();
    await bench.enter(till, { codepayProtocol: "v2" });
    till.setup.typeKey("v2-key", bench.gateway.v2.apiV2Key);
    expect(await till.verdict()).toMatchObject({ kind: "ok" });
    // One key signs both ways there, so a wrong one leaves the refusal itself unreadable.
    till.setup.typeKey("v2-key", "0".repeat(32));
    expect(await till.verdict()).toEqual({ kind: "signature", whose: "gateway" });
  });

  it("fetches certificates where they sign, and keeps none of a trial", async () => {
    const till = await bench.start();
    await bench.enter(till, { answersSignedBy: "certificates", publicKeyId: "" });
    await bench.control("/gateway/certificates", { mode: "certificate" });
    till.setup.typeKey("api-v3-key", "f".repeat(32));
    expect(await till.verdict()).toEqual({ kind: "signature", whose: "gateway" });
    till.setup.typeKey("api-v3-key", bench.gateway.apiV3Key);
    expect(await till.verdict()).toMatchObject({ kind: "ok" });
    expect(() => bench.textOf("platform-certificates.pem")).toThrow("ENOENT");
    await bench.control("/gateway/certificates", { mode: "public-key" });
  });
});
