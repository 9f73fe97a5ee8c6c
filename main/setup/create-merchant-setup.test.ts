import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GatewayReady } from "#contract/bench/ready.ts";
import { sampleCart, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { terminalConfigSchema } from "#contract/config/terminal.ts";
import type { ConnectionVerdict } from "#contract/ipc/setup-view.ts";
import type { MerchantFields } from "#core/merchant/merchant-fields.ts";
import { fen } from "#core/money/fen.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { openLog } from "#main/log/open-log.ts";
import { platformKeys, rsaPair } from "#main/payments/wechat/testing-gateway.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { openKeptKeys } from "#main/secret/kept-keys.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { createLivePayments } from "#main/start/live-payments.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { MerchantSetup } from "#main/till/ports/merchant-setup.ts";
import { startGatewayAlone } from "#simulators/start-gateway.ts";
import { createMerchantSetup } from "./create-merchant-setup.ts";

let shop: string;
let dataDir: string;
let ready: GatewayReady;
let closeGateway: () => Promise<void>;
beforeAll(async () => {
  shop = mkdtempSync(join(tmpdir(), "tillway-merchant-"));
  const stateDir = join(shop, "gateway");
  ({ ready, close: closeGateway } = await startGatewayAlone({
    gatewayPort: 0,
    controlPort: 0,
    stateDir,
    now: Date.now,
  }));
});
afterAll(async () => {
  await closeGateway();
  rmSync(shop, { recursive: true });
});

const opened: { close(): void }[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(shop, "data-"));
  writeFileSync(terminalJson(), `${JSON.stringify({ store, terminalId: sampleTerminalId }, null, 2)}\n`);
});
afterEach(async () => {
  for (const one of opened.splice(0)) one.close();
  await control("/gateway/script/clear", {});
  await control("/gateway/clock", { wireSkewMs: 0 });
});

const store = { code: "S01", nameZh: "蜂鸟便利", nameEn: "Hummingbird Mart" };
const terminalJson = (): string => join(dataDir, "terminal.json");
const noKeyStore: KeyStore = {
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error("must not be asked")),
  decryptStringAsync: () => Promise.reject(new Error("must not be asked")),
};

