import { z } from "zod";
import { auditGroups } from "#core/journal/audit-groups.ts";

const path = z.string().min(1).max(4_096);
const id = z.string().min(1).max(64);

/** What is looked for; null: anything. All of it must hold. */
export const auditQuery = z.strictObject({
  /** Milliseconds since the epoch by the till's calendar; `toMs` is not in it. */
  fromMs: z.int().min(0).nullable(),
  toMs: z.int().min(0).nullable(),
  /** Who did it, approved it, or had it done to them. */
  personId: id.nullable(),
  group: z.enum(auditGroups).nullable(),
  amountFen: z.int().nullable(),
  saleNumber: z.string().min(1).max(32).nullable(),
  /** Anywhere in the entry as it was written. */
  text: z.string().min(1).max(64).nullable(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** An entry as it is looked at. */
export const auditEntry = z.strictObject({
  /** Its row for ever: what pages go by. */
  position: z.int().min(1),
  epoch: z.string().max(64),
  seq: z.int().min(1),
  /** Its first eight digits, as they stand on a receipt. */
  hash8: z.string().length(8),
  kind: z.string().max(64),
  atMs: z.number(),
  personId: z.string().max(64).nullable(),
  approverId: z.string().max(64).nullable(),
  aboutId: z.string().max(64).nullable(),
  /** Of a finished sale of this till: it has a paper. */
  saleId: z.string().max(64).nullable(),
  saleNumber: z.string().max(64).nullable(),
  amountFen: z.int().nullable(),
  note: z.string().max(120).nullable(),
  /** In English where it is another. */
  noteEn: z.string().max(120).nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Rows of a page; entries one search looks through before it says how far it came: about a quarter of a second. */
export const auditPageRows = 50;
export const auditStep = 20_000;
/** Entries checked in one go. */
export const verifyStep = 25_000;

export const readJournalJob = z.strictObject({
  kind: z.literal("read-journal"),
  salesDb: path,
  query: auditQuery,
  /** Only entries before this position; null begins with the newest. */
  before: z.int().min(1).nullable(),
});
export type ReadJournalJob = z.infer<typeof readJournalJob>;

export const readJournalResult = z.strictObject({
  entries: z.array(auditEntry).max(auditPageRows),
  /** Where to go on; null: the beginning of the journal is reached. */
  before: z.int().min(1).nullable(),
  /** When the last entry looked at was written; null where none was. */
  reachedMs: z.number().nullable(),
});
export type ReadJournalResult = z.infer<typeof readJournalResult>;

export const verifyJournalJob = z.strictObject({
  kind: z.literal("verify-journal"),
  salesDb: path,
  /** Everything up to this position is checked. */
  after: z.int().min(0),
});
export type VerifyJournalJob = z.infer<typeof verifyJournalJob>;

export const verifyJournalResult = z.strictObject({
  /** Checked up to here. */
  through: z.int().min(0),
  /** How many entries there are. */
  total: z.int().min(0),
  /** The first that does not fit; null: none of these. */
  broken: z.strictObject({ seq: z.int().min(0), why: z.enum(["seq-gap", "wrong-prev", "wrong-hash"]) }).nullable(),
});
export type VerifyJournalResult = z.infer<typeof verifyJournalResult>;

export const exportJournalJob = z.strictObject({
  kind: z.literal("export-journal-csv"),
  salesDb: path,
  query: auditQuery,
  target: path,
  locale: z.enum(["zh-CN", "en"]),
  /** The shop's clock, minutes east of UTC. */
  utcOffsetMinutes: z.int().min(-720).max(840),
});
export type ExportJournalJob = z.infer<typeof exportJournalJob>;
