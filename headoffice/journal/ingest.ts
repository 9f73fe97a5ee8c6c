import type { WireFault } from "#contract/wire/fault.ts";
import type { Position } from "#contract/wire/journal.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Office } from "../office.ts";
import { projectEntries } from "../projections/project-entries.ts";
import { noteForReview } from "../projections/review.ts";
import { faultOf } from "../service/faults.ts";
import type { Sql, Tx } from "../store/sql.ts";
import { usedBefore } from "../terminals/authenticate.ts";
import { claimNonceIn, type NonceClaim } from "../terminals/nonces.ts";
import type { Terminal } from "../terminals/terminal.ts";
import { judgeEpochOpening } from "./epoch-opening.ts";
import { forkNote } from "./note-forks.ts";
import type { ReadBatch, ReadEntry, ReadUpload } from "./read-upload.ts";
import { epochTip, type EpochTip, insertEntries, noHash, storedHashes } from "./stored-entries.ts";
import { judgeSignatures } from "./entry-signatures.ts";

interface Intake {
  readonly terminal: Terminal;
  readonly batch: ReadBatch;
  readonly nowMs: number;
  readonly claim: NonceClaim | null;
}

export type Taken = Result<Position, WireFault>;

/** What became of an upload, and of its entries by their number. */
export interface Outcome {
  readonly taken: Taken;
  readonly stored: number;
  readonly known: number;
  readonly flagged: number;
}

