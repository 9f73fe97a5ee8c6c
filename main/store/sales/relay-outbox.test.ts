import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleTerminalId } from "#bench/support/sample-sale.ts";
import { type OpenSalesStore, openSalesStore } from "./open-sales-store.ts";

let directory: string;
let store: OpenSalesStore;
let ids = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "relay-outbox-"));
  store = open("sales.db");
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

function open(name: string): OpenSalesStore {
  const opened = openSalesStore({
    ...{ path: join(directory, name), terminalId: sampleTerminalId, now: () => Date.UTC(2026, 2, 2, 2) },
    newId: () => `id-${(ids += 1)}`,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

const write = (count: number): void => {
  for (let left = count; left > 0; left -= 1) store.appendJournal({ kind: "signed-out", body: { left } });
};
const epochNow = (): string => store.journalStatus().epoch;
const markAt = (seq: number, epoch = epochNow()) => ({ epoch, seq, hash: store.outbox.hashAt(epoch, seq) ?? "none" });
const seqs = (limit = 100): readonly number[] => store.relayOutbox.nextForRelay(limit).map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("the journal as a relay has it", () => {
  it("gives what neither head office nor the relay has, whatever order their answers came in", () => {
    let name = 0;
    const answers = fc.array(fc.tuple(fc.constantFrom("office", "relay"), fc.integer({ min: 1, max: 12 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(answers, (given) => {
        store.close();
        store = open(`run-${(name += 1)}.db`);
        write(12 - store.journalStatus().lastSeq);
        let [office, relay] = [0, 0];
        for (const [who, seq] of given) {
          if (who === "relay") {
            store.relayOutbox.keptAtRelay(markAt(seq));
            relay = Math.max(relay, seq);
          } else {
            // Less than it once had: what the relay put away by its word is gone there too.
            if (seq < office) relay = Math.min(relay, seq);
            store.outbox.advance(markAt(seq));
            office = seq;
          }
        }
        expect(seqs()).toEqual(range(Math.max(office, relay) + 1, 12));
        expect(store.relayOutbox.atRelay()).toBe(Math.max(0, relay - office));
        // A relay's word never counts as head office's.
        expect(store.journalStatus().waiting).toBe(12 - office);
      }),
      { numRuns: 15 },
    );
  });

  it("is known after the till was closed, and nothing of it when another relay answers", () => {
    store.relayOutbox.useRelay("one");
    write(5);
    store.relayOutbox.keptAtRelay(markAt(3));
    store.close();
    store = open("sales.db");
    store.relayOutbox.useRelay("one");
    expect([store.relayOutbox.atRelay(), seqs()[0]]).toEqual([3, 4]);
    store.relayOutbox.useRelay("two");
    expect([store.relayOutbox.atRelay(), seqs()[0]]).toEqual([0, 1]);
  });

  it("has nothing of what stands behind a fork: that goes to head office's quarantine by itself", () => {
    write(6);
    const forked = epochNow();
    store.outbox.advance(markAt(2));
    const alarm = { kind: "fork", atMs: 1, epoch: forked, seq: 5 } as const;
    store.outbox.openEpoch({
      ...{ cause: "fork", previous: markAt(4), forks: [{ epoch: forked, seq: 5 }], lost: [] },
      ...{ saleNumber: 0, attemptNumber: 0, alarm },
    });
    expect(seqs()).toEqual([3, 4]);
    store.relayOutbox.keptAtRelay(markAt(4, forked));
    // And then the epoch that followed.
    expect(store.relayOutbox.nextForRelay(100).map(({ epoch, seq }) => [epoch, seq])).toEqual([[epochNow(), 1]]);
    expect(epochNow()).not.toBe(forked);
  });

  it("refuses to count what is not its own entry", () => {
    write(2);
    expect(() => store.relayOutbox.keptAtRelay({ ...markAt(2), hash: "0".repeat(64) })).toThrow("our own entry");
    expect(() => store.relayOutbox.keptAtRelay({ ...markAt(2), seq: 9 })).toThrow("our own entry");
    expect(store.relayOutbox.atRelay()).toBe(0);
  });
});
