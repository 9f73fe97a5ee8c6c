import { rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sealRestored } from "#main/store/backup/seal-restored.ts";
import { askOffice } from "#main/sync/ask-office.ts";
import { until } from "#tests/support/poll.ts";
import { openOfficeBench, type OfficeBench } from "./office-bench.ts";
import { manager, openSyncTill, type SyncTill } from "./sync-till.ts";

let office: OfficeBench;
let till: SyncTill;
let others: SyncTill[];
let copies: string[];

beforeEach(async () => {
  office = await openOfficeBench();
  till = await openSyncTill(office);
  [others, copies] = [[], []];
});
afterEach(async () => {
  for (const one of [till, ...others]) await one.close();
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
  await office.close();
});

/** The files as they are now, for a restore or a clone later; the till goes on. */
async function backUp(): Promise<string> {
  await till.sync.stop();
  const copy = till.copyTo();
  copies.push(copy);
  const again = await openSyncTill(office, copy);
  rmSync(till.directory, { recursive: true, force: true });
  till = again;
  return copy;
}

/** A till over what was backed up. */
async function restored(copy: string): Promise<SyncTill> {
  const other = await openSyncTill(office, copy);
  others.push(other);
  return other;
}

/** Every hash head office ever had, by its key: none may ever change. */
async function shelf(): Promise<ReadonlyMap<string, string>> {
  const rows = await office
    .office()
    .office.sql.rows<{ epoch: string; seq: number; hash: string }>("SELECT epoch, seq, hash FROM journal_events");
  return new Map(rows.map(({ epoch, seq, hash }) => [`${epoch} ${seq}`, hash]));
}

async function isKept(before: ReadonlyMap<string, string>): Promise<void> {
  const after = await shelf();
  for (const [key, hash] of before) expect(after.get(key)).toBe(hash);
}

const alarmOf = (one: SyncTill): Promise<string> =>
  until("an alarm stands", () => one.sync.view().alarm).then(({ kind }) => kind);
const numbers = (count: number, one: SyncTill): readonly string[] =>
  one.sell(count).map(({ saleNumber }) => saleNumber);

