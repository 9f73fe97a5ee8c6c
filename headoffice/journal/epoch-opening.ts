import { z } from "zod";
import { positionSchema } from "#contract/wire/journal.ts";
import type { ReviewNote, ReviewReason } from "../projections/review.ts";
import type { Tx } from "../store/sql.ts";
import type { Terminal } from "../terminals/terminal.ts";
import type { SoundEntry } from "./check-batch.ts";
import { epochTip, storedHashes } from "./stored-entries.ts";

const openedSchema = z.object({ previous: positionSchema.nullable() });

/**
 * Whether a new epoch says truly what it follows. What is wrong is for a person, never a reason to refuse: after a lost
 * disk or a restored backup the till's own memory is what cannot be trusted.
 */
export async function judgeEpochOpening(
  tx: Tx,
  terminal: Terminal,
  first: SoundEntry | undefined,
  ordinal: number,
): Promise<readonly ReviewNote[]> {
  if (first === undefined) return [];
  const note = (reason: ReviewReason, detail = ""): readonly ReviewNote[] => [
    { epoch: first.epoch, seq: first.seq, reason, detail },
  ];
  if (first.kind !== "epoch-opened") return note("epoch-not-opened");
  const read = openedSchema.safeParse(jsonOf(Buffer.from(first.body).toString()));
  if (!read.success) return note("epoch-not-opened", "its body does not say what it follows");
  const { previous } = read.data;
  if (previous === null) return ordinal === 1 ? [] : note("epoch-without-past");
  if (previous.seq === 0) return [];
  const held = await epochTip(tx, terminal, previous.epoch);
  if (held === undefined || held.seq < previous.seq) {
    return note("epoch-past-missing", `${previous.epoch} ${previous.seq}, held up to ${held?.seq ?? 0}`);
  }
  const hashes = await storedHashes(tx, terminal, previous.epoch, [previous.seq, previous.seq]);
  if (hashes.get(previous.seq) !== previous.hash)
    return note("epoch-past-differs", `${previous.epoch} ${previous.seq}`);
  if (held.seq === previous.seq) return [];
  return note("epoch-leaves-entries", `${previous.epoch} ${previous.seq}, held up to ${held.seq}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
