import { createHash } from "node:crypto";
import { sampleSale } from "#bench/support/sample-sale.ts";
import { chainStart, sealEntry } from "#core/journal/chain.ts";
import type { JournalKind } from "#core/journal/entry.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { assert } from "#core/result.ts";
import type { EpochCause } from "#core/sync/upload.ts";
import type { Outbox, RelayOutbox } from "#main/till/ports/outbox.ts";

export interface ModelEpoch {
  readonly epoch: string;
  readonly entries: readonly WireEntry[];
  readonly acked: number;
  /** How far the shop's relay has it. */
  readonly relayAcked: number;
  /** Entries from here on are not head office's: they go to its quarantine. */
  readonly forkedAt: number | null;
}

/** What a till has on its disk: replaced as a whole by every commit, so that a copy is a backup. */
export interface ModelDisk {
  readonly terminalId: string;
  readonly epochs: readonly ModelEpoch[];
  readonly nextSale: number;
  readonly alarm: EpochCause | null;
  /** How far epochs are known of which head office holds more. */
  readonly lostThrough: Readonly<Record<string, number>>;
  /** Which relay `relayAcked` is of. */
  readonly relayKey: string | null;
}

/** A paper in a customer's hand. */
export interface Receipt {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly totalFen: number;
  readonly businessDate: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
}

/** What is given back of each sale that is given back of. */
export const refundFen = 50;
const noHash = "0".repeat(64);

export function newDisk(terminalId: string, epoch: string, nowMs: number): ModelDisk {
  const empty = {
    terminalId,
    epochs: [{ epoch, entries: [], acked: 0, relayAcked: 0, forkedAt: null }],
    nextSale: 1,
    alarm: null,
    lostThrough: {},
    relayKey: null,
  };
  return append(empty, "epoch-opened", { previous: null }, nowMs).disk;
}

/** One commit: the sale's entry, and the number taken. */
export function sell(
  disk: ModelDisk,
  facts: { readonly saleId: string; readonly nowMs: number; readonly businessDate: string },
): { readonly disk: ModelDisk; readonly receipt: Receipt } {
  const { saleId, nowMs, businessDate } = facts;
  const saleNumber = `${disk.terminalId}-${String(disk.nextSale).padStart(6, "0")}`;
  const sale = {
    ...sampleSale({ saleId, saleNumber, lineCount: 1 + (disk.nextSale % 3), businessDate }),
    terminalId: disk.terminalId,
  };
  const { disk: told, entry } = append(disk, "sale-completed", sale, nowMs);
  const { epoch, seq, hash } = entry;
  const receipt = { saleId, saleNumber, totalFen: sale.totalFen, businessDate, epoch, seq, hash };
  return { disk: { ...told, nextSale: disk.nextSale + 1 }, receipt };
}

/** Half a yuan in cash, for a sale that was just made. */
export function giveBack(disk: ModelDisk, receipt: Receipt, nowMs: number): ModelDisk {
  const { saleId, saleNumber, businessDate } = receipt;
  const at = "2026-03-02T10:00:00+08:00";
  return note(
    disk,
    "refund-settled",
    {
      ...{ refundNo: `${saleNumber}-${saleId}R1`, requestId: `${saleId}-r`, kind: "cash", saleId, saleNumber },
      ...{ tenderId: `${saleId}-cash`, amountFen: refundFen, reason: "", cashierId: "c1", cashierName: "王芳" },
      ...{ approvedBy: "c1", requestedAt: at, requestedAtMs: nowMs, state: "succeeded", gateway: null },
      ...{ given: { at, businessDate }, handled: null },
    },
    nowMs,
  );
}

/** Something else that is written down. */
export function note(disk: ModelDisk, kind: JournalKind, body: object, nowMs: number): ModelDisk {
  return append(disk, kind, body, nowMs).disk;
}

export function waitingCount(disk: ModelDisk): number {
  return disk.epochs.reduce((sum, { entries, acked }) => sum + entries.length - acked, 0);
}

