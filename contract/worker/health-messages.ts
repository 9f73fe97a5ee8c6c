import { z } from "zod";

const path = z.string().min(1).max(4_096);
const count = z.int().min(0);
/** Far above what any of the files is; a longer one is a mistake of ours. */
const mostTextCharacters = 200_000;

/** SQLite's own look through sales.db, table by table. */
export const checkDatabaseJob = z.strictObject({ kind: z.literal("check-database"), salesDb: path });
export type CheckDatabaseJob = z.infer<typeof checkDatabaseJob>;

export const checkDatabaseResult = z.strictObject({ problems: count, bytes: count, tookMs: count });
export type CheckDatabaseResult = z.infer<typeof checkDatabaseResult>;

/** So much of each file is shown before anything is saved. Characters. */
export const shownCharacters = 6_000;

/**
 * Puts what support is given into one file. `files` are the till's own words; the log is read, scrubbed and cut here, and
 * of the books only how much there is of what.
 */
export const supportBundleJob = z.strictObject({
  kind: z.literal("support-bundle"),
  salesDb: path,
  catalogDb: path,
  logFolder: path,
  files: z.array(z.strictObject({ name: z.string().max(64), text: z.string().max(mostTextCharacters) })).max(20),
  /** Null: only told what would be in it. */
  target: path.nullable(),
});
export type SupportBundleJob = z.infer<typeof supportBundleJob>;

const bundleEntry = z.strictObject({
  name: z.string().max(64),
  /** Unpacked. */
  bytes: count,
  /** How it begins. */
  text: z.string().max(shownCharacters),
});

export const supportBundleResult = z.strictObject({
  entries: z.array(bundleEntry).max(40),
  /** Of the file as it is saved. */
  bytes: count,
});
export type SupportBundleResult = z.infer<typeof supportBundleResult>;
