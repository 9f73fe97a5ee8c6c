import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLog } from "#main/log/open-log.ts";
import { createOfficeSetup, type OfficePlaces } from "#main/setup/create-office-setup.ts";
import { chips, openingMs, people } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";

let bench: TillBench;
let clock: VirtualClock;
let dataDir: string;
/** Addresses synchronisation went over to. */
let wentOver: OfficePlaces[];

const shop = { store: { code: "S01", nameZh: "蜂鸟便利", nameEn: "Hummingbird Mart" }, terminalId: "T01" };
const address = "https://hq.example.com";
const written = (): unknown => JSON.parse(readFileSync(join(dataDir, "terminal.json"), "utf8"));

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "tillway-office-"));
  writeFileSync(join(dataDir, "terminal.json"), JSON.stringify(shop));
  await openWith("real");
});
afterEach(() => {
  bench.close();
  rmSync(dataDir, { recursive: true });
});

async function openWith(kind: "real" | "demo"): Promise<void> {
  wentOver = [];
  clock = createVirtualClock(openingMs);
  const log = openLog(join(dataDir, "till.log"), clock.now);
  const goOver = (to: OfficePlaces): void => void wentOver.push(to);
  const officeSetup = createOfficeSetup({ dataDir, shop: kind, configured: undefined, goOver, log });
  bench = await openTillBench({ clock, officeSetup }).atWork();
}

async function asManager(): Promise<void> {
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
}

describe("The address of head office", () => {
  it("is a manager's to see and to set", async () => {
    expect(await bench.send("head-office", {})).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    expect(await bench.send("save-head-office", { address })).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    expect(written()).toEqual(shop);
    await bench.must("sign-out", {});
    expect(await bench.send("head-office", {})).toEqual({ ok: false, fault: { kind: "not-signed-in" } });
  });

  it("is written to terminal.json, used at once and journaled in the manager's name", async () => {
    await asManager();
    expect(await bench.must("save-head-office", { address: "hq.example.com" })).toMatchObject({ address });
    expect(written()).toEqual({ ...shop, headOffice: { url: address } });
    expect(wentOver).toEqual([{ url: address }]);
    await bench.must("save-head-office", { address });
    expect(wentOver).toEqual([{ url: address }]);
    expect(journalBodies(bench.directory, "head-office-changed")).toEqual([
      { before: null, after: address, cashierId: people.manager.id },
    ]);
  });

  it.each([
    ["", "office-address-empty"],
    ["http://hq.example.com", "office-address-not-secure"],
    ["https://me:secret@hq.example.com", "office-address-has-credentials"],
    ["https://hq.example.com/v1", "office-address-has-path"],
    ["??", "office-address-not-an-address"],
  ])("%j is refused and leaves everything as it was", async (typed, kind) => {
    await asManager();
    expect(await bench.send("save-head-office", { address: typed })).toEqual({ ok: false, fault: { kind } });
    expect(written()).toEqual(shop);
    expect(wentOver).toEqual([]);
  });

  it("is not kept where terminal.json cannot be rewritten, nor for the demo store", async () => {
    await asManager();
    writeFileSync(join(dataDir, "terminal.json"), "{");
    expect(await bench.send("save-head-office", { address })).toEqual({
      ok: false,
      fault: { kind: "setup-file-unwritable" },
    });
    expect(await bench.must("head-office", {})).toMatchObject({ address: null });
    bench.close();
    await openWith("demo");
    await asManager();
    expect(await bench.send("save-head-office", { address })).toEqual({
      ok: false,
      fault: { kind: "setup-demo-store" },
    });
    expect(wentOver).toEqual([]);
  });
});

describe("The address of the shop's relay", () => {
  const relay = "http://192.168.1.20:8460";

  it("is a manager's to set, and nobody's while there is no head office", async () => {
    expect(await bench.send("save-relay", { address: relay })).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    await asManager();
    const fault = { kind: "relay-address-needs-head-office" };
    expect(await bench.send("save-relay", { address: relay })).toEqual({ ok: false, fault });
    expect(written()).toEqual(shop);
  });

  it("is written, used at once, taken out by an empty one, and each change journaled in the manager's name", async () => {
    await asManager();
    await bench.must("save-head-office", { address });
    expect(await bench.must("save-relay", { address: "192.168.1.20:8460" })).toMatchObject({
      address,
      relayAddress: relay,
    });
    expect(written()).toEqual({ ...shop, headOffice: { url: address, relayUrl: relay } });
    await bench.must("save-relay", { address: relay });
    expect(await bench.must("save-relay", { address: "" })).toMatchObject({ address, relayAddress: null });
    expect(written()).toEqual({ ...shop, headOffice: { url: address } });
    expect(wentOver.slice(1)).toEqual([{ url: address, relayUrl: relay }, { url: address }]);
    const cashierId = people.manager.id;
    expect(journalBodies(bench.directory, "relay-changed")).toEqual([
      { before: null, after: relay, cashierId },
      { before: relay, after: null, cashierId },
    ]);
  });

  it("is refused in words of its own and leaves everything as it was", async () => {
    await asManager();
    await bench.must("save-head-office", { address });
    const fault = { kind: "relay-address-not-secure" };
    expect(await bench.send("save-relay", { address: "http://8.8.8.8:8460" })).toEqual({ ok: false, fault });
    expect(written()).toEqual({ ...shop, headOffice: { url: address } });
    expect(await bench.must("head-office", {})).toMatchObject({ relayAddress: null });
  });
});

describe("A scanned enrolment code", () => {
  it("fills the page while it is open, and is no item", async () => {
    await asManager();
    await bench.must("head-office", {});
    await bench.scan("ab2cd-3ef4g");
    expect((await bench.must("head-office", {})).scanned).toEqual({ code: "AB2CD3EF4G", atMs: clock.now() });
    expect(bench.shown.notices).toEqual([]);
    expect(bench.sounds.at(-1)).toBe("found");
  });

  it("is an unknown item like any other once the page is gone, and is forgotten by the next page", async () => {
    await asManager();
    await bench.must("head-office", {});
    await bench.scan("AB2CD3EF4G");
    await clock.advance(3_001);
    await bench.scan("AB2CD3EF4H");
    expect(bench.shown.notices).toMatchObject([{ kind: "unknown-barcode" }]);
    expect((await bench.must("head-office", {})).scanned).toBeNull();
  });

  it("does not keep goods from the cart while the page is open", async () => {
    await asManager();
    await bench.must("head-office", {});
    await bench.scan(chips);
    expect(bench.shown.sale.lines).toHaveLength(1);
  });
});
