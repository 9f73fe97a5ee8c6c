import { afterEach, beforeEach, expect, it } from "vitest";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";
import { people } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const view = { state: "open", url: "https://127.0.0.1:8643/nexo", fingerprint: "AB", pairings: [] } as const;
const doors: LegacyDoors = { view: () => view, pair: (name) => (name === "full" ? null : "token"), unpair: () => true };

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench({ legacyDoors: doors }).atWork();
});
afterEach(() => bench.close());

it("only a manager pairs an old till; the token is told once and is not in the journal", async () => {
  expect(await bench.send("pair-legacy", { name: "front" })).toEqual({ ok: false, fault: { kind: "not-allowed" } });
  expect(await bench.send("legacy-door", {})).toEqual({ ok: false, fault: { kind: "not-allowed" } });
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
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

it("a till without a door says so to whoever looks, and pairs with nobody", async () => {
  bench.close();
  bench = await openTillBench().atWork();
  expect(await bench.must("legacy-door", {})).toEqual({ state: "off", url: "", fingerprint: "", pairings: [] });
  expect(await bench.send("pair-legacy", { name: "front" })).toMatchObject({ ok: false });
});
