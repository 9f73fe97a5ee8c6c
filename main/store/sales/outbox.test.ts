import { generateKeyPairSync, sign, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { mostBatchBytes, wireEntrySchema } from "#contract/wire/journal.ts";
import { verifyChain } from "#core/journal/chain.ts";
import { entryOf, signedText } from "#core/journal/wire-entry.ts";
import { createHash } from "node:crypto";
import { fen } from "#core/money/fen.ts";
import type { EpochOpening } from "#main/till/ports/outbox.ts";
import { openConnection } from "../connection.ts";
import { migrate } from "../migrate.ts";
import { type OpenSalesStore, openSalesStore, salesFile, salesMigrations } from "./open-sales-store.ts";

const nowMs = Date.UTC(2026, 2, 2, 2);
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
let directory: string;
let store: OpenSalesStore;
let ids = 0;
let told = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "outbox-"));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

function open(): OpenSalesStore {
  const opened = openSalesStore({
    ...{ path: join(directory, "sales.db"), terminalId: sampleTerminalId, now: () => nowMs },
    newId: () => `id-${(ids += 1)}`,
    sign: (hash) => sign(null, Buffer.from(signedText(hash)), privateKey),
    onJournal: () => (told += 1),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

function sold(count: number): readonly string[] {
  if (store.currentShift() === null) store.openShift({ ...sampleShift, shiftId: `shift-${(ids += 1)}` });
  const shiftId = store.currentShift()?.shiftId ?? "";
  return Array.from({ length: count }, () => {
    const saleId = `sale-${(ids += 1)}`;
    const build = (saleNumber: string) => sampleSale({ saleId, saleNumber, lineCount: 2, shiftId });
    return store.commitSale(saleId, build, null, sampleReceipt).sale.saleNumber;
  });
}

const note = (body: unknown): void => store.appendJournal({ kind: "signed-out", body });
const epochNow = (): string => store.journalStatus().epoch;
const markAt = (epoch: string, seq: number) => ({ epoch, seq, hash: store.outbox.hashAt(epoch, seq) ?? "none" });
const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const opening = (changes: Partial<EpochOpening>): EpochOpening => ({
  ...{ cause: "tail-lost", previous: null, forks: [], lost: [], saleNumber: 0, attemptNumber: 0 },
  alarm: { kind: "tail-lost", atMs: nowMs, epoch: "e", seq: 1 },
  ...changes,
});

describe("the journal as the outbox", () => {
  it("travels as it was sealed: head office's own check finds the chain whole and the wire takes every entry", () => {
    sold(3);
    const batch = store.outbox.nextBatch(100, true);
    if (batch === null) throw new Error("something waits");
    for (const entry of batch.entries) expect(wireEntrySchema.parse(entry)).toEqual(entry);
    expect(
      verifyChain(
        batch.entries.map((entry) => entryOf("T01", entry)),
        sha256,
      ).ok,
    ).toBe(true);
    // The control: one character of a body is another entry.
    const [first] = batch.entries;
    const altered = { ...(first ?? batch.entries[0]!), body: '{"previous":1}' };
    expect(verifyChain([entryOf("T01", altered)], sha256).ok).toBe(false);
  });

  it("keeps what was not acknowledged of a batch, however it was cut: none is skipped and none comes twice", () => {
    sold(12);
    const lastSeq = store.journalStatus().lastSeq;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9)), { maxLength: 12 }), (rounds) => {
        store.outbox.advance(markAt(epochNow(), 0));
        let acked = 0;
        for (const [limit, taken] of rounds) {
          const batch = store.outbox.nextBatch(limit, true);
          if (batch === null) break;
          expect(batch.entries.map(({ seq }) => seq)).toEqual(
            Array.from({ length: Math.min(limit, lastSeq - acked) }, (_, index) => acked + index + 1),
          );
          acked += Math.min(taken, batch.entries.length);
          store.outbox.advance(markAt(epochNow(), acked));
          expect(store.journalStatus().waiting).toBe(lastSeq - acked);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("moves its watermark only to an entry of its own, by its own hash", () => {
    sold(1);
    const epoch = epochNow();
    expect(() => store.outbox.advance({ epoch, seq: 2, hash: "0".repeat(64) })).toThrow("broken promise");
    expect(() => store.outbox.advance({ epoch, seq: 900, hash: "0".repeat(64) })).toThrow("broken promise");
    expect(() => store.outbox.advance({ ...markAt(epoch, 1), epoch: "another" })).toThrow("broken promise");
    expect(store.outbox.positions()[0]?.acked).toBe(0);
  });

  it("fills a batch up to a mebibyte, and sends an entry that is larger alone", () => {
    const text = "零".repeat(100_000);
    for (let count = 0; count < 5; count += 1) note({ text });
    note({ text: "x".repeat(1_200_000) });
    note({});
    const sizes: number[] = [];
    for (;;) {
      const batch = store.outbox.nextBatch(100, true);
      if (batch === null) break;
      const { length } = batch.entries;
      if (length > 1) expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(mostBatchBytes);
      sizes.push(length);
      store.outbox.advance(markAt(epochNow(), batch.entries.at(-1)?.seq ?? 0));
    }
    expect(sizes).toEqual([4, 2, 1, 1]);
  });

  it("tells of every commit that adds to the journal, and of no other", () => {
    told = 0;
    note({});
    expect(told).toBe(1);
    store.outbox.advance(markAt(epochNow(), 1));
    expect(told).toBe(1);
  });

  it("carries the till's signature on the close of a shift, which vouches for all before it", () => {
    sold(1);
    const shift = store.currentShift();
    const totals = store.shiftTotals(shift?.shiftId ?? "");
    store.closeShift({
      ...{ shiftId: shift?.shiftId ?? "", closedAt: "2026-03-02T22:00:00+08:00", closedBy: "c1", totals },
      ...{ countedCashFen: totals.expectedCashFen, differenceFen: fen(0) },
    });
    const entries = store.outbox.nextBatch(100, true)?.entries ?? [];
    const signed = entries.filter(({ sig }) => sig !== null);
    expect(signed.map(({ kind }) => kind)).toEqual(["shift-closed"]);
    const [close] = signed;
    const sig = Buffer.from(close?.sig ?? "", "base64url");
    expect(verify(null, Buffer.from(signedText(close?.hash ?? "")), publicKey, sig)).toBe(true);
    expect(verify(null, Buffer.from(signedText(entries[0]?.hash ?? "")), publicKey, sig)).toBe(false);
  });
});

describe("a new epoch", () => {
  it("is opened whole: its first entry names the past, its alarm stands, and no number is given again", () => {
    expect(sold(2)).toEqual(["T01-000001", "T01-000002"]);
    const previous = markAt(epochNow(), 3);
    store.outbox.openEpoch(opening({ previous, saleNumber: 9, attemptNumber: 40 }));
    const [, second] = store.outbox.positions();
    expect(second).toMatchObject({ epoch: epochNow(), acked: 0, lastSeq: 1, forkedAt: null });
    expect(store.sync.alarm()).toEqual({ kind: "tail-lost", atMs: nowMs, epoch: "e", seq: 1 });
    expect(store.nextAttemptNumber()).toBe(41);
    expect(sold(1)).toEqual(["T01-000010"]);
    store.close();
    store = open();
    expect(sold(1)).toEqual(["T01-000011"]);
    expect(store.verifyWholeChain().ok).toBe(true);
    // The control: numbers that were never given are not skipped.
    store.outbox.openEpoch(opening({ saleNumber: 5 }));
    expect(sold(1)).toEqual(["T01-000012"]);
  });

  it("sends the old one first up to the fork, and what is behind it last and only where it is asked for", () => {
    sold(3);
    const old = epochNow();
    store.outbox.advance(markAt(old, 2));
    store.outbox.openEpoch(opening({ cause: "fork", previous: markAt(old, 3), forks: [{ epoch: old, seq: 4 }] }));
    const seen: string[] = [];
    for (const withQuarantine of [false, true]) {
      for (;;) {
        const batch = store.outbox.nextBatch(100, withQuarantine);
        if (batch === null) break;
        const seqs = batch.entries.map(({ seq }) => seq).join();
        seen.push(`${batch.epoch === old ? "old" : "new"} ${seqs}${batch.isQuarantine ? " apart" : ""}`);
        store.outbox.advance(markAt(batch.epoch, batch.entries.at(-1)?.seq ?? 0));
      }
    }
    expect(seen).toEqual(["old 3", "new 1", "old 4,5 apart"]);
    expect(store.journalStatus().waiting).toBe(0);
  });

  it("says again which payments on phones were given up behind the fork, and no others", () => {
    const old = epochNow();
    const said = ["A-1", "A-2", "A-3"].map((outTradeNo) => ({ outTradeNo, amountFen: 100, nonce: "n" }));
    for (const body of said) store.appendJournal({ kind: "carried-abandoned", body });
    const { lastSeq } = store.journalStatus();
    const fork = { epoch: old, seq: lastSeq - 1 };
    store.outbox.openEpoch(opening({ cause: "fork", previous: markAt(old, lastSeq - 2), forks: [fork] }));
    store.outbox.advance(markAt(old, lastSeq - 2));
    const entries = store.outbox.nextBatch(100, false)?.entries ?? [];
    expect(entries.slice(1).map(({ kind, body }) => [kind, JSON.parse(body)])).toEqual(
      said.slice(1).map((body) => ["carried-abandoned", body]),
    );
    expect(entries[0]).toMatchObject({ epoch: epochNow(), kind: "epoch-opened" });
    expect(store.verifyWholeChain().ok).toBe(true);
  });
});

describe("a file of the fifth version", () => {
  it("keeps its journal and its watermark, and goes on", () => {
    sold(3);
    const status = store.journalStatus();
    store.close();
    // Put back to what the fifth version was: the columns it had, and nothing of the sixth.
    const path = join(directory, "old.db");
    const made = openConnection(path, salesFile);
    if (!made.ok) throw new Error(made.fault.kind);
    const old = made.value;
    expect(
      migrate(old, { path, applicationId: salesFile.applicationId }, salesMigrations.slice(0, 5), () => {}).ok,
    ).toBe(true);
    old.prepare("ATTACH ? AS now").run(join(directory, "sales.db"));
    const columns = "position, seq, epoch, kind, v, at_wall, at_mono, body, prev, hash";
    old.exec(`
      INSERT INTO journal (${columns}) SELECT ${columns} FROM now.journal;
      INSERT INTO meta (id, terminal_id, epoch, hq_acked, next_sale_number) SELECT 1, terminal_id, epoch, 2, 1 FROM now.meta;
      DETACH now`);
    old.close();
    const opened = openSalesStore({ path, terminalId: sampleTerminalId, now: () => nowMs, newId: () => "never" });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    const { outbox } = opened.value;
    expect(outbox.positions()).toEqual([{ epoch: status.epoch, acked: 2, lastSeq: status.lastSeq, forkedAt: null }]);
    expect(opened.value.journalStatus()).toEqual({ ...status, waiting: status.lastSeq - 2 });
    expect(outbox.nextBatch(1, true)?.entries[0]?.seq).toBe(3);
    expect(opened.value.verifyWholeChain().ok).toBe(true);
    const db = new Database(path, { readonly: true });
    const hash = db.prepare<[], Uint8Array>("SELECT hq_hash FROM sync_positions").pluck().get();
    db.close();
    expect(Buffer.from(hash ?? []).toString("hex")).toBe(outbox.hashAt(status.epoch, 2));
    opened.value.close();
  });
});
