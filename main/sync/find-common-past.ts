import type { Position } from "#contract/wire/journal.ts";
import type { SyncAlarm } from "#contract/ipc/sync-view.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { noNumbers, type NumberOwner, type NumbersUsed, numbersUsed } from "#core/sync/numbers-used.ts";
import type { EpochCause, Mark } from "#core/sync/upload.ts";
import type { EpochOpening, Outbox } from "#main/till/ports/outbox.ts";
import type { OfficeClient } from "./office-client.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

/** Entries of one epoch that are fetched at most: fifty years of a busy till, and an end to what a mistake can ask for. */
const mostLostEntries = 5_000_000;
const noHash = "0".repeat(64);

/** `compared`: both sides share their past. `opened`: they do not, and a new epoch has begun. */
export type PastOutcome = "compared" | "opened";
export type PastFault = Exclude<OfficeAnswer<never>, { kind: "ok" }>;

export interface PastDeps {
  readonly client: Pick<OfficeClient, "positions" | "storedEntries">;
  readonly outbox: Outbox;
  readonly owner: NumberOwner;
  readonly now: () => number;
}

/** Where head office leaves this journal in one epoch. */
interface Divergence {
  readonly epoch: string;
  /** The last entry both sides have of it. */
  readonly common: Mark;
  /** Own entries after it have other hashes. */
  readonly isForked: boolean;
  readonly numbers: NumbersUsed;
  readonly through: number;
}

/**
 * Compares what head office holds with this journal, epoch by epoch: at the start, and when an answer does not fit. A
 * restored backup, a cloned disk or a new file under an old name end in a new epoch; what this file has lost is kept for
 * the record, its numbers are never given again, and nothing that is written here or there is changed.
 * @param told what an upload was refused with, if that was why
 */
export async function findCommonPast(
  deps: PastDeps,
  told: { readonly cause: EpochCause; readonly at: Mark } | null,
): Promise<Result<PastOutcome, PastFault>> {
  const { client, outbox } = deps;
  const held = await client.positions();
  if (held.kind !== "ok") return fail(held);
  const divergences: Divergence[] = [];
  for (const position of held.value.positions) {
    const found = await compareEpoch(deps, position);
    if (!found.ok) return found;
    if (found.value !== null) divergences.push(found.value);
  }
  rewindForgotten(outbox, held.value.positions);
  if (divergences.length > 0) {
    outbox.openEpoch(openingFor(deps, divergences));
    return ok("opened");
  }
  if (told?.cause === "broken-chain" && outbox.hashAt(told.at.epoch, told.at.seq) === told.at.hash) {
    outbox.openEpoch(openingAfterBreak(deps, told.at));
    return ok("opened");
  }
  if (told === null) return ok("compared");
  // Head office says one thing of an upload and another of its own shelves: nothing is decided on that.
  return fail({ kind: "not-understood", isWrongOffice: false, detail: `${told.cause} that its positions do not show` });
}

async function compareEpoch(deps: PastDeps, position: Position): Promise<Result<Divergence | null, PastFault>> {
  const { outbox } = deps;
  const { epoch, seq, hash } = position;
  const own = outbox.positions().find((one) => one.epoch === epoch);
  const ownHash = outbox.hashAt(epoch, seq);
  if (own !== undefined && own.forkedAt === null && ownHash === hash) {
    // Sent by this file, and the answer never came.
    if (own.acked < seq) outbox.advance(position);
    return ok(null);
  }
  const known = outbox.lostThrough(epoch);
  if (seq <= known) return ok(null);
  if (own !== undefined && own.forkedAt !== null && seq < own.forkedAt) return ok(null);
  return fetchPast(deps, position, known > 0 ? known : (own?.acked ?? 0));
}

/**
 * Head office's entries of an epoch from `from` on, beside ours. All it has beyond the last common one is kept; the place
 * of that one is noted as acknowledged, because there it is.
 */