/** Who sent an upload, and when it came. */
export interface Sender {
  readonly terminal: Terminal;
  /**
   * The nonce of the till's request, to be remembered together with what it brings: a transaction of its own would make the
   * upload wait for whoever writes, twice. Null where the request was another's.
   */
  readonly claim: NonceClaim | null;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * Takes a till's entries in. Resolves only after everything up to the position was committed durably, so that the position
 * may be acknowledged. What is stored already is skipped after its hash was compared; a gap ends the batch; the sound
 * entries before a broken one stay stored. Faults: unknown-terminal, revoked, fork, broken-chain, bad-signature where the
 * nonce was seen before. A sale that cannot be understood is stored and put on the review list.
 */
export async function ingestInto(
  sql: Sql,
  { terminal, claim, nowMs }: Sender,
  { sent, checked }: ReadUpload,
): Promise<Outcome> {
  const { epoch } = sent.first;
  if (!checked.ok) return nothingStored(brokenAfter(epoch, await epochTip(sql, terminal, epoch)));
  const intake = { terminal, batch: checked.value, nowMs, claim };
  const outcome = await sql.transaction((tx) => takeIn(tx, intake));
  return outcome;
}

/** The same of what another brings of a till. */
export async function ingest(office: Office, terminal: Terminal, upload: ReadUpload): Promise<Taken> {
  const sender = { terminal, claim: null, nowMs: office.clock.now() };
  return noteOutcome(office, terminal, await ingestInto(office.sql, sender, upload));
}

/** Counts what was taken in, and says why something was not. */
export function noteOutcome(
  { metrics, log }: Pick<Office, "metrics" | "log">,
  { storeCode, terminalId }: Terminal,
  { taken, stored, flagged, known }: Outcome,
): Taken {
  metrics.entries.inc({ outcome: "stored" }, stored);
  metrics.entries.inc({ outcome: "flagged" }, flagged);
  metrics.entries.inc({ outcome: "known" }, known);
  if (!taken.ok) log({ event: "upload-refused", store: storeCode, terminal: terminalId, kind: taken.fault.kind });
  return taken;
}

function nothingStored(fault: WireFault): Outcome {
  return { taken: fail(fault), stored: 0, known: 0, flagged: 0 };
}

async function takeIn(tx: Tx, intake: Intake): Promise<Outcome> {
  const { terminal, batch, nowMs } = intake;
  if (intake.claim !== null && !(await claimNonceIn(tx, terminal, intake.claim))) return nothingStored(usedBefore());
  const locked = await lockTerminal(tx, terminal, nowMs);
  if (locked === undefined) return nothingStored(faultOf("unknown-terminal", "not enrolled"));
  if (locked.state === "revoked") return nothingStored(faultOf("revoked", "this terminal was revoked at head office"));
  const held = (await epochTip(tx, terminal, batch.epoch)) ?? { seq: 0, hash: noHash, ordinal: 0 };
  const fork = await forkOf(tx, terminal, batch, held);
  if (fork !== null) {
    const sent = batch.sound.find(({ seq }) => seq === fork.seq)?.hash ?? noHash;
    await noteForReview(tx, terminal, [forkNote(fork, fork.hash, sent)], nowMs);
    return nothingStored(faultOf("fork", "other bytes are stored under this key", { at: fork }));
  }
  const fresh = batch.sound.filter(({ seq }) => seq > held.seq);
  const known = batch.sound.length - fresh.length;
  const [next] = fresh;
  const at = positionOf(batch.epoch, held);
  // Entries before these are missing: what is held is told, and the till sends from there.
  if (next !== undefined && next.seq > held.seq + 1) return { taken: ok(at), stored: 0, known, flagged: 0 };
  if (next !== undefined && next.prev !== held.hash) {
    const isFork = held.seq > 0;
    if (isFork) await noteForReview(tx, terminal, [forkNote(at, at.hash, next.prev)], nowMs);
    return nothingStored(faultOf(isFork ? "fork" : "broken-chain", "it does not follow what is stored here", { at }));
  }
  const flagged = next === undefined ? 0 : await store(tx, intake, { held, fresh, batchNumber: locked.batchCount });
  const tip = fresh.at(-1) ?? held;
  const position = positionOf(batch.epoch, tip);
  const taken = batch.broken === null ? ok(position) : fail(brokenAfter(batch.epoch, tip));
  return { taken, stored: fresh.length, known, flagged };
}

/** @returns how many entries a person should look at */
async function store(
  tx: Tx,
  { terminal, batch, nowMs }: Intake,
  facts: { readonly held: EpochTip; readonly fresh: readonly ReadEntry[]; readonly batchNumber: number },
): Promise<number> {
  const { held, fresh, batchNumber } = facts;
  const ordinal = held.seq === 0 ? await nextOrdinal(tx, terminal) : held.ordinal;
  const received = { batch: batchNumber, receivedMs: nowMs };
  const opening = held.seq === 0 ? await judgeEpochOpening(tx, terminal, fresh[0], ordinal) : [];
  // Packed again where some of them were known.
  const packed = fresh.length === batch.sound.length ? batch.packed : undefined;
  await insertEntries(tx, terminal, fresh, received, packed);
  await noteForReview(tx, terminal, [...opening, ...judgeSignatures(terminal, fresh)], nowMs);
  const flagged = await projectEntries(tx, terminal, { ordinal, receivedMs: nowMs }, fresh);
  await advance(tx, terminal, ordinal, fresh);
  return flagged + opening.length;
}

/** Holds the terminal's row until the transaction ends: one upload of a till after another, and no revoking in between. */
async function lockTerminal(
  tx: Tx,
  { storeCode, terminalId }: Terminal,
  nowMs: number,
): Promise<{ readonly state: Terminal["state"]; readonly batchCount: number } | undefined> {
  const row = await tx.first<{ state: Terminal["state"]; batch_count: number }>(
    `UPDATE terminals SET batch_count = batch_count + 1, last_seen_ms = ?
     WHERE store_code = ? AND terminal_id = ? RETURNING state, batch_count`,
    [nowMs, storeCode, terminalId],
  );
  return row === undefined ? undefined : { state: row.state, batchCount: row.batch_count };
}

/** What is held where the till's entry of that seq has another hash; null where all that overlaps is the same. */
async function forkOf(tx: Tx, terminal: Terminal, batch: ReadBatch, held: EpochTip): Promise<Position | null> {
  const overlap = batch.sound.filter(({ seq }) => seq <= held.seq);
  const [first, last] = [overlap[0], overlap.at(-1)];
  if (first === undefined || last === undefined) return null;
  const hashes = await storedHashes(tx, terminal, batch.epoch, [first.seq, last.seq]);
  const other = overlap.find(({ seq, hash }) => hashes.get(seq) !== hash);
  return other === undefined ? null : { epoch: batch.epoch, seq: other.seq, hash: hashes.get(other.seq) ?? noHash };
}

async function nextOrdinal(tx: Tx, { storeCode, terminalId }: Terminal): Promise<number> {
  const row = await tx.first<{ epoch_count: number }>(
    `UPDATE terminals SET epoch_count = epoch_count + 1 WHERE store_code = ? AND terminal_id = ?
     RETURNING epoch_count`,
    [storeCode, terminalId],
  );
  if (row === undefined) throw new Error("the terminal's row is locked, so it is there");
  return row.epoch_count;
}

async function advance(tx: Tx, terminal: Terminal, ordinal: number, fresh: readonly ReadEntry[]): Promise<void> {
  const last = fresh.at(-1);
  if (last === undefined) return;
  const { storeCode, terminalId } = terminal;
  await tx.run(
    `INSERT INTO epochs (store_code, terminal_id, epoch, ordinal, seq, hash) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (store_code, terminal_id, epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
    [storeCode, terminalId, last.epoch, ordinal, last.seq, last.hash],
  );
}

function positionOf(epoch: string, { seq, hash }: Pick<EpochTip, "seq" | "hash">): Position {
  return { epoch, seq, hash };
}

function brokenAfter(epoch: string, tip: Pick<EpochTip, "seq" | "hash"> = { seq: 0, hash: noHash }): WireFault {
  return faultOf("broken-chain", "the entry after `at` is not the one that was sealed", { at: positionOf(epoch, tip) });
}
