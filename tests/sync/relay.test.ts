import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRelay, type Relay } from "#headoffice/relay/open-relay.ts";
import { readCertificate } from "#headoffice/relay/relay-state.ts";
import { countWaiting } from "#headoffice/relay/shelf.ts";
import { until } from "#tests/support/poll.ts";
import { type OfficeBench, openOfficeBench, shop } from "./office-bench.ts";
import { openSyncTill, type SyncTill } from "./sync-till.ts";

/** A relay on a port of its own that can be ended and begun again, or lose its disk. */
interface ShopRelay {
  readonly url: URL;
  now(): Relay;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Another machine under the same address: nothing of the first is left. */
  replace(name: string): Promise<void>;
}

let office: OfficeBench;
let relay: ShopRelay;
let till: SyncTill;
const folders: string[] = [];

async function openShopRelay(): Promise<ShopRelay> {
  let folder = newFolder();
  let open: Relay | null = null;
  let port = 0;
  async function start(name?: string): Promise<void> {
    const opened = await openRelay({
      ...{ database: { kind: "sqlite", path: join(folder, "relay.db") }, upstream: office.url.origin },
      ...(name === undefined
        ? {}
        : { enrol: { place: { ...shop, terminalId: name }, code: await office.code(name, false, "relay") } }),
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    open = opened.value;
    await open.app.listen({ host: "127.0.0.1", port });
    const address = open.app.server.address();
    if (typeof address === "object" && address !== null) ({ port } = address);
    open.sendOn.start();
    const { sql } = open.office;
    await until("head office vouches for it", async () => (await readCertificate(sql)) !== null);
  }
  async function stop(): Promise<void> {
    await open?.close();
    open = null;
  }
  await start("R1");
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    now() {
      if (open === null) throw new Error("the relay is not running");
      return open;
    },
    stop,
    start: () => start(),
    async replace(name) {
      await stop();
      folder = newFolder();
      await start(name);
    },
  };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tillway-shop-relay-"));
  folders.push(folder);
  return folder;
}

const atRelay = (): number => till.sync.view().withRelay ?? -1;
const keptAll = () =>
  until("the relay has everything that waits", () => {
    const { waiting, withRelay } = till.sync.view();
    return waiting > 0 && withRelay === waiting;
  });
const entriesAtOffice = () => office.count("SELECT count(*) AS n FROM journal_events");

beforeEach(async () => {
  office = await openOfficeBench();
  const first = await openSyncTill(office);
  await first.enrol(office);
  await first.drained();
  // The relay learns of the shop's tills from head office.
  relay = await openShopRelay();
  const copy = first.copyTo();
  await first.sync.stop();
  rmSync(first.directory, { recursive: true, force: true });
  till = await openSyncTill(office, copy, relay.url);
  folders.push(copy);
  await till.drained();
  await until("the till is online", () => till.sync.view().state === "online");
});
afterEach(async () => {
  await till.close();
  await relay.stop();
  await office.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("a till with a relay in its shop", () => {
  it("sends nothing to it while head office answers", async () => {
    till.sell(3);
    await till.drained();
    expect(await countWaiting(relay.now().office.sql)).toBe(0);
    expect(till.sync.view().withRelay).toBe(0);
  });

  it("sends to it while the line is out, and only head office's word counts as sent", async () => {
    const before = await entriesAtOffice();
    till.line = "refuse";
    await relay.now().sendOn.stop();
    till.sell(5);
    await keptAll();
    const { state, waiting } = till.sync.view();
    expect([state, waiting]).toEqual(["offline", till.store.journalStatus().waiting]);
    expect(await entriesAtOffice()).toBe(before);
    till.sell(2);
    await keptAll();
    expect(atRelay()).toBeGreaterThan(waiting);
    till.line = "up";
    till.sync.now();
    await till.drained();
    expect(atRelay()).toBe(0);
    // It brings the same once more, and nothing is doubled by it.
    relay.now().sendOn.start();
    await until("the shelf is empty", async () => (await countWaiting(relay.now().office.sql)) === 0);
    await till.agreed();
    expect(await office.count("SELECT count(*) AS n FROM sales")).toBe(7);
    expect(await office.count("SELECT count(*) AS n FROM quarantined_entries")).toBe(0);
  });

  it("that dies with its disk has lost no sale the relay kept", async () => {
    till.line = "refuse";
    const sold = till.sell(6);
    await keptAll();
    await till.sync.stop();
    // The shop's line comes back; the till never does.
    await until("head office has them", async () => (await office.count("SELECT count(*) AS n FROM sales")) === 6);
    const [first] = sold;
    expect(await office.count("SELECT count(*) AS n FROM sales WHERE sale_id = ?", [first?.saleId ?? ""])).toBe(1);
    expect(await office.count("SELECT count(*) AS n FROM review_items")).toBe(0);
  });

  it("goes on after the relay was away, and after its own restart without head office", async () => {
    till.line = "refuse";
    await relay.stop();
    till.sell(2);
    await until("it knows that it is offline", () => till.sync.view().state === "offline");
    expect(atRelay()).toBe(0);
    await relay.start();
    await keptAll();
    await till.crash();
    till.sell(2);
    await keptAll();
  });

  it("sends everything again to another relay under the same address", async () => {
    till.line = "refuse";
    await relay.now().sendOn.stop();
    till.sell(3);
    await keptAll();
    const kept = atRelay();
    await relay.replace("R2");
    await relay.now().sendOn.stop();
    till.sell(1);
    await until("the new one has everything", async () => {
      const rows = await relay
        .now()
        .office.sql.rows<{ first_seq: number; last_seq: number }>("SELECT first_seq, last_seq FROM relay_batches");
      const seqs = new Set(
        rows.flatMap(({ first_seq: from, last_seq: to }) => Array.from({ length: to - from + 1 }, (_, n) => from + n)),
      );
      return seqs.size === till.store.journalStatus().waiting && seqs.size > kept;
    });
  });

  it("tells a machine that head office does not vouch for nothing", async () => {
    const elsewhere = await openOfficeBench();
    const stranger = await openRelay({
      ...{ database: { kind: "sqlite", path: join(newFolder(), "relay.db") }, upstream: elsewhere.url.origin },
      enrol: { place: { ...shop, terminalId: "R1" }, code: await elsewhere.code("R1", false, "relay") },
    });
    if (!stranger.ok) throw new Error("a relay");
    const asked: string[] = [];
    stranger.value.app.addHook("onRequest", async (request) => void asked.push(`${request.method} ${request.url}`));
    const { port } = relay.url;
    await relay.stop();
    await stranger.value.app.listen({ host: "127.0.0.1", port: Number(port) });
    stranger.value.sendOn.start();
    await until(
      "its own head office vouches for it",
      async () => (await readCertificate(stranger.value.office.sql)) !== null,
    );
    till.line = "refuse";
    till.sell(2);
    await until("it was asked who it is, more than once", () => asked.length > 2);
    expect(new Set(asked)).toEqual(new Set(["GET /v1/relay"]));
    expect(atRelay()).toBe(0);
    await stranger.value.close();
    await elsewhere.close();
  });
});