/** A disk that is read and committed to, as the till's store is: its journal as the outbox the product works on. */
export function modelOutbox(
  handle: { readonly disk: () => ModelDisk; readonly commit: (disk: ModelDisk) => void },
  given: { readonly newEpoch: () => string; readonly now: () => number },
): Outbox & RelayOutbox {
  const { disk, commit } = handle;

  /** Zeros at 0; null where the epoch ends before or is not of this disk. */
  function hashAt(epoch: string, seq: number): string | null {
    const found = disk().epochs.find((one) => one.epoch === epoch);
    if (found === undefined) return null;
    return seq === 0 ? noHash : (found.entries[seq - 1]?.hash ?? null);
  }

  return {
    hashAt,
    nextBatch(limit, withQuarantine) {
      const isBehindFork = ({ acked, forkedAt }: ModelEpoch) => forkedAt !== null && acked + 1 >= forkedAt;
      const waiting = disk().epochs.filter(({ acked, entries }) => acked < entries.length);
      const next = waiting.find((one) => !isBehindFork(one)) ?? (withQuarantine ? waiting[0] : undefined);
      if (next === undefined) return null;
      const { epoch, entries, acked, forkedAt } = next;
      const isQuarantine = isBehindFork(next);
      const end = forkedAt === null || isQuarantine ? entries.length : forkedAt - 1;
      return { epoch, entries: entries.slice(acked, Math.min(end, acked + limit)), isQuarantine };
    },
    positions: () =>
      disk().epochs.map(({ epoch, acked, entries, forkedAt }) => ({ epoch, acked, lastSeq: entries.length, forkedAt })),
    advance(to) {
      const isOwn = hashAt(to.epoch, to.seq) === to.hash;
      assert(isOwn, `what head office acknowledged of ${to.epoch} is our own entry ${to.seq}`);
      commit(
        withEpoch(disk(), to.epoch, (epoch) => ({
          ...epoch,
          // Where head office has lost what it once had, a relay has long put it away.
          relayAcked: to.seq < epoch.acked ? Math.min(epoch.relayAcked, to.seq) : epoch.relayAcked,
          acked: to.seq,
        })),
      );
    },
    openEpoch({ cause, previous, forks, lost, saleNumber, alarm }) {
      let left = disk();
      for (const { epoch, seq } of forks) {
        left = withEpoch(left, epoch, (one) => ({
          ...one,
          forkedAt: Math.min(seq, one.forkedAt ?? seq),
          acked: Math.min(one.acked, seq - 1),
        }));
      }
      const lostThrough = {
        ...left.lostThrough,
        ...Object.fromEntries(lost.map(({ epoch, through }) => [epoch, through])),
      };
      const epoch = { epoch: given.newEpoch(), entries: [], acked: 0, relayAcked: 0, forkedAt: null };
      const nextSale = Math.max(left.nextSale, saleNumber + 1);
      const begun = {
        ...left,
        lostThrough,
        nextSale,
        alarm: cause === "restored" ? null : cause,
        epochs: [...left.epochs, epoch],
      };
      commit(append(begun, "epoch-opened", { previous, why: cause, alarm }, given.now()).disk);
    },
    // Nothing of it is asked here: what counts as known is noted with the epoch it leads to.
    keepLost: () => {},
    lostThrough: (epoch) => disk().lostThrough[epoch] ?? 0,
    useRelay(publicKey) {
      if (disk().relayKey === publicKey) return;
      const epochs = disk().epochs.map((epoch) => ({ ...epoch, relayAcked: 0 }));
      commit({ ...disk(), relayKey: publicKey, epochs });
    },
    nextForRelay(limit) {
      for (const { entries, acked, relayAcked, forkedAt } of disk().epochs) {
        const [from, end] = [Math.max(acked, relayAcked), Math.min(entries.length, (forkedAt ?? Infinity) - 1)];
        if (from < end) return entries.slice(from, Math.min(end, from + limit));
      }
      return [];
    },
    keptAtRelay(to) {
      assert(hashAt(to.epoch, to.seq) === to.hash, "what a relay keeps is our own entry");
      commit(withEpoch(disk(), to.epoch, (epoch) => ({ ...epoch, relayAcked: Math.max(epoch.relayAcked, to.seq) })));
    },
    atRelay: () => disk().epochs.reduce((sum, { acked, relayAcked }) => sum + Math.max(0, relayAcked - acked), 0),
  };
}

function withEpoch(disk: ModelDisk, epoch: string, change: (one: ModelEpoch) => ModelEpoch): ModelDisk {
  return { ...disk, epochs: disk.epochs.map((one) => (one.epoch === epoch ? change(one) : one)) };
}

function append(
  disk: ModelDisk,
  kind: JournalKind,
  body: object,
  nowMs: number,
): { readonly disk: ModelDisk; readonly entry: WireEntry } {
  const open = disk.epochs.at(-1);
  assert(open !== undefined, "a disk has an epoch");
  const seq = open.entries.length + 1;
  const header = {
    ...{ terminalId: disk.terminalId, epoch: open.epoch, seq, kind, v: 1 },
    ...{ atWall: new Date(nowMs).toISOString(), atMono: nowMs % 86_400_000 },
  };
  const text = JSON.stringify(body);
  const last = open.entries.at(-1);
  const prev = last === undefined ? chainStart().hash : Buffer.from(last.hash, "hex");
  const hash = Buffer.from(sealEntry(header, Buffer.from(text), prev, sha256).hash).toString("hex");
  const { terminalId: _, ...rest } = header;
  const entry = { ...rest, body: text, prev: last?.hash ?? noHash, hash, sig: null };
  return { disk: withEpoch(disk, open.epoch, (one) => ({ ...one, entries: [...one.entries, entry] })), entry };
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
