import { z } from "zod";
import { daysLayout, salesLayout } from "../config/legacy-files.ts";

/** A file for another system of the shop: what happened since the last one, and how far that was. */

const path = z.string().min(1).max(4_096);
const day = z.iso.date();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A place in the journal, and what stands there: after a restore another entry may. */
export const journalMark = z.strictObject({ position: z.int().min(0), hash: hash.nullable() });
export type JournalMark = z.infer<typeof journalMark>;

/** As long as nothing was written: the first business day that is; null for all of them. */
const since = day.nullable();

export const writeOutgoingJob = z.strictObject({
  kind: z.literal("write-outgoing"),
  salesDb: path,
  /** Written whole; nothing where there is nothing to say. */
  target: path,
  what: z.discriminatedUnion("of", [
    z.strictObject({ of: z.literal("sales"), after: journalMark, since, layout: salesLayout }),
    /** Business days after the one and before the other; null: from the first. */
    z.strictObject({ of: z.literal("days"), after: day.nullable(), before: day, since, layout: daysLayout }),
    /** What stood in files up to that mark of one business day, once more. */
    z.strictObject({ of: z.literal("sales-again"), day, upTo: journalMark, layout: salesLayout }),
  ]),
});
export type WriteOutgoingJob = z.infer<typeof writeOutgoingJob>;

export const writeOutgoingResult = z.strictObject({
  of: z.literal("write-outgoing"),
  rowCount: z.int().min(0),
  upTo: z.union([journalMark, day]).nullable(),
});
