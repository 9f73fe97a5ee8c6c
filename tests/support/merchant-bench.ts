import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleCart, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { terminalConfigSchema } from "#contract/config/terminal.ts";
import type { ConnectionVerdict, KeySlot } from "#contract/ipc/setup-view.ts";
import type { MerchantFields } from "#core/merchant/merchant-fields.ts";
import { fen } from "#core/money/fen.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { openLog } from "#main/log/open-log.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { openKeptKeys } from "#main/secret/kept-keys.ts";
import { createMerchantSetup } from "#main/setup/create-merchant-setup.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { openReconciliation } from "#main/start/open-reconciliation.ts";
import { createLivePayments } from "#main/start/live-payments.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { startGatewayAlone } from "#simulators/start-gateway.ts";

export const shopOfBench = {
  store: { code: "S01", nameZh: "蜂鸟便利", nameEn: "Hummingbird Mart" },
  terminalId: sampleTerminalId,
};

/** A Linux without a key ring: asking it to seal anything is a crash in some versions of Electron. */
export const noKeyStore: KeyStore = {
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error("must not be asked")),
  decryptStringAsync: () => Promise.reject(new Error("must not be asked")),
};

export type MerchantBench = Awaited<ReturnType<typeof openMerchantBench>>;

/** A simulated gateway, and tills that are set up for its merchant without a window: each test has a shop of its own. */
export async function openMerchantBench() {
  const folder = mkdtempSync(join(tmpdir(), "tillway-merchant-"));
  const stateDir = join(folder, "gateway");
  const { ready, close } = await startGatewayAlone({ gatewayPort: 0, controlPort: 0, stateDir, now: Date.now });
  const tills: { close(): void }[] = [];
  const bench = {
    gateway: ready.gateway,
    /** Of the present shop; with a terminal.json that takes cash only. */
    dataDir: "",
    openShop(): void {
      bench.dataDir = mkdtempSync(join(folder, "data-"));
      writeFileSync(bench.terminalJson(), `${JSON.stringify(shopOfBench, null, 2)}\n`);
    },
    terminalJson: (): string => join(bench.dataDir, "terminal.json"),
    textOf: (file: string): string => readFileSync(join(bench.dataDir, file), "utf8"),
    async control(path: string, body: object): Promise<void> {
      const headers = { authorization: `Bearer ${ready.control.token}`, "content-type": "application/json" };
      const request = { method: "POST", headers, body: JSON.stringify(body) };
      const answer = await fetch(new URL(path, ready.control.url), request);
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    },
    async start(keyStore = noKeyStore): Promise<TillOfBench> {
      const till = await startTill(bench.dataDir, keyStore);
      tills.push(till);
      return till;
    },
    /** The next start finds what this one left. */
    restart(till: TillOfBench): Promise<TillOfBench> {
      tills.splice(tills.indexOf(till), 1);
      till.close();
      return bench.start();
    },
    /** Fills everything in, as it is on the merchant's papers but for `changes`. */
    async enter(till: TillOfBench, changes: Partial<MerchantFields> = {}): Promise<void> {
      const { mchid, appid, publicKeyId, baseUrl, privateKeyPath, publicKeyPath, v2 } = ready.gateway;
      till.setup.begin();
      till.setup.setFields("test", {
        ...{ mchid, appid, publicKeyId, baseUrl, storeOutId: "S01", notifyUrl: "https://pay.example.com/notify" },
        ...changes,
      });
      await till.choose("private-key", privateKeyPath);
      await till.choose("certificate", v2.merchantCertificatePath);
      await till.choose("public-key", publicKeyPath);
    },
    async closeShop(): Promise<void> {
      for (const one of tills.splice(0)) one.close();
      await bench.control("/gateway/script/clear", {});
      await bench.control("/gateway/clock", { wireSkewMs: 0 });
    },
    async close(): Promise<void> {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
  return bench;
}

export type TillOfBench = Awaited<ReturnType<typeof startTill>>;

/** A till's payments and their set-up, started on what lies in the data directory. */
async function startTill(dataDir: string, keyStore: KeyStore) {
  const read = readTerminalConfig(dataDir);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  const config = read.value ?? terminalConfigSchema.parse(shopOfBench);
  const { terminalId } = config;
  const log = openLog(join(dataDir, "logs", "till.log"), Date.now);
  let ids = 0;
  const newId = () => `id-${process.pid}-${(ids += 1)}-${Date.now()}`;
  const sales = openSalesStore({ path: join(dataDir, "sales.db"), terminalId, now: Date.now, newId });
  if (!sales.ok) throw new Error(JSON.stringify(sales.fault));
  const store = sales.value;
  const clock = { now: Date.now, after: () => () => {} };
  const keptKeys = await openKeptKeys(dataDir, keyStore, log);
  const payments = createLivePayments({
    ...{ config, dataDir, store, clock, keptKeys, log },
    till: () => null,
    latency: { took: () => {}, unanswered: () => {} },
    reconcile: (gateway, mchid) =>
      openReconciliation({
        ...{ config, dataDir, store, clock, gateway, mchid, log },
        spawn: () => {
          throw new Error("nobody compares bills here");
        },
        onChange: () => {},
      }),
  });
  await payments.open();
  let chosen = "";
  let clipboardText = "";
  const setup = createMerchantSetup({
    ...{ dataDir, payments, keptKeys, clock, newId, log, shop: read.value === null ? "demo" : "real" },
    chooseFile: async () => ({ path: chosen, bytes: readFileSync(chosen) }),
    clipboard: { read: () => clipboardText, clear: () => void (clipboardText = "") },
  });
  return {
    ...{ payments, setup, store },
    clipboard: () => clipboardText,
    copy: (text: string) => void (clipboardText = text),
    async choose(slot: KeySlot, path: string): Promise<void> {
      chosen = path;
      await setup.chooseFile(slot);
    },
    async verdict(of: "now" | "draft" = "draft"): Promise<ConnectionVerdict> {
      const tested = await setup.test(of, () => {});
      if (!tested.ok) throw new Error(tested.fault);
      return tested.value;
    },
    close(): void {
      payments.stop();
      store.close();
    },
  };
}

/** A payment that had been sent when the power went. */
export function leaveUnfinished(store: OpenSalesStore, outTradeNo: string): void {
  const saleId = `sale-${outTradeNo}`;
  const cart = sampleCart(saleId, 1);
  store.saveDraft({ cart, tenders: [], cashierId: "c1", state: "open", label: "", updatedAtMs: Date.now() });
  const tenderId = `tender-${outTradeNo}`;
  const amountFen = fen(100);
  const attempt = newAttempt({ kind: "codepay", outTradeNo, saleId, tenderId, amountFen, nowMs: Date.now() });
  store.createAttempt(attempt);
  store.saveAttempt({ ...attempt, state: "sent" });
}
