import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import type { WalletCode } from "#contract/bench/wallet.ts";
import type { terminalConfigSchema } from "#contract/config/terminal.ts";
import { openidOf } from "#simulators/gateway/transaction.ts";
import { startSimulators, type Simulators } from "#simulators/start-simulators.ts";
import { merchantSecrets, openidSecrets, paymentCodeSecrets } from "./secrets.ts";
import type { Secret } from "./sweep.ts";

export type TerminalJson = z.input<typeof terminalConfigSchema>;

/** A shop for one test: the twins in this process, and a data directory whose terminal.json leads to them. */
export interface Shop {
  readonly dataDir: string;
  readonly simulators: Simulators;
  /** What `configure` changes. */
  readonly terminal: TerminalJson;
  /** Every payment code the customer's phone has shown. */
  readonly shownCodes: readonly string[];
  /** Everything, as known by now, that may stand in no file of the till. */
  secrets(): readonly Secret[];
  /** A request to the twins' control interface; throws with the refusal's sentence. */
  control(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown>;
  /** A fresh payment code on the customer's phone. */
  paymentCode(): Promise<string>;
  /** Writes terminal.json again, for the next start; with other waits where they are given. */
  configure(changes: Partial<TerminalJson>, timing?: typeof quickTiming): void;
  close(): Promise<void>;
}

/** The waits of the payment rules, shortened so that a test sees them end. */
export const quickTiming = {
  requestTimeoutMs: 2_000,
  queryIntervalMs: 200,
  codepayDeadlineMs: 2_500,
  nativeDeadlineMs: 60_000,
  reverseNotBeforeMs: 800,
  undoBackoffFirstMs: 200,
  undoBackoffMostMs: 2_000,
};

/** `timing` replaces the short waits, for tests that want to see one of them stand still. */
export async function openShop(changes: Partial<TerminalJson> = {}, timing = quickTiming): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-shop-"));
  const dataDir = join(folder, "data");
  mkdirSync(dataDir);
  const simulators = await startSimulators({
    gatewayPort: 0,
    printerPort: 0,
    scannerPort: 0,
    controlPort: 0,
    stateDir: join(folder, "simulators"),
    paperColumns: 48,
    now: Date.now,
  });
  const { gateway, printer, scanner, control } = simulators.ready;
  const base: TerminalJson = {
    store: {
      code: "S01",
      nameZh: "蜂鸟便利 · 人民路店",
      nameEn: "Hummingbird Mart",
      address: "青禾区人民路 218 号",
      phone: "0000-6218 0218",
      // The shop stands where the machine does, so that every clock on the screen says the same.
      utcOffsetMinutes: -new Date().getTimezoneOffset(),
    },
    terminalId: "T01",
    devices: {
      scanners: [{ id: "scanner-1", transport: { kind: "tcp", ...scanner } }],
      printer: { id: "printer-1", transport: { kind: "tcp", ...printer }, drawer: {} },
    },
    wechatPay: {
      baseUrl: gateway.baseUrl,
      mchid: gateway.mchid,
      appid: gateway.appid,
      certSerial: gateway.certSerial,
      privateKeyFile: gateway.privateKeyPath,
      publicKeyId: gateway.publicKeyId,
      publicKeyFile: gateway.publicKeyPath,
      storeInfo: { outId: "S01" },
      notifyUrl: "https://shop.example/notify",
      timing,
    },
  };
  const configure: Shop["configure"] = (more, waits = timing) => {
    const wechatPay = base.wechatPay === undefined ? undefined : { ...base.wechatPay, timing: waits };
    writeFileSync(join(dataDir, "terminal.json"), JSON.stringify({ ...base, wechatPay, ...more }, null, 2));
  };
  configure(changes);
  const ask: Shop["control"] = async (method, path, body) => {
    const headers = { authorization: `Bearer ${control.token}`, "content-type": "application/json" };
    const init = method === "POST" ? { method, headers, body: JSON.stringify(body ?? {}) } : { method, headers };
    const response = await fetch(new URL(path, control.url), init);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const shownCodes: string[] = [];
  return {
    ...{ dataDir, simulators, terminal: base, shownCodes, configure },
    control: ask,
    secrets: () => [...paymentCodeSecrets(shownCodes), ...openidSecrets([openidOf(1)]), ...merchantSecrets(gateway)],
    async paymentCode() {
      const { authCode } = (await ask("POST", "/wallet/code")) as WalletCode;
      shownCodes.push(authCode);
      return authCode;
    },
    async close() {
      await simulators.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