async function fetchPast(deps: PastDeps, { epoch, seq: heldSeq }: Position, from: number): Promise<Fetched> {
  const { client, outbox, owner } = deps;
  const own = outbox.positions().find((one) => one.epoch === epoch);
  let common = markAt(outbox, epoch, own?.forkedAt === undefined || own.forkedAt === null ? from : own.forkedAt - 1);
  let numbers = noNumbers;
  let after = from;
  while (after < heldSeq && after - from < mostLostEntries) {
    const page = await client.storedEntries(epoch, after);
    if (page.kind !== "ok") return fail(page);
    const { entries } = page.value;
    const [first] = entries;
    if (first === undefined || !isContiguous(entries, epoch, after)) return fail(gap(epoch, after));
    // What was acknowledged once was the same on both sides; where head office changed its mind, all of it is looked at.
    if (after === from && from > 0 && common.seq === from && common.hash !== first.prev)
      return fetchPast(deps, { epoch, seq: heldSeq, hash: "" }, 0);
    const shared = entries.findLast(({ seq, hash }) => outbox.hashAt(epoch, seq) === hash);
    if (shared !== undefined) common = { epoch, seq: shared.seq, hash: shared.hash };
    const theirs = entries.filter(({ seq }) => seq > common.seq);
    if (theirs.length > 0) outbox.keepLost(theirs);
    numbers = numbersUsed(owner, theirs, numbers);
    after = entries.at(-1)?.seq ?? heldSeq;
  }
  if (own !== undefined && own.forkedAt === null && own.acked < common.seq) outbox.advance(common);
  return ok({ epoch, common, isForked: (own?.lastSeq ?? 0) > common.seq, numbers, through: after });
}

/** Our own entry there; before the first where there is none. */
function markAt(outbox: Outbox, epoch: string, seq: number): Mark {
  const hash = outbox.hashAt(epoch, seq);
  return hash === null ? { epoch, seq: 0, hash: noHash } : { epoch, seq, hash };
}

type Fetched = Result<Divergence, PastFault>;

function isContiguous(entries: readonly WireEntry[], epoch: string, after: number): boolean {
  return entries.every((entry, index) => entry.epoch === epoch && entry.seq === after + index + 1);
}

function gap(epoch: string, after: number): PastFault {
  return { kind: "not-understood", isWrongOffice: false, detail: `no entries of ${epoch} after ${after}` };
}

/** A head office that was restored from a backup has less than it once acknowledged: it is sent again. */
function rewindForgotten(outbox: Outbox, held: readonly Position[]): void {
  for (const { epoch, acked, forkedAt } of outbox.positions()) {
    if (forkedAt !== null) continue;
    const there = held.find((one) => one.epoch === epoch) ?? { epoch, seq: 0, hash: noHash };
    if (there.seq < acked && outbox.hashAt(epoch, there.seq) === there.hash) outbox.advance(there);
  }
}

function openingFor({ outbox, now }: PastDeps, divergences: readonly Divergence[]): EpochOpening {
  const current = outbox.positions().at(-1);
  const here = divergences.find(({ epoch }) => epoch === current?.epoch);
  const first = divergences[0];
  const forks = divergences.filter(({ isForked }) => isForked);
  const cause: EpochCause = forks.length > 0 ? "fork" : "tail-lost";
  const shown = here ?? forks[0] ?? first;
  const alarm: SyncAlarm = {
    kind: cause,
    atMs: now(),
    epoch: shown?.epoch ?? "",
    seq: (shown?.common.seq ?? 0) + 1,
  };
  return {
    cause,
    previous: here?.common ?? tipOf(outbox),
    forks: forks.map(({ epoch, common }) => ({ epoch, seq: common.seq + 1 })),
    lost: divergences.map(({ epoch, through }) => ({ epoch, through })),
    saleNumber: Math.max(...divergences.map(({ numbers }) => numbers.saleNumber)),
    attemptNumber: Math.max(...divergences.map(({ numbers }) => numbers.attemptNumber)),
    alarm,
  };
}

/** This file's own entry after `at` is not the one that was sealed: it and what follows it go to quarantine. */
function openingAfterBreak({ now }: PastDeps, at: Mark): EpochOpening {
  const from = { epoch: at.epoch, seq: at.seq + 1 };
  return {
    ...{ cause: "broken-chain", previous: at, forks: [from], lost: [], saleNumber: 0, attemptNumber: 0 },
    alarm: { kind: "broken-chain", atMs: now(), ...from },
  };
}

function tipOf(outbox: Outbox): Mark | null {
  const current = outbox.positions().at(-1);
  if (current === undefined) return null;
  const hash = outbox.hashAt(current.epoch, current.lastSeq);
  return hash === null ? null : { epoch: current.epoch, seq: current.lastSeq, hash };
}
