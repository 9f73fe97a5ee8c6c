import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import { readShopSettings } from "#main/settings/shop-settings-file.ts";
import type { FuzzParser } from "../parser.ts";
import { scratch } from "../scratch.ts";

const terminal = {
  store: { code: "BJ01", nameZh: "朝阳店", nameEn: "Chaoyang" },
  terminalId: "T01",
  labelTemplates: [{ name: "amount-13", pattern: "FFIIIIIEEEEEC", prefixes: ["21"] }],
  devices: {
    scanners: [{ id: "s", transport: { kind: "serial", path: "/dev/ttyUSB0" }, prefix: "~" }],
    printer: { id: "p", transport: { kind: "tcp", host: "127.0.0.1", port: 9_100 }, profile: "generic-80" },
  },
  wechatPay: {
    ...{ mchid: "1900007291", appid: "wxd678efh567hg6787", certSerial: "408B07E79B8269FE", privateKeyFile: "key.pem" },
    ...{ publicKeyId: "PUB_KEY_ID_01", publicKeyFile: "gateway.pem", storeInfo: { outId: "SH01" } },
    notifyUrl: "https://shop.example/wechatpay",
  },
  headOffice: { url: "https://office.example/", relayUrl: "http://192.168.1.9:8080" },
};
const settings = {
  ...{ store: { nameZh: "朝阳店", footerEn: "Bye" }, locale: "en", theme: "dark", textPercent: 150, volumePercent: 50 },
  day: { rule: { utcOffsetMinutes: 480, dayCutOffMinutes: 0 }, next: null },
  keys: { "pay-cash": "F8" },
};
const words = ["__proto__", "\uFEFF", "//", "{", "}", '"profile":', '"kind":', "null", "1e999"];

export const terminalJson: FuzzParser = {
  name: "terminal-json",
  reads: "terminal.json, and what a person is told of it (main/settings/read-terminal-config)",
  seeds: () => [Buffer.from(JSON.stringify(terminal, null, 2)), Buffer.from(JSON.stringify(terminal))],
  words,
  jsonFrom: 0,
  mostBytes: 16_384,
  read(input) {
    writeFileSync(join(scratch(), "terminal.json"), input);
    const read = readTerminalConfig(scratch());
    if (!read.ok) {
      const { problems } = read.fault;
      assert(problems.length > 0 && problems.length <= 12 * 50, "says what is wrong");
      for (const { zh, en } of problems) assert(zh !== "" && en !== "" && en.length < 20_000, "in both languages");
    }
    return { isTaken: read.ok, told: read };
  },
};

export const terminalRewrite: FuzzParser = {
  name: "terminal-rewrite",
  reads: "terminal.json as the set-up pages change it, byte for byte elsewhere (main/settings/rewrite-section)",
  seeds: () => [Buffer.from(JSON.stringify(terminal, null, 2))],
  words,
  jsonFrom: 0,
  twentieths: 10,
  read(input) {
    const path = join(scratch(), "terminal.json");
    writeFileSync(path, input);
    const prepared = prepareRewrite(scratch(), "devices", () => ({ scanners: [] }));
    assert(readFileSync(path).equals(Buffer.from(input)), "nothing is written before it is asked for");
    return { isTaken: prepared.ok, told: prepared.ok ? null : prepared.fault };
  },
};

export const settingsJson: FuzzParser = {
  name: "settings-json",
  reads: "settings.json, which is set aside where no till has written it (main/settings/shop-settings-file)",
  seeds: () => [Buffer.from(JSON.stringify(settings))],
  words,
  jsonFrom: 0,
  mostBytes: 16_384,
  read(input) {
    rmSync(join(scratch(), "settings.json.unreadable"), { force: true });
    writeFileSync(join(scratch(), "settings.json"), input);
    const read = readShopSettings(scratch());
    return { isTaken: !read.isSetAside, told: read };
  },
};
