import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { journalMark } from "#contract/worker/outgoing-job.ts";
import { writeDurably } from "#main/secret/write-durably.ts";

/** What was written for other systems last: nothing of it is written twice. */

const common = {
  /** The day of the last time of the day that was seen to. */
  slot: z.iso.date().nullable(),
  /** The last closed shift that was seen to. */
  shift: z.string().max(64).nullable(),
  /** The first business day of the first file, null: the till's first; left out until it is switched on. */
  since: z.iso.date().nullable().optional(),
  /** A file that has all of its bytes and not yet its name. It counts as written: `after` is behind it. */
  staged: z.strictObject({ folder: z.string().max(1_024), name: z.string().max(100) }).nullable(),
};
const marksSchema = z.strictObject({
  sales: z.strictObject({ ...common, after: journalMark }),
  days: z.strictObject({ ...common, after: z.iso.date().nullable() }),
});
export type OutgoingMarks = z.infer<typeof marksSchema>;

const none = { slot: null, shift: null, staged: null };
const beginning: OutgoingMarks = {
  sales: { ...none, after: { position: 0, hash: null } },
  days: { ...none, after: null },
};

export interface MarksFile {
  read(): OutgoingMarks;
  /** On the disk before it returns; throws when the disk refuses. */
  write(marks: OutgoingMarks): void;
}

/**
 * Marks as a file beside the books. Throws where it is there and cannot be understood: to begin anew would write everything
 * a second time, which only a person may decide by removing the file.
 */
export function openMarks(path: string): MarksFile {
  let marks = existsSync(path) ? marksSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : beginning;
  return {
    read: () => marks,
    write(next) {
      writeDurably(path, `${JSON.stringify(next)}\n`);
      marks = next;
    },
  };
}
