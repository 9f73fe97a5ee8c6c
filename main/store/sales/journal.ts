import { createHash } from "node:crypto";
import { chainStart, type ChainFault, type ChainTip, sealEntry, verifyChain } from "#core/journal/chain.ts";
import type { JournalEntry, JournalKind, Sha256 } from "#core/journal/entry.ts";
import { assert, ok, type Result } from "#core/result.ts";
import type { JournalDraft, JournalStatus } from "#main/till/ports/sales-store.ts";
import { type SeenJump, type SteadyClock, watchClock } from "./clock-watch.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface JournalRow {
  readonly seq: number;
  readonly epoch: string;
  readonly kind: JournalKind;
  readonly v: number;
  readonly at_wall: string;
  readonly at_mono: number;
  readonly body: Uint8Array;
  readonly prev: Uint8Array;
  readonly hash: Uint8Array;
}

/** The last entry of the epoch that is open; nulls before its first. */
interface EpochTip {
  readonly epoch: string;
  readonly seq: number | null;
  readonly hash: Uint8Array | null;
  readonly position: number | null;
  readonly atWall: string | null;
  readonly atMono: number | null;
}

/** Where an appended entry stands: `position` is its row for ever, across epochs. */
export interface Appended {
  readonly position: number;
  /** Hex. */
  readonly hash: string;
}

export interface Journal {
  /** Seals and adds one entry; only inside a transaction. The body's exact JSON bytes are what is hashed and kept. */
  append(entry: JournalDraft): Appended;
  status(): JournalStatus;
  /** The body an entry was written with. */
  bodyAt(position: number): unknown;
  /** Checks the last `count` entries of this epoch, or all there are. */
  verifyTail(count: number): Result<ChainTip, ChainFault>;
  /** Checks every entry of every epoch: 6 µs and one read each, so about a second for a year. */
  verifyWhole(): Result<ChainTip, ChainFault>;
}

/** Version of a body that says none; a reader of the journal meets every version that ever shipped. */
const firstVersion = 1;

const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The terminal's word for an entry: Ed25519 over `signedText` of its hash (hex), 64 bytes; null while it has no key. */
export type SignHash = (hash: string) => Uint8Array | null;

/** A shift's close vouches for the shift: it is signed where the till has a key. */
const isSigned = (kind: JournalKind): boolean => kind === "shift-closed";

/** What a journal that watches the calendar has beside it. */
export interface WatchedClock {
  readonly steady: SteadyClock;
  /** Told inside the transaction that writes the jump down; must return at once and throw nothing. */
  readonly onJump: (jump: SeenJump) => void;
}