describe("a journal that is not the one head office holds", () => {
  it("restored from a backup, and nothing sold since: the tail is known as lost, its numbers are not given again", async () => {
    await till.enrol(office);
    till.sell(2);
    await till.drained();
    const copy = await backUp();
    expect(numbers(3, till)).toEqual(["T01-000003", "T01-000004", "T01-000005"]);
    await till.drained();
    await till.sync.stop();
    const before = await shelf();
    const other = await restored(copy);
    expect(await alarmOf(other)).toBe("tail-lost");
    expect(numbers(1, other)).toEqual(["T01-000006"]);
    await other.drained();
    await isKept(before);
    expect(other.store.outbox.positions()).toHaveLength(2);
    expect(other.store.verifyWholeChain().ok).toBe(true);
    await other.crash();
    expect(numbers(1, other)).toEqual(["T01-000007"]);
  });

  it("restored, and sold with as soon as head office was heard: no number is given twice, and none is waited for longer", async () => {
    await till.enrol(office);
    till.sell(2);
    await till.drained();
    const copy = await backUp();
    till.sell(150);
    await till.drained();
    await till.sync.stop();
    const other = await restored(copy);
    await other.sync.pastHeard();
    expect(numbers(1, other)).toEqual(["T01-000153"]);
    expect(other.sync.pastHeard()).toBeNull();
    await other.drained();
    expect(await office.count("SELECT count(*) AS n FROM quarantined_entries")).toBe(0);
  });

  it("put back by the till itself, and sold with before head office was reached: its epoch was there first, nothing is kept apart", async () => {
    await till.enrol(office);
    till.sell(2);
    await till.drained();
    const copy = await backUp();
    till.sell(3);
    await till.drained();
    await till.sync.stop();
    const before = await shelf();
    const sealed = sealRestored({
      ...{ path: join(copy, "sales.db"), terminalId: "T01", nowMs: Date.now(), newId: () => crypto.randomUUID() },
      ...{ saleNumber: 5, attemptNumber: 5, body: { by: "m1" }, pinHash: null },
    });
    expect(sealed.ok).toBe(true);
    const other = await openSyncTill(office, copy, null, "refuse");
    others.push(other);
    expect(numbers(2, other)).toEqual(["T01-000006", "T01-000007"]);
    other.line = "up";
    await other.drained();
    await isKept(before);
    expect(await office.count("SELECT count(*) AS n FROM quarantined_entries")).toBe(0);
    expect(other.store.verifyWholeChain().ok).toBe(true);
  });

  it("restored without a line: head office's first failure is the word that is waited for, and one that never answers is given up", async () => {
    await till.enrol(office);
    till.sell(1);
    await till.drained();
    const copy = await backUp();
    const other = await openSyncTill(office, copy, null, "refuse");
    others.push(other);
    await other.sync.pastHeard();
    expect(other.sync.view().state).toBe("offline");
    expect(other.sync.pastHeard()).toBeNull();

    const silent = await openSyncTill(office, copy, null, "silent");
    others.push(silent);
    const beganAt = performance.now();
    await silent.sync.pastHeard();
    expect(performance.now() - beganAt).toBeLessThan(10_000);
    expect(numbers(1, silent)).toEqual(["T01-000002"]);
    silent.line = "refuse";
  });

  it("restored, and sold with before head office was reached: what was sold is kept apart, nothing is overwritten", async () => {
    await till.enrol(office);
    till.sell(2);
    await till.drained();
    const copy = await backUp();
    till.sell(4);
    await till.drained();
    await till.sync.stop();
    const before = await shelf();
    const other = await restored(copy);
    other.line = "refuse";
    other.sell(2);
    other.line = "up";
    other.sync.now();
    expect(await alarmOf(other)).toBe("fork");
    await other.drained();
    await isKept(before);
    expect(await office.count("SELECT count(*) AS n FROM quarantined_entries WHERE kind = 'sale-completed'")).toBe(2);
    expect(numbers(1, other)).toEqual(["T01-000007"]);
    await other.drained();
    expect(await office.count("SELECT count(*) AS n FROM sales")).toBe(7);
  });

  it("cloned: of two tills with one id the second to send begins an epoch of its own, and both go on", async () => {
    await till.enrol(office);
    await till.drained();
    const copy = await backUp();
    const other = await restored(copy);
    await other.drained();
    till.sell(3);
    await till.drained();
    const before = await shelf();
    other.sell(2);
    expect(await alarmOf(other)).toBe("fork");
    await other.drained();
    await isKept(before);
    till.sell(1);
    await till.drained();
    expect(till.sync.view().alarm).toBeNull();
    // Started again, each learns of the other: two tills under one name are never silent.
    await till.crash();
    expect(await alarmOf(till)).toBe("tail-lost");
    const more = await shelf();
    till.sell(1);
    await till.drained();
    await isKept(more);
  });

  it("made anew under an old name: the new file begins after the old one's numbers", async () => {
    await till.enrol(office);
    till.sell(5);
    await till.drained();
    await till.sync.stop();
    const fresh = await openSyncTill(office);
    others.push(fresh);
    await fresh.enrol(office, true);
    expect(await alarmOf(fresh)).toBe("tail-lost");
    expect(numbers(1, fresh)).toEqual(["T01-000006"]);
    await fresh.drained();
    expect(await office.count("SELECT count(*) AS n FROM sales")).toBe(6);
  });

  it("restored with a watermark older than what head office shares: what both have is not sent as a fork", async () => {
    await till.enrol(office);
    await till.drained();
    till.line = "cut-answer";
    till.sell(2);
    await until("head office has them", async () => (await office.count("SELECT count(*) AS n FROM sales")) === 2);
    const copy = await backUp();
    till.sell(2);
    await till.drained();
    await till.sync.stop();
    const other = await restored(copy);
    expect(await alarmOf(other)).toBe("tail-lost");
    await other.drained();
    expect(await office.count("SELECT count(*) AS n FROM quarantined_entries")).toBe(0);
  });

  it("restored twice from one backup: every restore is an epoch, an alarm, and numbers of its own", async () => {
    await till.enrol(office);
    till.sell(1);
    await till.drained();
    const copy = await backUp();
    till.sell(1);
    await till.drained();
    await till.sync.stop();
    const first = await restored(copy);
    expect(await alarmOf(first)).toBe("tail-lost");
    expect(numbers(1, first)).toEqual(["T01-000003"]);
    await first.drained();
    await first.sync.stop();
    const before = await shelf();
    const second = await restored(copy);
    expect(await alarmOf(second)).toBe("tail-lost");
    expect(numbers(1, second)).toEqual(["T01-000004"]);
    await second.drained();
    await isKept(before);
  });

  it("is told of once: after a restart nothing new is found, and the alarm stands until a manager has seen it", async () => {
    await till.enrol(office);
    till.sell(1);
    await till.drained();
    const copy = await backUp();
    till.sell(2);
    await till.drained();
    await till.sync.stop();
    const other = await restored(copy);
    await alarmOf(other);
    await other.drained();
    await other.crash();
    expect(other.sync.view().alarm?.kind).toBe("tail-lost");
    expect(other.sync.acknowledgeAlarm(manager)).toBe(true);
    expect(other.sync.acknowledgeAlarm(manager)).toBe(false);
    await other.crash();
    other.sell(1);
    await other.drained();
    expect(other.sync.view().alarm).toBeNull();
    expect(other.store.outbox.positions()).toHaveLength(2);
  });

  it("damaged on its own disk: the rest goes on in a new epoch, and what is damaged holds nothing up", async () => {
    await till.enrol(office);
    till.sell(1);
    await till.drained();
    till.line = "refuse";
    till.sell(2);
    const { epoch, lastSeq } = till.store.journalStatus();
    await till.sync.stop();
    // Below SQLite's own checks: a body of the middle is another than was sealed.
    const raw = new Database(join(till.directory, "sales.db"));
    raw.exec("DROP TRIGGER journal_is_never_changed");
    const change =
      "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), 'T01', 'T09') AS BLOB) WHERE epoch = ? AND seq = ?";
    expect(raw.prepare(change).run(epoch, lastSeq - 1).changes).toBe(1);
    raw.close();
    till.line = "up";
    till.sync.start();
    expect(await alarmOf(till)).toBe("broken-chain");
    till.sell(1);
    await until("what is sound is there", async () => (await office.count("SELECT count(*) AS n FROM epochs")) === 2);
    await until(
      "a sale of the new epoch too",
      async () => (await office.count("SELECT count(*) AS n FROM sales")) >= 2,
    );
    // One epoch and not one after another: the damaged entry is no new fork every time it is refused.
    let uploads = 0;
    till.tamper = (wire) => {
      if (wire.target.endsWith("/quarantine")) uploads += 1;
      return askOffice(wire);
    };
    // The answer to the first has been looked at by the time the second leaves.
    await until("it was tried again, twice", () => {
      till.sync.now();
      return uploads >= 2;
    });
    expect(till.store.outbox.positions()).toHaveLength(2);
  });

  it("the control: a till that only crashed has one epoch, no alarm, and its next number", async () => {
    await till.enrol(office);
    till.sell(2);
    await till.drained();
    await till.crash();
    expect(numbers(1, till)).toEqual(["T01-000003"]);
    await till.drained();
    await till.agreed();
    expect(till.sync.view().alarm).toBeNull();
    expect(till.store.outbox.positions()).toHaveLength(1);
  });

  it("a head office restored from its own backup is sent again what it has lost, without a fork", async () => {
    await till.enrol(office);
    till.sell(3);
    await till.drained();
    await till.sync.stop();
    const { epoch } = till.store.journalStatus();
    const hash = till.store.outbox.hashAt(epoch, 2);
    const lost = [`DELETE FROM journal_events WHERE seq > 2`, `UPDATE epochs SET seq = 2, hash = '${hash ?? ""}'`];
    const gone = ["sales", "sale_lines", "tenders", "shifts", "day_totals"].map((table) => `DELETE FROM ${table}`);
    await office.office().office.sql.transaction(async (tx) => {
      for (const sql of [...lost, ...gone]) await tx.run(sql);
    });
    await till.crash();
    await until("it is sent again", async () => (await office.count("SELECT count(*) AS n FROM sales")) === 3);
    await till.drained();
    await till.agreed();
    expect(till.sync.view().alarm).toBeNull();
  });

  it("a new epoch after a fork agrees with head office on every day that is not the fork's", async () => {
    await till.enrol(office);
    till.sell(1);
    await till.drained();
    const copy = await backUp();
    till.sell(2);
    await till.drained();
    await till.sync.stop();
    const other = await restored(copy);
    await alarmOf(other);
    await other.drained();
    other.sync.now();
    // What this file has lost is at head office: the day differs, and that is said.
    await until("the day is told", () => other.sync.view().disagreedDates.length === 1);
    expect(other.sync.agreementDays()).toMatchObject([{ here: { saleCount: 1 }, there: { saleCount: 3 } }]);
  });
});
