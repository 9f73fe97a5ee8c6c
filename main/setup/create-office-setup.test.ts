import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openLog } from "#main/log/open-log.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { createOfficeSetup } from "./create-office-setup.ts";

let dataDir: string;
let wentOver: string[];
const byHand = `{
    "store": { "code": "S01", "nameZh": "蜂鸟便利", "nameEn": "Hummingbird" },
    "terminalId": "T01",   "devices": {"scanners": []}
}
`;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tillway-office-setup-"));
  wentOver = [];
  writeFileSync(join(dataDir, "terminal.json"), byHand);
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function setUp() {
  const log = openLog(join(dataDir, "till.log"), Date.now);
  const goOver = (address: string): void => void wentOver.push(address);
  return createOfficeSetup({ dataDir, shop: "real", configured: null, goOver, log });
}

it("writes the address where the next start reads it, and leaves every other byte alone", () => {
  const setup = setUp();
  expect(setup.save("hq.example.com")).toEqual({ ok: true, value: { before: null, after: "https://hq.example.com" } });
  const read = readTerminalConfig(dataDir);
  expect(read.ok && read.value?.headOffice).toEqual({ url: "https://hq.example.com" });
  const text = readFileSync(join(dataDir, "terminal.json"), "utf8");
  expect(text.startsWith(byHand.slice(0, byHand.lastIndexOf("}")).trimEnd())).toBe(true);
  expect(setup.address()).toBe("https://hq.example.com");
  expect(wentOver).toEqual(["https://hq.example.com"]);
});

it("every address it accepts can be read at the next start", () => {
  for (const typed of ["hq.example.com:8443", "http://127.0.0.1:8790", "http://localhost:1", "http://[::1]:8790"]) {
    expect(setUp().save(typed)).toMatchObject({ ok: true });
    expect(readTerminalConfig(dataDir)).toMatchObject({ ok: true });
  }
});

it("goes over only once the disk has the address", () => {
  writeFileSync(join(dataDir, "terminal.json"), "{ half written");
  const setup = setUp();
  expect(setup.save("hq.example.com")).toEqual({ ok: false, fault: "setup-file-unwritable" });
  expect(setup.address()).toBeNull();
  expect(wentOver).toEqual([]);
});