/** @param clock without one no jump of the calendar is looked for */
export function journal(
  { db }: SalesDatabase,
  terminalId: string,
  now: () => number,
  sign: SignHash = () => null,
  clock: WatchedClock | null = null,
): Journal {
  const { waiting, tip, insert, bodyAt, tipAt, after, epochs, lastPosition } = statements(db);
  const jumpSince = clock === null ? null : watchClock(clock.steady, lastPosition.get() ?? 0);

  function currentTip(): ChainTip & { readonly epoch: string } {
    const row = tip.get();
    assert(row !== undefined, "meta has its one row");
    const { epoch, seq, hash } = row;
    return seq === null || hash === null ? { epoch, ...chainStart() } : { epoch, seq, hash };
  }

  function verifyFrom(ofEpoch: string, from: ChainTip): Result<ChainTip, ChainFault> {
    return verifyChain(entries(after.iterate(ofEpoch, from.seq), terminalId), sha256, from);
  }

  /** Before the entry that is about to be written: it is the first of the calendar as it is now. */
  function noteJump(wallMs: number): void {
    const row = jumpSince === null ? undefined : tip.get();
    // The first entry of an epoch is its opening and nothing else.
    if (jumpSince === null || row === undefined || row.position === null) return;
    const jump = jumpSince({ position: row.position, atWall: row.atWall ?? "", atMono: row.atMono ?? 0 }, wallMs);
    if (jump === null) return;
    write({ kind: "clock-jumped", body: jumpBody(jump) }, wallMs);
    clock?.onJump(jump);
  }

  function write({ kind, v: bodyVersion = firstVersion, body }: JournalDraft, wallMs: number): Appended {
    const last = currentTip();
    const header = {
      ...{ terminalId, epoch: last.epoch, seq: last.seq + 1, kind, v: bodyVersion },
      atWall: new Date(wallMs).toISOString(),
      atMono: Math.round(clock?.steady.nowMs() ?? performance.now()),
    };
    const { prev, hash, body: bytes } = sealEntry(header, Buffer.from(JSON.stringify(body)), last.hash, sha256);
    const { seq, v, atWall, atMono } = header;
    const sig = isSigned(kind) ? sign(hexOf(hash)) : null;
    const { lastInsertRowid } = insert.run(seq, last.epoch, kind, v, atWall, atMono, bytes, prev, hash, sig);
    return { position: Number(lastInsertRowid), hash: hexOf(hash) };
  }

  return {
    append(entry) {
      assert(db.inTransaction, "a journal entry goes with the change it tells of");
      const wallMs = now();
      noteJump(wallMs);
      return write(entry, wallMs);
    },
    status() {
      const { epoch, seq, hash } = currentTip();
      return { epoch, lastSeq: seq, lastHash: hexOf(hash), waiting: waiting.get() ?? 0 };
    },
    bodyAt(position) {
      const bytes = bodyAt.get(position);
      assert(bytes !== undefined, `journal entry ${position} exists`);
      return JSON.parse(Buffer.from(bytes).toString("utf8"));
    },
    verifyTail(count) {
      const { epoch, seq } = currentTip();
      return verifyFrom(epoch, tipAt.get(epoch, seq - count) ?? chainStart());
    },
    verifyWhole() {
      let last: ChainTip = chainStart();
      for (const each of epochs.all()) {
        const verdict = verifyFrom(each, chainStart());
        if (!verdict.ok) return verdict;
        last = verdict.value;
      }
      return ok(last);
    },
  };
}

function jumpBody({ fromMs, toMs, byMs, seen }: SeenJump): object {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  return { from, to, byMs: Math.round(byMs), seen };
}

function statements(db: SalesDatabase["db"]) {
  const waiting = db
    .prepare<[], number>(
      `SELECT sum(coalesce((SELECT max(seq) FROM journal WHERE journal.epoch = p.epoch), 0) - hq_acked)
       FROM sync_positions AS p`,
    )
    .pluck();
  // max() walks the index to its end; ordering the join would sort the whole epoch.
  const tip = db.prepare<[], EpochTip>(`
    SELECT meta.epoch, seq, hash, position, at_wall AS atWall, at_mono AS atMono FROM meta LEFT JOIN journal ON journal.epoch = meta.epoch
      AND seq = (SELECT max(seq) FROM journal AS all_of WHERE all_of.epoch = meta.epoch)`);
  const insert = db.prepare(`
    INSERT INTO journal (seq, epoch, kind, v, at_wall, at_mono, body, prev, hash, sig)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const bodyAt = db.prepare<[number], Uint8Array>("SELECT body FROM journal WHERE position = ?").pluck();
  const tipAt = db.prepare<[string, number], ChainTip>("SELECT seq, hash FROM journal WHERE epoch = ? AND seq = ?");
  const after = db.prepare<[string, number], JournalRow>(
    "SELECT * FROM journal WHERE epoch = ? AND seq > ? ORDER BY seq",
  );
  const epochs = db.prepare<[], string>("SELECT epoch FROM journal GROUP BY epoch ORDER BY min(position)").pluck();
  const lastPosition = db.prepare<[], number | null>("SELECT max(position) FROM journal").pluck();
  return { waiting, tip, insert, bodyAt, tipAt, after, epochs, lastPosition };
}

function* entries(rows: Iterable<JournalRow>, terminalId: string): Generator<JournalEntry> {
  for (const { seq, epoch, kind, v, at_wall, at_mono, body, prev, hash } of rows) {
    yield { terminalId, epoch, seq, kind, v, atWall: at_wall, atMono: at_mono, body, prev, hash };
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
