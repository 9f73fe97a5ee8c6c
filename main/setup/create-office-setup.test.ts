import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { terminalConfigSchema } from "#contract/config/terminal.ts";
import { openLog } from "#main/log/open-log.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { createOfficeSetup, type OfficePlaces } from "./create-office-setup.ts";
import { readRelayAddress } from "./office-address.ts";

let dataDir: string;
let wentOver: OfficePlaces[];
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

function setUp(configured?: OfficePlaces) {
  const log = openLog(join(dataDir, "till.log"), Date.now);
  const goOver = (places: OfficePlaces): void => void wentOver.push(places);
  return createOfficeSetup({ dataDir, shop: "real", configured, goOver, log });
}

it("writes the address where the next start reads it, and leaves every other byte alone", () => {
  const setup = setUp();
  expect(setup.save("hq.example.com")).toEqual({ ok: true, value: { before: null, after: "https://hq.example.com" } });
  const read = readTerminalConfig(dataDir);
  expect(read.ok && read.value?.headOffice).toEqual({ url: "https://hq.example.com" });
  const text = readFileSync(join(dataDir, "terminal.json"), "utf8");
  expect(text.startsWith(byHand.slice(0, byHand.lastIndexOf("}")).trimEnd())).toBe(true);
  expect(setup.address()).toBe("https://hq.example.com");
  expect(wentOver).toEqual([{ url: "https://hq.example.com" }]);
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

it("keeps the relay when head office changes, and head office when the relay does, and the rest of the section", () => {
  const section = { url: "https://hq.example.com", relayUrl: "http://192.168.1.20:8460", offlineRefunds: "cash" };
  writeFileSync(join(dataDir, "terminal.json"), JSON.stringify({ ...JSON.parse(byHand), headOffice: section }));
  const setup = setUp({ url: section.url, relayUrl: section.relayUrl });
  const written = () => {
    const read = readTerminalConfig(dataDir);
    return read.ok ? read.value?.headOffice : read;
  };
  expect(setup.save("other.example.com")).toMatchObject({ ok: true });
  expect(written()).toEqual({ ...section, url: "https://other.example.com" });
  expect(setup.saveRelay("192.168.1.21:8460")).toEqual({
    ok: true,
    value: { before: section.relayUrl, after: "http://192.168.1.21:8460" },
  });
  expect(setup.save("https://hq.example.com")).toMatchObject({ ok: true });
  expect(written()).toEqual({ ...section, relayUrl: "http://192.168.1.21:8460" });
  expect(setup.saveRelay(" ")).toEqual({ ok: true, value: { before: "http://192.168.1.21:8460", after: null } });
  expect(written()).toEqual({ url: section.url, offlineRefunds: "cash" });
  expect(setup.relayAddress()).toBeNull();
  expect(wentOver).toEqual([
    { url: "https://other.example.com", relayUrl: section.relayUrl },
    { url: "https://other.example.com", relayUrl: "http://192.168.1.21:8460" },
    { url: section.url, relayUrl: "http://192.168.1.21:8460" },
    { url: section.url },
  ]);
});

it("has no relay without a head office, and none at head office's own address", () => {
  const setup = setUp();
  expect(setup.saveRelay("192.168.1.20:8460")).toEqual({ ok: false, fault: "relay-address-needs-head-office" });
  setup.save("hq.example.com");
  expect(setup.saveRelay("https://hq.example.com")).toEqual({ ok: false, fault: "relay-address-is-head-office" });
  setup.saveRelay("relay.example.com");
  expect(setup.save("relay.example.com")).toEqual({ ok: false, fault: "relay-address-is-head-office" });
  expect([setup.address(), setup.relayAddress()]).toEqual(["https://hq.example.com", "https://relay.example.com"]);
});

it("every relay's address it accepts can be read at the next start", () => {
  const url = "https://hq.example.com";
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV4Extended(),
    fc.domain(),
    fc.ipV6().map((ip) => `[${ip}]`),
  );
  const inShop = fc.tuple(
    fc.constantFrom("10.0", "172.16", "172.31", "172.32", "192.168", "127.0"),
    fc.nat(255),
    fc.nat(255),
  );
  const anyHost = fc.oneof(
    host,
    inShop.map((parts) => parts.join(".")),
  );
  fc.assert(
    fc.property(fc.constantFrom("", "http://", "https://"), anyHost, fc.nat(65_535), (scheme, typed, port) => {
      const read = readRelayAddress(`${scheme}${typed}:${port}`);
      if (!read.ok || read.value === null) return;
      const { headOffice } = terminalConfigSchema.shape;
      expect(headOffice.safeParse({ url, relayUrl: read.value })).toMatchObject({ success: true });
      expect(readRelayAddress(read.value)).toEqual(read);
    }),
  );
});
