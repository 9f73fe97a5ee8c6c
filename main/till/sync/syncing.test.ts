import { afterEach, describe, expect, it } from "vitest";
import { people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
afterEach(() => bench.close());

async function managing(): Promise<TillBench> {
  bench = await openTillBench().atWork();
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
  return bench;
}

describe("a till without a head office", () => {
  it("says that it is alone, and how much its journal keeps", async () => {
    await managing();
    expect(bench.shown.sync).toMatchObject({ state: "alone", trouble: null, alarm: null, officeHost: null });
    expect(bench.shown.sync.waiting).toBe(bench.store.journalStatus().waiting);
    expect(await bench.send("enrol", { code: "ABCDE-FGHJK" })).toEqual({
      ok: false,
      fault: { kind: "no-head-office" },
    });
    expect(await bench.send("sync-now", {})).toEqual({ ok: false, fault: { kind: "no-head-office" } });
    expect(await bench.must("agreement-days", {})).toEqual([]);
    expect(await bench.send("acknowledge-sync-alarm", {})).toEqual({ ok: false, fault: { kind: "no-sync-alarm" } });
  });

  it("lets no cashier enrol it, see its days or give a PIN", async () => {
    bench = await openTillBench().atWork();
    const refused = { ok: false, fault: { kind: "not-allowed" } };
    expect(await bench.send("enrol", { code: "ABCDE-FGHJK" })).toEqual(refused);
    expect(await bench.send("agreement-days", {})).toEqual(refused);
    expect(await bench.send("acknowledge-sync-alarm", {})).toEqual(refused);
    const pin = { cashierId: people.second.id, pin: "4321", approvalPin: people.manager.pin };
    expect(await bench.send("set-pin", pin)).toEqual(refused);
  });
});

describe("a person whom head office added", () => {
  it("cannot sign in without a PIN, and can with the one a manager gives", async () => {
    await managing();
    const value = { name: "新来的", role: "cashier" } as const;
    bench.store.sync.applyFeed("people", [{ kind: "person", id: "c9", rev: 1, value }], 1, false);
    bench.till.syncChanged("people");
    await bench.must("look", {});
    expect(bench.shown.people.find(({ id }) => id === "c9")).toMatchObject({ name: "新来的", hasPin: false });
    await bench.must("sign-out", {});
    expect(await bench.send("sign-in", { cashierId: "c9", pin: "4321" })).toMatchObject({ ok: false });
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    const given = { cashierId: "c9", pin: "4321", approvalPin: people.manager.pin };
    expect(await bench.send("set-pin", { ...given, approvalPin: "0000" })).toMatchObject({ ok: false });
    expect(await bench.send("set-pin", { ...given, pin: people.cashier.pin })).toEqual({
      ok: false,
      fault: { kind: "pin-taken" },
    });
    expect(await bench.send("set-pin", { ...given, cashierId: "c8" })).toEqual({
      ok: false,
      fault: { kind: "no-such-person" },
    });
    await bench.must("set-pin", given);
    expect(bench.shown.people.find(({ id }) => id === "c9")).toMatchObject({ hasPin: true });
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: "c9", pin: "4321" });
    expect(bench.shown.session?.name).toBe("新来的");
  });

  it("and then took away is signed out, but not out of a sale", async () => {
    bench = await openTillBench().atWork();
    await bench.must("add-item", { sku: "cola", quantity: 1_000, by: "tile" });
    bench.store.sync.applyFeed("people", [{ kind: "person", id: people.cashier.id, rev: 1, value: null }], 1, false);
    bench.till.syncChanged("people");
    expect(bench.till.view().session?.cashierId).toBe(people.cashier.id);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 10_000 });
    await bench.must("next-sale", {});
    bench.till.syncChanged();
    expect(bench.till.view().session).toBeNull();
    expect(await bench.send("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin })).toMatchObject({
      ok: false,
    });
  });
});
