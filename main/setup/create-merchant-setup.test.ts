import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { KeyStore } from "#main/secret/key-store.ts";
import { leaveUnfinished, type MerchantBench, openMerchantBench, shopOfBench } from "#tests/support/merchant-bench.ts";

let bench: MerchantBench;
beforeAll(async () => {
  bench = await openMerchantBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.openShop());
afterEach(() => bench.closeShop());

describe("a till with cash only", () => {
  it("is set up, takes payments at once, and still does after a restart, with no key and no path in terminal.json", async () => {
    const till = await bench.start();
    expect([till.payments.attempts(), till.setup.view().now]).toEqual([null, null]);
    await bench.enter(till);
    expect(await till.verdict()).toMatchObject({ kind: "ok" });
    expect(await till.setup.save(() => true)).toEqual({ ok: true, value: "saved" });
    expect(till.setup.view()).toMatchObject({
      draft: null,
      off: null,
      now: { keys: "kept", mchid: bench.gateway.mchid },
    });
    expect(till.payments.attempts()?.codeProtocol).toBe("v3");
    expect(await till.verdict("now")).toMatchObject({ kind: "ok" });

    const text = bench.textOf("terminal.json");
    expect(text).not.toMatch(/pem|File|PRIVATE|merchant-key/u);
    const again = await bench.restart(till);
    expect(again.payments.off()).toBeNull();
    expect(await again.verdict("now")).toMatchObject({ kind: "ok" });
    const secret = readFileSync(bench.gateway.privateKeyPath, "utf8").split("\n")[3] ?? "?";
    for (const file of ["terminal.json", "wechatpay-keys.json", "logs/till.log"])
      expect(bench.textOf(file)).not.toContain(secret);
  });

  it("keeps what was entered when a file is wrong, and takes the right one in its place", async () => {
    const till = await bench.start();
    await bench.enter(till);
    await till.choose("certificate", bench.gateway.privateKeyPath);
    expect(till.setup.view().draft).toMatchObject({ isComplete: false, fields: { mchid: bench.gateway.mchid } });
    expect(await till.setup.save(() => true)).toEqual({ ok: false, fault: "setup-incomplete" });
    expect(await till.setup.test("draft", () => {})).toEqual({ ok: false, fault: "setup-incomplete" });
    await till.choose("certificate", bench.gateway.v2.merchantCertificatePath);
    expect(await till.setup.save(() => true)).toEqual({ ok: true, value: "saved" });
  });

  it("takes keys of 32 characters from the clipboard and empties it", async () => {
    const till = await bench.start();
    await bench.enter(till, { answersSignedBy: "both" });
    till.copy(`${bench.gateway.apiV3Key}\n`);
    await till.setup.takeFromClipboard("api-v3-key");
    expect(till.clipboard()).toBe("");
    const key = till.setup.view().draft?.keys.find(({ slot }) => slot === "api-v3-key");
    expect(key).toEqual({
      slot: "api-v3-key",
      ...{ isNeeded: true, given: { by: "clipboard", name: "" }, problem: null, fingerprint: null },
    });
    await till.setup.takeFromClipboard("api-v3-key");
    expect(till.setup.view().draft?.keys.find(({ slot }) => slot === "api-v3-key")?.problem).toBe("clipboard-empty");
    till.setup.typeKey("api-v3-key", bench.gateway.apiV3Key);
    expect(await till.setup.save(() => true)).toEqual({ ok: true, value: "saved" });
    expect(JSON.stringify(till.setup.view())).not.toContain(bench.gateway.apiV3Key);
  });
});

describe("a merchant that takes over", () => {
  it("is refused while money is under way with another, and nothing has changed", async () => {
    const till = await bench.start();
    await bench.enter(till);
    await till.setup.save(() => true);
    const before = bench.textOf("terminal.json");
    const { attempts } = till.payments;
    const driver = attempts();
    await bench.enter(till, { mchid: "1900000001" });
    const asked: boolean[] = [];
    expect(await till.setup.save((isAnother) => (asked.push(isAnother), false))).toEqual({ ok: true, value: "bound" });
    expect([asked, bench.textOf("terminal.json"), attempts()]).toEqual([[true], before, driver]);
    expect(till.setup.view().draft?.fields.mchid).toBe("1900000001");
  });

  it("is the same one with other keys: what is under way goes along", async () => {
    const till = await bench.start();
    await bench.enter(till);
    await till.setup.save(() => true);
    leaveUnfinished(till.store, "S01T01X1");
    till.payments.attempts()?.resumeAll();
    const asked: boolean[] = [];
    await bench.enter(till, { codepayProtocol: "v2" });
    till.setup.typeKey("v2-key", bench.gateway.v2.apiV2Key);
    expect(await till.setup.save((isAnother) => (asked.push(isAnother), true))).toEqual({ ok: true, value: "saved" });
    expect(asked).toEqual([false, false]);
    expect(till.payments.attempts()?.codeProtocol).toBe("v2");
    till.payments.attempts()?.resumeAll();
    expect(
      till.payments
        .attempts()
        ?.unfinished()
        .map(({ outTradeNo }) => outTradeNo),
    ).toEqual(["S01T01X1"]);
  });

  it("leaves the old one at work where the disk or the key store refuses", async () => {
    const till = await bench.start();
    await bench.enter(till);
    await till.setup.save(() => true);
    const before = bench.textOf("terminal.json");
    await bench.enter(till, { storeOutId: "S02" });
    mkdirSync(`${bench.terminalJson()}.new`);
    expect(await till.setup.save(() => true)).toEqual({ ok: false, fault: "setup-file-unwritable" });
    expect([bench.textOf("terminal.json"), till.setup.view().draft?.fields.storeOutId]).toEqual([before, "S02"]);
    rmSync(`${bench.terminalJson()}.new`, { recursive: true });
    expect(await till.verdict("now")).toMatchObject({ kind: "ok" });

    writeFileSync(bench.terminalJson(), "{");
    expect(await till.setup.save(() => true)).toEqual({ ok: false, fault: "setup-file-unwritable" });
    writeFileSync(bench.terminalJson(), before);
    const again = await bench.restart(till);
    expect(again.payments.off()).toBeNull();
  });

  it("is kept once however often and quickly it is asked for, and its keys are still there after a restart", async () => {
    const till = await bench.start();
    await bench.enter(till);
    const many = await Promise.all([1, 2, 3].map(() => till.setup.save(() => true)));
    const again = { ok: false, fault: "setup-not-begun" };
    expect(many).toEqual([{ ok: true, value: "saved" }, again, again]);
    await bench.enter(till, { storeOutId: "S02" });
    await Promise.all([till.setup.save(() => true), till.setup.reopen(), till.setup.importFiles()]);
    const next = await bench.restart(till);
    expect([next.payments.off(), next.payments.merchant()?.wechatPay.storeInfo]).toEqual([null, { outId: "S02" }]);
  });

  it("is not begun with keys that do not come back", async () => {
    const forgetful: KeyStore = {
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async () => Buffer.from("x"),
      decryptStringAsync: () => Promise.reject(new Error("lost")),
    };
    const till = await bench.start(forgetful);
    const before = bench.textOf("terminal.json");
    await bench.enter(till);
    expect(await till.setup.save(() => true)).toEqual({ ok: false, fault: "setup-keys-not-kept" });
    expect([bench.textOf("terminal.json"), till.payments.merchant()]).toEqual([before, null]);
  });

  it("forgets the certificates of another gateway, which must not be believed any more", async () => {
    const till = await bench.start();
    writeFileSync(join(bench.dataDir, "platform-certificates.pem"), "somebody's");
    await bench.enter(till);
    await till.setup.save(() => true);
    expect(bench.textOf("platform-certificates.pem")).toBe("");
  });
});

describe("kept keys that cannot be used", () => {
  it("leave a till that starts with cash, holds payments in doubt, and goes on once the keys are back", async () => {
    const till = await bench.start();
    await bench.enter(till);
    await till.setup.save(() => true);
    leaveUnfinished(till.store, "S01T01X1");
    const keys = bench.textOf("wechatpay-keys.json");
    for (const [spoil, kind] of [
      ["{", "keys-damaged"],
      [null, "keys-missing"],
    ] as const) {
      if (spoil === null) rmSync(join(bench.dataDir, "wechatpay-keys.json"));
      else writeFileSync(join(bench.dataDir, "wechatpay-keys.json"), spoil);
      const poor = await bench.start();
      expect(poor.payments.isBroken()).toBe(true);
      expect(poor.setup.view()).toMatchObject({
        off: { kind },
        now: { mchid: bench.gateway.mchid, fingerprint: null },
      });
      poor.payments.attempts()?.resumeAll();
      expect(
        poor.payments
          .attempts()
          ?.unfinished()
          .map(({ outTradeNo }) => outTradeNo),
      ).toEqual(["S01T01X1"]);
      writeFileSync(join(bench.dataDir, "wechatpay-keys.json"), keys);
      await poor.setup.reopen();
      expect([poor.payments.off(), poor.payments.merchant()?.wechatPay.mchid]).toEqual([null, bench.gateway.mchid]);
      poor.payments.attempts()?.resumeAll();
      expect(poor.payments.attempts()?.unfinished()).toHaveLength(1);
    }
  });
});

describe("a merchant that somebody took out of terminal.json", () => {
  it("leaves a till that takes no new payment, and holds what was under way", async () => {
    const till = await bench.start();
    expect(till.payments.isBroken()).toBe(false);
    leaveUnfinished(till.store, "S01T01X1");
    const next = await bench.restart(till);
    next.payments.attempts()?.resumeAll();
    expect(next.payments.attempts()?.unfinished()).toHaveLength(1);
    expect([next.payments.isBroken(), next.payments.off()]).toEqual([true, null]);
    await bench.enter(next);
    await next.setup.save(() => true);
    expect(next.payments.isBroken()).toBe(false);
  });
});

describe("keys in files", () => {
  it("go on working, are taken over by the till at a word, and the files are left to the person", async () => {
    const { gateway } = bench;
    const wechatPay = {
      ...{ baseUrl: gateway.baseUrl, mchid: gateway.mchid, appid: gateway.appid, certSerial: gateway.certSerial },
      ...{
        privateKeyFile: gateway.privateKeyPath,
        publicKeyId: gateway.publicKeyId,
        publicKeyFile: gateway.publicKeyPath,
      },
      ...{
        storeInfo: { outId: "S01" },
        notifyUrl: "https://pay.example.com/notify",
        timing: { queryIntervalMs: 1_234 },
      },
    };
    writeFileSync(bench.terminalJson(), JSON.stringify({ ...shopOfBench, wechatPay }, null, 2));
    const till = await bench.start();
    expect(till.setup.view().now).toMatchObject({ keys: "files" });
    leaveUnfinished(till.store, "S01T01X1");
    expect(await till.setup.importFiles()).toEqual({ ok: true, value: null });
    expect(till.setup.view().now).toMatchObject({ keys: "kept", certSerial: gateway.certSerial });
    expect(bench.textOf("terminal.json")).not.toMatch(/pem|privateKeyFile/u);
    expect(JSON.parse(bench.textOf("terminal.json")).wechatPay.timing.queryIntervalMs).toBe(1_234);
    expect(readFileSync(gateway.privateKeyPath, "utf8")).toContain("PRIVATE KEY");
    expect(await till.setup.importFiles()).toEqual({ ok: false, fault: "setup-nothing-to-import" });
    const again = await bench.restart(till);
    expect(await again.verdict("now")).toMatchObject({ kind: "ok" });
  });
});

describe("the demo store", () => {
  it("may be looked at and tested, and nothing of it is saved", async () => {
    rmSync(bench.terminalJson());
    const till = await bench.start();
    await bench.enter(till);
    expect(till.setup.view().shop).toBe("demo");
    expect(await till.verdict()).toMatchObject({ kind: "ok" });
    expect(await till.setup.save(() => true)).toEqual({ ok: false, fault: "setup-demo-store" });
    expect(await till.setup.importFiles()).toEqual({ ok: false, fault: "setup-demo-store" });
  });
});
