import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Give } from "#contract/wire/held.ts";
import { openRelay, type Relay } from "#headoffice/relay/open-relay.ts";
import { readCertificate } from "#headoffice/relay/relay-state.ts";
import { until } from "#tests/support/poll.ts";
import { type OfficeBench, openOfficeBench, shop } from "./office-bench.ts";
import { openSyncTill, type SyncTill } from "./sync-till.ts";

let office: OfficeBench;
let relay: Relay;
let till: SyncTill;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tillway-held-"));
  office = await openOfficeBench();
  const opened = await openRelay({
    ...{ database: { kind: "sqlite", path: join(folder, "relay.db") }, upstream: office.url.origin },
    enrol: { place: { ...shop, terminalId: "R1" }, code: await office.code("R1", false, "relay") },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  relay = opened.value;
  const url = new URL(await relay.app.listen({ host: "127.0.0.1", port: 0 }));
  till = await openSyncTill(office, null, url);
  await till.enrol(office);
  relay.sendOn.start();
  await until("the relay is vouched for", async () => (await readCertificate(relay.office.sql)) !== null);
  await until("the relay knows the till", async () => (await till.sync.held.list()).isWhole);
});
afterEach(async () => {
  await till.close();
  await relay.close();
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

function giveOf(giveId: string): Give {
  const shown = { giveId, saleId: `sale-${giveId}`, form: 7, label: "", cashierName: "李娜", heldAtMs: 1 };
  return { ...shown, lineCount: 1, totalFen: 350, body: "{}" };
}

describe("the places for held sales, over the wire", () => {
  it("are head office while it answers, and the relay while it does not; the list is of both", async () => {
    const { held } = till.sync;
    const first = await held.nearest();
    expect(first).toEqual({ kind: "office", key: till.store.sync.office()?.key });
    if (first === null) throw new Error("a place");
    expect(await held.give(first, giveOf("g1"))).toEqual({ outcome: "held" });
    till.line = "refuse";
    const second = await held.nearest();
    expect(second).toEqual({ kind: "relay", key: relay.office.key.publicKey });
    if (second === null) throw new Error("a place");
    expect(await held.give(second, giveOf("g2"))).toEqual({ outcome: "held" });
    const half = await held.list();
    expect([half.isWhole, half.rows.map(({ giveId }) => giveId)]).toEqual([false, ["g2"]]);
    till.line = "up";
    const whole = await held.list();
    expect([whole.isWhole, whole.rows.map(({ giveId }) => giveId)]).toEqual([true, ["g1", "g2"]]);
    for (const { place, giveId } of whole.rows) {
      expect(await held.take(place, giveId, `take-${giveId}`)).toMatchObject({ outcome: "yours" });
      expect(await held.take(place, giveId, "another")).toMatchObject({ outcome: "taken" });
    }
    expect((await held.list()).rows).toEqual([]);
  });

  it("say nothing where the answer was lost, and the same when asked again", async () => {
    const { held } = till.sync;
    const place = await held.nearest();
    if (place === null) throw new Error("a place");
    till.line = "cut-answer";
    expect(await held.give(place, giveOf("g1"))).toBeNull();
    till.line = "up";
    expect(await held.give(place, giveOf("g1"))).toEqual({ outcome: "held" });
    till.line = "cut-answer";
    expect(await held.take(place, "g1", "take-1")).toBeNull();
    till.line = "up";
    expect(await held.take(place, "g1", "take-1")).toMatchObject({ outcome: "yours" });
  });

  it("are none where nobody answers, and another office or relay under the address is not asked", async () => {
    const { held } = till.sync;
    const other = { kind: "office", key: "A".repeat(43) } as const;
    expect(await held.give(other, giveOf("g1"))).toBeNull();
    expect(await held.take({ kind: "relay", key: "A".repeat(43) }, "g1", "t")).toBeNull();
    expect((await held.list()).rows).toEqual([]);
    till.line = "refuse";
    await relay.close();
    expect(await held.nearest()).toBeNull();
    expect(await held.list()).toEqual({ rows: [], isWhole: false });
  });

  it("do not believe a word that is not the place's own", async () => {
    const { held } = till.sync;
    const place = await held.nearest();
    if (place === null) throw new Error("a place");
    const { askOffice } = await import("#main/sync/ask-office.ts");
    till.tamper = async (wire) => {
      const answer = await askOffice(wire);
      if (!answer.ok) return answer;
      return { ok: true, value: { ...answer.value, bytes: Buffer.from('{"outcome":"taken"}') } };
    };
    expect(await held.give(place, giveOf("g1"))).toBeNull();
    expect(await held.nearest()).toBeNull();
  });
});
