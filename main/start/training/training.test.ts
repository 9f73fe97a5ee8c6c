import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { demoConfig } from "#main/bench-link/demo-config.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { Devices } from "#main/till/ports/devices.ts";
import { benchConfig } from "#tests/support/bench-shop.ts";
import { openTillBench } from "#tests/support/till-bench.ts";
import { asTraining } from "./open-training.ts";
import { layOutTraining } from "./lay-out-training.ts";
import { marked, markedDevices } from "./marked-devices.ts";
import { paysForReal, trainingConfig, trainingTerminalId } from "./training-config.ts";
import { isTrainingNext, markLeft, tellLeft, trainingFolder } from "./training-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-training-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const twins = (): TerminalConfig => {
  const at = { host: "127.0.0.1", port: 4_000 };
  const key = (name: string): string => join(folder, "simulators", name);
  const gateway = {
    ...{ baseUrl: "http://127.0.0.1:5000", mchid: "1900000001", appid: "wx0123456789abcdef", certSerial: "AB12CD34EF" },
    ...{ privateKeyPath: key("merchant.pem"), publicKeyId: "PUB_KEY_ID_1", publicKeyPath: key("gateway.pem") },
  };
  const ready = { gateway, printer: at, scanner: at, scale: at, poleDisplay: at };
  // What of the twins' word a configuration is made from.
  return demoConfig(ready as unknown as Parameters<typeof demoConfig>[0], null, "zh-CN");
};

describe("what training runs on", () => {
  it("is the shop's name and printer, the twins' gateway, no head office and no drawer", () => {
    const real = benchConfig(undefined);
    const config = trainingConfig({ ...real, headOffice: { url: "https://office.example.com" } as never }, twins());
    expect(config.store).toEqual(real.store);
    expect(config.wechatPay).toEqual(twins().wechatPay);
    expect(config.headOffice).toBeUndefined();
    expect(config.devices.printer?.drawer).toBeUndefined();
    expect(config.terminalId).toBe("TR01");
  });

  it("has the shop's scanner and the twins' side by side, each under a name of its own", () => {
    const real = { ...benchConfig(undefined), devices: twins().devices };
    const ids = trainingConfig(real, twins()).devices.scanners.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it("gives its sales numbers that the till itself never gives", () => {
    expect(["T01", "01", "TR01"].map(trainingTerminalId)).toEqual(["TR01", "TR01", "TX01"]);
  });

  it("does not start where it would pay for real: an address in the world, or keys from elsewhere", () => {
    const config = twins();
    const wechatPay = config.wechatPay;
    if (wechatPay === undefined) throw new Error("the twins have a gateway");
    const withPay = (change: object): TerminalConfig => ({ ...config, wechatPay: { ...wechatPay, ...change } });
    expect(paysForReal(config, folder)).toBe(false);
    expect(paysForReal(withPay({ baseUrl: "https://api.mch.weixin.qq.com" }), folder)).toBe(true);
    expect(paysForReal(withPay({ privateKeyFile: "/etc/merchant/key.pem" }), folder)).toBe(true);
    expect(paysForReal(withPay({ privateKeyFile: join(folder, "..", "key.pem") }), folder)).toBe(true);
    const bench = { ready: null, office: null, close: () => {} };
    const real = withPay({ baseUrl: "https://api.mch.weixin.qq.com" });
    expect(() => asTraining({ config: real, ...bench }, null, folder)).toThrow("Training did not start");
    expect(asTraining({ config, ...bench }, null, folder).config.terminalId).toBe("TR01");
  });
});

describe("the devices of training", () => {
  it("mark every paper at both ends, once, and kick no drawer", async () => {
    const printed: unknown[] = [];
    const kicks: string[] = [];
    const devices = {
      print: (_jobId: string, lines: unknown) => printed.push(lines),
      kickDrawer: (jobId: string) => Promise.resolve(kicks.push(jobId)),
    } as unknown as Devices;
    const training = markedDevices(devices);
    training.print("j1", [{ kind: "blank" }], () => {});
    expect(JSON.stringify(printed).match(/培训 不作凭证/g)).toHaveLength(2);
    expect(await training.kickDrawer("k1", 4_000)).toBe("no-drawer");
    expect(kicks).toEqual([]);
    const once = marked([{ kind: "blank" }]);
    expect(marked(once).filter((line) => line.kind === "text" && line.text === "培训 不作凭证")).toHaveLength(2);
  });
});

describe("the way there and back", () => {
  const by = { id: "m1", name: "王店长", role: "manager" } as const;

  it("is a fresh folder with the till's goods and people, and nothing of it in the till's own books", async () => {
    const bench = await openTillBench({ parentFolder: folder }).atWork();
    try {
      const before = bench.store.journalStatus();
      const parts = {
        ...{ dataDir: bench.directory, terminalId: "TR01", store: bench.store, now: () => 1, newId: () => "training" },
        log: { error: (what: string) => bench.faults.push(what) } as never,
      };
      mkdirSync(trainingFolder(bench.directory));
      writeFileSync(join(trainingFolder(bench.directory), "old"), "of the last training");
      const image = join("item-images", "ab", `${"ab".repeat(32)}.webp`);
      mkdirSync(join(bench.directory, "item-images", "ab"), { recursive: true });
      writeFileSync(join(bench.directory, image), "an image");
      expect(await layOutTraining(parts, by)).toEqual({ ok: true, value: null });
      expect(bench.faults).toEqual([]);
      expect(readdirSync(trainingFolder(bench.directory))).toEqual(expect.arrayContaining(["catalog.db", "sales.db"]));
      expect(existsSync(join(trainingFolder(bench.directory), "old"))).toBe(false);
      expect(existsSync(join(trainingFolder(bench.directory), image))).toBe(true);
      expect(isTrainingNext(bench.directory)).toBe(true);
      expect(bench.store.journalStatus()).toEqual(before);
      markLeft(bench.directory, { by: by.id, atMs: 5 });
      expect(isTrainingNext(bench.directory)).toBe(false);
    } finally {
      bench.close();
    }
  });

  it("leaves the till as it was where the folder cannot be made", async () => {
    const bench = await openTillBench({ parentFolder: folder }).atWork();
    try {
      rmSync(join(bench.directory, "catalog.db"));
      const parts = {
        ...{ dataDir: bench.directory, terminalId: "TR01", store: bench.store, now: () => 1, newId: () => "training" },
        log: { error: () => {} } as never,
      };
      expect(await layOutTraining(parts, by)).toEqual({ ok: false, fault: "training-not-made" });
      expect(isTrainingNext(bench.directory)).toBe(false);
    } finally {
      bench.close();
    }
  });

  it("is told once in the till's journal when it is left", () => {
    const told: unknown[] = [];
    markLeft(folder, { by: "m1", atMs: 7 });
    tellLeft(folder, (left) => told.push(left));
    tellLeft(folder, (left) => told.push(left));
    expect(told).toEqual([{ by: "m1", atMs: 7 }]);
  });
});
