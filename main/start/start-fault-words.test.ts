import { expect, it } from "vitest";
import { testConfig } from "#main/payments/wechat/testing-gateway.ts";
import { gatewayFaultWords } from "./start-fault-words.ts";

const config = { ...testConfig(), apiV3KeyFile: "/data/keys/api-v3.key", backupBaseUrl: "http://pay.example" };

it("a secret that is wrong is named by its file, one that is missing by its key in terminal.json", () => {
  const wrong = gatewayFaultWords(config, { kind: "secret-file", key: "apiV3KeyFile", problem: "wrong-length" });
  expect(wrong.lines[0]).toMatchObject({ code: "/data/keys/api-v3.key", en: expect.stringContaining("32 bytes") });
  const missing = gatewayFaultWords(config, { kind: "secret-file", key: "v2KeyFile", problem: "missing" });
  expect(missing.lines[0]?.code).toBe("wechatPay.v2KeyFile");
});

it("an address that is wrong is named by its own key, main and backup alike", () => {
  const words = gatewayFaultWords(config, { kind: "base-url", key: "backupBaseUrl", problem: "not-https" });
  expect(words.lines[0]).toMatchObject({ code: "wechatPay.backupBaseUrl", en: expect.stringContaining("pay.example") });
});
