import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTerminalConfig } from "./read-terminal-config.ts";

const store = { code: "S1", nameZh: "店", nameEn: "Shop" };

function read(text: string): ReturnType<typeof readTerminalConfig> {
  const dir = mkdtempSync(join(tmpdir(), "config-"));
  writeFileSync(join(dir, "terminal.json"), text);
  return readTerminalConfig(dir);
}

function problems(config: unknown): readonly (readonly [string, string])[] {
  const result = read(JSON.stringify(config));
  return result.ok ? [] : result.fault.problems.map(({ path, en }) => [path, en] as const);
}

test("no file is no fault: the demo store opens", () => {
  expect(readTerminalConfig(mkdtempSync(join(tmpdir(), "config-")))).toEqual({ ok: true, value: null });
});

test("the smallest file is a cash till with every default", () => {
  const result = read(JSON.stringify({ store, terminalId: "T1" }));
  expect(result.ok && result.value).toMatchObject({
    locale: "zh-CN",
    devices: { scanners: [] },
    store: { utcOffsetMinutes: 480, dayCutOffMinutes: 0 },
  });
});

test("a misspelt key is named with its path", () => {
  expect(problems({ store: { ...store, adress: "x" }, terminalId: "T1" })).toEqual([
    ["store.adress", "unknown key; check its spelling or remove it"],
  ]);
});

test("a wrong value says where, what is expected and what stands there", () => {
  const scanner = { id: "s", transport: { kind: "serial", path: "/dev/ttyUSB0", baudRate: "9600" } };
  expect(problems({ store, terminalId: "T1", devices: { scanners: [scanner] } })).toEqual([
    ["devices.scanners.0.transport.baudRate", 'expected number, got "9600"'],
  ]);
  expect(problems({ store, terminalId: "T1", locale: "fr" })).toEqual([
    ["locale", 'expected "zh-CN" | "en", got "fr"'],
  ]);
});

test("what is missing is named", () => {
  expect(problems({ store })).toEqual([["terminalId", "missing; expected string"]]);
});

test("broken JSON is found by line and column", () => {
  const result = read('{\n  "store": {,}\n}');
  expect(result.ok ? "" : result.fault.problems[0]?.en).toContain("(2:13)");
});

test("key files are found beside terminal.json, wherever the till was started", () => {
  const dir = mkdtempSync(join(tmpdir(), "config-"));
  const wechatPay = {
    mchid: "1900007291",
    appid: "wxd678efh567hg6787",
    certSerial: "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
    privateKeyFile: "keys/merchant.pem",
    publicKeyId: "PUB_KEY_ID_0000000000000024101100397200000006",
    publicKeyFile: "keys/gateway.pem",
    apiV3KeyFile: "keys/api-v3.key",
    storeInfo: { outId: "S1" },
    notifyUrl: "https://shop.example/notify",
  };
  writeFileSync(join(dir, "terminal.json"), JSON.stringify({ store, terminalId: "T1", wechatPay }));
  const result = readTerminalConfig(dir);
  expect(result.ok && result.value?.wechatPay).toMatchObject({
    privateKeyFile: join(dir, "keys/merchant.pem"),
    publicKeyFile: join(dir, "keys/gateway.pem"),
    apiV3KeyFile: join(dir, "keys/api-v3.key"),
    ...{ certificateFile: "", v2KeyFile: "" },
  });
});

test("a label layout that cannot be read stops the start and names itself", () => {
  const labelTemplates = [{ name: "ours", pattern: "FFIIIIIEEEEEC", prefixes: ["9"] }];
  expect(problems({ store, terminalId: "T1", labelTemplates }).map(([path]) => path)).toEqual(["labelTemplates.0"]);
});

test("head office is reached by https or on this machine, a relay by plain http inside the shop too, and nowhere else", () => {
  const url = "https://hq.example.com";
  const of = (headOffice: object) => problems({ store, terminalId: "T1", headOffice }).map(([path]) => path);
  const inShop = ["https://relay.example", "http://127.0.0.1:8460", "http://192.168.1.20:8460", "http://172.31.0.2"];
  for (const relayUrl of inShop) expect(of({ url, relayUrl })).toEqual([]);
  const outside = [
    ...["http://203.0.113.5", "http://172.32.0.1", "http://relay.example", "http://10.0.0.1.evil.example"],
    ...["http://10.0.0.1:80@evil.example", "ftp://192.168.1.20"],
  ];
  for (const relayUrl of outside)
    expect([relayUrl, of({ url, relayUrl })]).toEqual([relayUrl, ["headOffice.relayUrl"]]);
  expect(of({ url: "http://192.168.1.20:8460" })).toEqual(["headOffice.url"]);
  expect(of({ url: "http://127.0.0.1:80@evil.example" })).toEqual(["headOffice.url"]);
});

test("a value nested deeper than can be written down is named like any other that is wrong", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const result = read(`{"store": ${JSON.stringify(store)}, "terminalId": ${deep}}`);
  expect(result.ok ? null : result.fault.problems).toEqual([
    expect.objectContaining({ path: "terminalId", en: "expected string, got […]" }),
  ]);
});
