import { createHash } from "node:crypto";
import { sampleSale } from "#bench/support/sample-sale.ts";
import { chainStart, sealEntry } from "#core/journal/chain.ts";
import type { JournalKind } from "#core/journal/entry.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { assert } from "#core/result.ts";
import type { EpochCause, Mark } from "#core/sync/upload.ts";

export interface ModelEpoch {
  readonly epoch: string;
  readonly entries: readonly WireEntry[];
  readonly acked: number;
  /** Entries from here on are not head office's: they go to its quarantine. */
  readonly forkedAt: number | null;
}

/** What a till has on its disk: replaced as a whole by every commit, so that a copy is a backup. */
export interface ModelDisk {
  readonly terminalId: string;
  readonly epochs: readonly ModelEpoch[];
  readonly nextSale: number;
  readonly alarm: EpochCause | null;
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

export interface ModelBatch {
  readonly epoch: string;
  readonly entries: readonly WireEntry[];
  readonly isQuarantine: boolean;
}

const noHash = "0".repeat(64);

export function newDisk(terminalId: string, epoch: string, nowMs: number): ModelDisk {
  const empty = { terminalId, epochs: [{ epoch, entries: [], acked: 0, forkedAt: null }], nextSale: 1, alarm: null };
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

/** Something else that is written down. */
export function note(disk: ModelDisk, kind: JournalKind, body: object, nowMs: number): ModelDisk {
  return append(disk, kind, body, nowMs).disk;
}

/** What is sent next; null where nothing waits. */
export function nextBatch(disk: ModelDisk, limit: number): ModelBatch | null {
  const waiting = disk.epochs.find(({ acked, entries }) => acked < entries.length);
  if (waiting === undefined) return null;
  const { epoch, entries, acked, forkedAt } = waiting;
  const isQuarantine = forkedAt !== null && acked + 1 >= forkedAt;
  const end = forkedAt === null || isQuarantine ? entries.length : forkedAt - 1;
  return { epoch, entries: entries.slice(acked, Math.min(end, acked + limit)), isQuarantine };
}

export function waitingCount(disk: ModelDisk): number {
  return disk.epochs.reduce((sum, { entries, acked }) => sum + entries.length - acked, 0);
}

/** Zeros at 0; null where the epoch ends before or is not of this disk. */
export function hashAt(disk: ModelDisk, epoch: string, seq: number): string | null {
  const found = disk.epochs.find((one) => one.epoch === epoch);
  if (found === undefined) return null;
  return seq === 0 ? noHash : (found.entries[seq - 1]?.hash ?? null);
}

/** Head office has it up to here. Asserts what the till's store asserts. */
export function advance(disk: ModelDisk, to: Mark): ModelDisk {
  assert(hashAt(disk, to.epoch, to.seq) === to.hash, `what is acknowledged of ${to.epoch} is our own entry ${to.seq}`);
  return withEpoch(disk, to.epoch, (epoch) => ({ ...epoch, acked: to.seq }));
}

/** The disk leaves its epoch for a new one, without giving a number twice. */
export function openEpoch(
  disk: ModelDisk,
  facts: {
    readonly epoch: string;
    readonly cause: EpochCause;
    readonly previous: Mark | null;
    readonly forkedAt: Mark | null;
    readonly nextSale: number;
    readonly nowMs: number;
  },
): ModelDisk {
  const { epoch, cause, previous, forkedAt, nextSale, nowMs } = facts;
  const left =
    forkedAt === null
      ? disk
      : withEpoch(disk, forkedAt.epoch, (one) => ({
          ...one,
          forkedAt: Math.min(forkedAt.seq, one.forkedAt ?? forkedAt.seq),
          acked: Math.min(one.acked, forkedAt.seq - 1),
        }));
  const begun = {
    ...left,
    epochs: [...left.epochs, { epoch, entries: [], acked: 0, forkedAt: null }],
    nextSale: Math.max(left.nextSale, nextSale),
    alarm: cause,
  };
  return append(begun, "epoch-opened", { previous, why: cause }, nowMs).disk;
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
