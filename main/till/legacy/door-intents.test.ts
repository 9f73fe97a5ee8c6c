import { afterEach, beforeEach, expect, it } from "vitest";
import { legacySchemas, type LegacySettings } from "#contract/ipc/legacy-intents.ts";
import { fail, ok } from "#core/result.ts";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";
import { people } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const off: LegacySettings = {
  ...{ https: { isOn: false, host: "127.0.0.1", port: 8_643 } },
  ...{ showsQr: false, waitSeconds: 120, mayRefund: false },
};
const on: LegacySettings = { ...off, https: { ...off.https, isOn: true }, mayRefund: true };

let settings: LegacySettings;
let isWritable: boolean;
const doors: LegacyDoors = {
  configured: () => undefined,
  view: () => ({
    ...{ shop: "real", isTaken: true, settings, addresses: [{ host: "127.0.0.1", network: null }] },
    ...{ state: "open", fault: null, url: "https://127.0.0.1:8643/nexo", fingerprint: "AB", isKeyAnew: false },
    pairings: [],
  }),
  async save(after) {
    if (!isWritable) return fail("setup-file-unwritable");
    const before = settings;
    settings = after;
    return ok({ before, after });
  },
  pair: (name) => (name === "full" ? null : "token"),
  unpair: () => true,
};

let bench: TillBench;
beforeEach(async () => {
  [settings, isWritable] = [off, true];
  bench = await openTillBench({ legacyDoors: doors }).atWork();
});
afterEach(() => bench.close());

const notAllowed = { ok: false, fault: { kind: "not-allowed" } };

async function managerSignsIn(): Promise<void> {
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
}

it("only a manager pairs an old till; the token is told once and is not in the journal", async () => {
  expect(await bench.send("pair-legacy", { name: "front" })).toEqual(notAllowed);
  expect(await bench.send("legacy-door", {})).toEqual(notAllowed);
  await managerSignsIn();
  const view = { ...doors.view(), serial: null };
  expect(await bench.must("pair-legacy", { name: "front" })).toEqual({ ...view, token: "token" });
  expect(await bench.send("pair-legacy", { name: "full" })).toEqual({
    ok: false,
    fault: { kind: "too-many-old-tills" },
  });
  expect(await bench.must("unpair-legacy", { name: "front" })).toEqual(view);
  const noted = { name: "front", cashierId: people.manager.id };
  expect(journalBodies(bench.directory, "legacy-paired")).toEqual([noted]);
  expect(journalBodies(bench.directory, "legacy-unpaired")).toEqual([noted]);
});

it("only a manager sets what old tills may; what was and what is stands in the journal, where it is another", async () => {
  expect(await bench.send("save-legacy", on)).toEqual(notAllowed);
  await managerSignsIn();
  expect(await bench.must("save-legacy", on)).toMatchObject({ settings: on });
  await bench.must("save-legacy", on);
  isWritable = false;
  expect(await bench.send("save-legacy", off)).toEqual({ ok: false, fault: { kind: "setup-file-unwritable" } });
  expect(journalBodies(bench.directory, "legacy-changed")).toEqual([
    { before: off, after: on, cashierId: people.manager.id },
  ]);
});

it.each([
  ["a name for an address", { host: "pos.example.com" }],
  ["a port of the system's", { port: 443 }],
  ["no port", { port: 70_000 }],
])("%s is set by nobody", (_what, wrong) => {
  const read = legacySchemas["save-legacy"].safeParse({ ...on, https: { ...on.https, ...wrong } });
  expect(read.success).toBe(false);
});

it("a till that has no doors says nothing of them, and pairs with nobody", async () => {
  bench.close();
  bench = await openTillBench().atWork();
  await managerSignsIn();
  expect(await bench.send("legacy-door", {})).toEqual(notAllowed);
  expect(await bench.send("pair-legacy", { name: "front" })).toEqual(notAllowed);
});