async function control(path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${ready.control.token}`, "content-type": "application/json" };
  const answer = await fetch(new URL(path, ready.control.url), { method: "POST", headers, body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
}

/** A till's payments and their set-up, started on what lies in the data directory. */
async function start(keyStore = noKeyStore) {
  const read = readTerminalConfig(dataDir);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  const config = read.value ?? terminalConfigSchema.parse({ store, terminalId: sampleTerminalId });
  const log = openLog(join(dataDir, "logs", "till.log"), Date.now);
  let ids = 0;
  const newId = () => `id-${process.pid}-${(ids += 1)}-${Date.now()}`;
  const sales = openSalesStore({
    path: join(dataDir, "sales.db"),
    terminalId: config.terminalId,
    now: Date.now,
    newId,
  });
  if (!sales.ok) throw new Error(JSON.stringify(sales.fault));
  const clock = { now: Date.now, after: () => () => {} };
  const keptKeys = await openKeptKeys(dataDir, keyStore, log);
  const payments = createLivePayments({ config, dataDir, store: sales.value, clock, keptKeys, log, till: () => null });
  await payments.open();
  let chosen = "";
  let clipboardText = "";
  const setup = createMerchantSetup({
    ...{ dataDir, payments, keptKeys, clock, newId, log, shop: read.value === null ? "demo" : "real" },
    chooseFile: async () => ({ path: chosen, bytes: readFileSync(chosen) }),
    clipboard: { read: () => clipboardText, clear: () => void (clipboardText = "") },
  });
  const close = (): void => {
    payments.stop();
    sales.value.close();
  };
  opened.push({ close });
  return {
    ...{ payments, setup, close, sales: sales.value },
    clipboard: () => clipboardText,
    copy: (text: string) => void (clipboardText = text),
    async choose(slot: Parameters<MerchantSetup["chooseFile"]>[0], path: string): Promise<void> {
      chosen = path;
      expect(await setup.chooseFile(slot)).toEqual({ ok: true, value: null });
    },
  };
}

type Started = Awaited<ReturnType<typeof start>>;

/** The next start finds what this one left. */
function restart(till: Started): Promise<Started> {
  opened.pop();
  till.close();
  return start();
}

async function enter(till: Started, changes: Partial<MerchantFields> = {}): Promise<void> {
  const { gateway } = ready;
  till.setup.begin();
  till.setup.setFields("test", {
    ...{ mchid: gateway.mchid, appid: gateway.appid, publicKeyId: gateway.publicKeyId, baseUrl: gateway.baseUrl },
    ...{ storeOutId: "S01", notifyUrl: "https://pay.example.com/notify" },
    ...changes,
  });
  await till.choose("private-key", gateway.privateKeyPath);
  await till.choose("certificate", gateway.v2.merchantCertificatePath);
  await till.choose("public-key", gateway.publicKeyPath);
}

async function save(till: Started, mayChange = (_isAnother: boolean) => true) {
  return till.setup.save(mayChange);
}

async function verdict(till: Started, of: "now" | "draft" = "draft"): Promise<ConnectionVerdict> {
  const tested = await till.setup.test(of, () => {});
  if (!tested.ok) throw new Error(tested.fault);
  return tested.value;
}

function unfinishedPayment(sales: OpenSalesStore, outTradeNo: string): void {
  const saleId = `sale-${outTradeNo}`;
  const cart = sampleCart(saleId, 1);
  sales.saveDraft({ cart, tenders: [], cashierId: "c1", state: "open", label: "", updatedAtMs: Date.now() });
  const attempt = newAttempt({
    ...{ kind: "codepay", outTradeNo, saleId, tenderId: `t-${outTradeNo}`, amountFen: fen(100), nowMs: Date.now() },
    protocol: "v3",
  });
  sales.createAttempt(attempt);
  sales.saveAttempt({ ...attempt, state: "sent" });
}

function textOf(file: string): string {
  return readFileSync(join(dataDir, file), "utf8");
}

describe("a till with cash only", () => {
  it("is set up, takes payments at once, and still does after a restart, with no key and no path in terminal.json", async () => {
    const till = await start();
    expect([till.payments.attempts(), till.setup.view().now]).toEqual([null, null]);
    await enter(till);
    expect(await verdict(till)).toMatchObject({ kind: "ok" });
    expect(await save(till)).toEqual({ ok: true, value: "saved" });
    expect(till.setup.view()).toMatchObject({
      draft: null,
      off: null,
      now: { keys: "kept", mchid: ready.gateway.mchid },
    });
    expect(till.payments.attempts()?.codeProtocol).toBe("v3");
    expect(await verdict(till, "now")).toMatchObject({ kind: "ok" });

    const text = textOf("terminal.json");
    expect(text).not.toMatch(/pem|File|PRIVATE|merchant-key/u);
    const again = await restart(till);
    expect(again.payments.off()).toBeNull();
    expect(await verdict(again, "now")).toMatchObject({ kind: "ok" });
    const secret = readFileSync(ready.gateway.privateKeyPath, "utf8").split("\n")[3] ?? "?";
    for (const file of ["terminal.json", "wechatpay-keys.json", "logs/till.log"])
      expect(textOf(file)).not.toContain(secret);
  });

  it("keeps what was entered when a file is wrong, and takes the right one in its place", async () => {
    const till = await start();
    await enter(till);
    await till.choose("certificate", ready.gateway.privateKeyPath);
    expect(till.setup.view().draft).toMatchObject({ isComplete: false, fields: { mchid: ready.gateway.mchid } });
    expect(await save(till)).toEqual({ ok: false, fault: "setup-incomplete" });
    expect(await till.setup.test("draft", () => {})).toEqual({ ok: false, fault: "setup-incomplete" });
    await till.choose("certificate", ready.gateway.v2.merchantCertificatePath);
    expect(await save(till)).toEqual({ ok: true, value: "saved" });
  });

  it("takes keys of 32 characters from the clipboard and empties it", async () => {
    const till = await start();
    await enter(till, { answersSignedBy: "both" });
    till.copy(`${ready.gateway.apiV3Key}\n`);
    await till.setup.takeFromClipboard("api-v3-key");
    expect(till.clipboard()).toBe("");
    const key = till.setup.view().draft?.keys.find(({ slot }) => slot === "api-v3-key");
    expect(key).toEqual({
      slot: "api-v3-key",
      ...{ isNeeded: true, given: { by: "clipboard", name: "" }, problem: null, fingerprint: null },
    });
    await till.setup.takeFromClipboard("api-v3-key");
    expect(till.setup.view().draft?.keys.find(({ slot }) => slot === "api-v3-key")?.problem).toBe("clipboard-empty");
    till.setup.typeKey("api-v3-key", ready.gateway.apiV3Key);
    expect(await save(till)).toEqual({ ok: true, value: "saved" });
    expect(JSON.stringify(till.setup.view())).not.toContain(ready.gateway.apiV3Key);
  });
});

describe("the connection test of what is entered", () => {
  it.each<readonly [string, Partial<MerchantFields>, object]>([
    ["another merchant number", { mchid: "1900000001" }, { kind: "wrong-merchant", code: "SIGN_ERROR" }],
    ["another app", { appid: "wx0123456789abcdef" }, { kind: "wrong-merchant", code: "APPID_MCHID_NOT_MATCH" }],
    ["a public key id that is not ours", { publicKeyId: "PUB_KEY_ID_1" }, { kind: "signature", whose: "gateway" }],
    ["a port where nobody listens", { baseUrl: "http://127.0.0.1:9" }, { kind: "network", detail: "ECONNREFUSED" }],
  ])("tells %s", async (_what, fields, expected) => {
    const till = await start();
    await enter(till, fields);
    expect(await verdict(till)).toEqual(expected);
  });

  it("tells a foreign merchant key, and a foreign key of the gateway", async () => {
    const till = await start();
    await enter(till);
    const file = (name: string, text: string): string => {
      writeFileSync(join(dataDir, name), text);
      return join(dataDir, name);
    };
    await till.choose("public-key", file("gateway.pem", platformKeys.publicKey));
    expect(await verdict(till)).toEqual({ kind: "signature", whose: "gateway" });
    await till.choose("public-key", ready.gateway.publicKeyPath);
    const { selfSigned } = await import("#main/payments/wechat/testing-certificates.ts");
    const stranger = rsaPair(2_048);
    await till.choose("private-key", file("key.pem", stranger.privateKey));
    await till.choose("certificate", file("cert.pem", selfSigned(stranger.privateKey, ready.gateway.certSerial, 300)));
    expect(await verdict(till)).toEqual({ kind: "signature", whose: "ours" });
  });

  it("tells a clock that is off, by how much and which way, and a product that is not enabled", async () => {
    const till = await start();
    await enter(till);
    await control("/gateway/clock", { wireSkewMs: -600_000 });
    const ahead = await verdict(till);
    expect(ahead.kind === "clock" && Math.round(ahead.offsetMs / 60_000)).toBe(10);
    await control("/gateway/clock", { wireSkewMs: 420_000 });
    const behind = await verdict(till);
    expect(behind.kind === "clock" && Math.round(behind.offsetMs / 60_000)).toBe(-7);
    await control("/gateway/clock", { wireSkewMs: 0 });
    await control("/gateway/script", { outcome: "no-auth", next: true });
    expect(await verdict(till)).toEqual({ kind: "product-not-enabled", code: "NO_AUTH" });
    expect(await verdict(till)).toMatchObject({ kind: "ok" });
  });

  it("fetches certificates where they sign, and keeps none of a trial", async () => {
    const till = await start();
    await enter(till, { answersSignedBy: "certificates", publicKeyId: "" });
    await control("/gateway/certificates", { mode: "certificate" });
    till.setup.typeKey("api-v3-key", "f".repeat(32));
    expect(await verdict(till)).toEqual({ kind: "signature", whose: "gateway" });
    till.setup.typeKey("api-v3-key", ready.gateway.apiV3Key);
    expect(await verdict(till)).toMatchObject({ kind: "ok" });
    expect(() => textOf("platform-certificates.pem")).toThrow("ENOENT");
    await control("/gateway/certificates", { mode: "public-key" });
  });
});

describe("a merchant that takes over", () => {
  it("is refused while money is under way with another, and nothing has changed", async () => {
    const till = await start();
    await enter(till);
    await save(till);
    const before = textOf("terminal.json");
    const { attempts } = till.payments;
    const driver = attempts();
    await enter(till, { mchid: "1900000001" });
    const asked: boolean[] = [];
    expect(await save(till, (isAnother) => (asked.push(isAnother), false))).toEqual({ ok: true, value: "bound" });
    expect([asked, textOf("terminal.json"), attempts()]).toEqual([[true], before, driver]);
    expect(till.setup.view().draft?.fields.mchid).toBe("1900000001");
  });

  it("is the same one with other keys: what is under way goes along", async () => {
    const till = await start();
    await enter(till);
    await save(till);
    unfinishedPayment(till.sales, "S01T01X1");
    till.payments.attempts()?.resumeAll();
    const asked: boolean[] = [];
    await enter(till, { codepayProtocol: "v2" });
    till.setup.typeKey("v2-key", ready.gateway.v2.apiV2Key);
    expect(await save(till, (isAnother) => (asked.push(isAnother), true))).toEqual({ ok: true, value: "saved" });
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
    const till = await start();
    await enter(till);
    await save(till);
    const before = textOf("terminal.json");
    await enter(till, { storeOutId: "S02" });
    mkdirSync(`${terminalJson()}.new`);
    expect(await save(till)).toEqual({ ok: false, fault: "setup-file-unwritable" });
    expect([textOf("terminal.json"), till.setup.view().draft?.fields.storeOutId]).toEqual([before, "S02"]);
    rmSync(`${terminalJson()}.new`, { recursive: true });
    expect(await verdict(till, "now")).toMatchObject({ kind: "ok" });

    writeFileSync(terminalJson(), "{");
    expect(await save(till)).toEqual({ ok: false, fault: "setup-file-unwritable" });
    writeFileSync(terminalJson(), before);
    const again = await restart(till);
    expect(again.payments.off()).toBeNull();
  });

  it("is not begun with keys that do not come back", async () => {
    const forgetful: KeyStore = {
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async () => Buffer.from("x"),
      decryptStringAsync: () => Promise.reject(new Error("lost")),
    };
    const till = await start(forgetful);
    const before = textOf("terminal.json");
    await enter(till);
    expect(await save(till)).toEqual({ ok: false, fault: "setup-keys-not-kept" });
    expect([textOf("terminal.json"), till.payments.merchant()]).toEqual([before, null]);
  });

  it("forgets the certificates of another gateway, which must not be believed any more", async () => {
    const till = await start();
    writeFileSync(join(dataDir, "platform-certificates.pem"), "somebody's");
    await enter(till);
    await save(till);
    expect(textOf("platform-certificates.pem")).toBe("");
  });
});

describe("kept keys that cannot be used", () => {
  it("leave a till that starts with cash, holds payments in doubt, and goes on once the keys are back", async () => {
    const till = await start();
    await enter(till);
    await save(till);
    unfinishedPayment(till.sales, "S01T01X1");
    const keys = textOf("wechatpay-keys.json");
    for (const [spoil, kind] of [
      ["{", "keys-damaged"],
      [null, "keys-missing"],
    ] as const) {
      if (spoil === null) rmSync(join(dataDir, "wechatpay-keys.json"));
      else writeFileSync(join(dataDir, "wechatpay-keys.json"), spoil);
      const poor = await start();
      expect(poor.setup.view()).toMatchObject({
        off: { kind },
        now: { mchid: ready.gateway.mchid, fingerprint: null },
      });
      poor.payments.attempts()?.resumeAll();
      expect(
        poor.payments
          .attempts()
          ?.unfinished()
          .map(({ outTradeNo }) => outTradeNo),
      ).toEqual(["S01T01X1"]);
      writeFileSync(join(dataDir, "wechatpay-keys.json"), keys);
      await poor.setup.reopen();
      expect([poor.payments.off(), poor.payments.merchant()?.wechatPay.mchid]).toEqual([null, ready.gateway.mchid]);
      poor.payments.attempts()?.resumeAll();
      expect(poor.payments.attempts()?.unfinished()).toHaveLength(1);
    }
  });
});

describe("keys in files", () => {
  it("go on working, are taken over by the till at a word, and the files are left to the person", async () => {
    const { gateway } = ready;
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
    writeFileSync(terminalJson(), JSON.stringify({ store, terminalId: sampleTerminalId, wechatPay }, null, 2));
    const till = await start();
    expect(till.setup.view().now).toMatchObject({ keys: "files" });
    unfinishedPayment(till.sales, "S01T01X1");
    expect(await till.setup.importFiles()).toEqual({ ok: true, value: null });
    expect(till.setup.view().now).toMatchObject({ keys: "kept", certSerial: gateway.certSerial });
    expect(textOf("terminal.json")).not.toMatch(/pem|privateKeyFile/u);
    expect(JSON.parse(textOf("terminal.json")).wechatPay.timing.queryIntervalMs).toBe(1_234);
    expect(readFileSync(gateway.privateKeyPath, "utf8")).toContain("PRIVATE KEY");
    expect(await till.setup.importFiles()).toEqual({ ok: false, fault: "setup-nothing-to-import" });
    const again = await restart(till);
    expect(await verdict(again, "now")).toMatchObject({ kind: "ok" });
  });
});

describe("the demo store", () => {
  it("may be looked at and tested, and nothing of it is saved", async () => {
    rmSync(terminalJson());
    const till = await start();
    await enter(till);
    expect(till.setup.view().shop).toBe("demo");
    expect(await verdict(till)).toMatchObject({ kind: "ok" });
    expect(await save(till)).toEqual({ ok: false, fault: "setup-demo-store" });
    expect(await till.setup.importFiles()).toEqual({ ok: false, fault: "setup-demo-store" });
  });
});
