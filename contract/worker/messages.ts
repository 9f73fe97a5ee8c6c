import { z } from "zod";
import {
  exportJournalJob,
  readJournalJob,
  readJournalResult,
  verifyJournalJob,
  verifyJournalResult,
} from "#contract/worker/audit-messages.ts";
import { type Fen, isFen } from "#core/money/fen.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import { backupFault, backupJobs, backupResults } from "./backup-messages.ts";
import {
  checkDatabaseJob,
  checkDatabaseResult,
  supportBundleJob,
  supportBundleResult,
} from "#contract/worker/health-messages.ts";
import { catalogFaults, exportItemsJob, importJob, importResult } from "./catalog-messages.ts";
import { reportJobs, reportResults } from "./report-jobs.ts";

/*
 * Main ⇄ worker: the process that does long work beside the till. Both ends parse what they hear: one of them may be an
 * older build that an update has left running, and a message that is none must end a job, never a sale.
 */

const jobId = z.int().min(1);
const path = z.string().min(1).max(4_096);
const day = z.iso.date();
const sha1 = z.string().regex(/^[0-9a-f]{40}$/);
/** Sums of a merchant's day may be larger than any one amount. */
const sumFen = z.int();
const count = z.int().min(0);
const number = z.string().max(64);

/** A bill on the disk: as downloaded, or as kept from an earlier run without what is about persons. */
const billFile = z.strictObject({ path, sha1 });

/** Rows sent at once, so that main stores them in one short transaction. */
export const findingsAtOnce = 200;
/** Far above what one till leaves to the next day; a list that is longer is no list of ours. */
const mostAwaited = 100_000;

export const reconcileJob = z.strictObject({
  kind: z.literal("reconcile"),
  day,
  mchid: z.string().max(32),
  till: z.strictObject({ storeCode: z.string().max(8), terminalId: z.string().max(8) }),
  /** Read, never written. */
  salesDb: path,
  awaited: z.array(number).max(mostAwaited),
  /** Null: the gateway says that no statement exists. */
  trade: billFile.nullable(),
  /** Null: there is none, or it could not be had. */
  fundFlow: billFile.nullable(),
  /** Where to keep what was read; null where it was read from there. */
  keep: z.strictObject({ trade: path, fundFlow: path }).nullable(),
});
export type ReconcileJob = z.infer<typeof reconcileJob>;

export const exportJob = z.strictObject({
  kind: z.literal("export-findings"),
  day,
  salesDb: path,
  target: path,
  locale: z.enum(["zh-CN", "en"]),
});
export type ExportJob = z.infer<typeof exportJob>;

/** Does nothing for so long, in one piece: how tests see a worker that hangs and one that is cancelled. */
const idleJob = z.strictObject({ kind: z.literal("idle"), ms: z.int().min(0), isDeaf: z.boolean() });

export const job = z.discriminatedUnion("kind", [
  reconcileJob,
  exportJob,
  importJob,
  exportItemsJob,
  idleJob,
  readJournalJob,
  verifyJournalJob,
  exportJournalJob,
  checkDatabaseJob,
  supportBundleJob,
  ...reportJobs,
  ...backupJobs,
]);
export type Job = z.infer<typeof job>;

export const workerRequest = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("job"), jobId, job }),
  /** The last rows are stored: send the next. */
  z.strictObject({ kind: z.literal("taken"), jobId }),
  z.strictObject({ kind: z.literal("cancel"), jobId }),
  z.strictObject({ kind: z.literal("close") }),
]);
export type WorkerRequest = z.infer<typeof workerRequest>;

const ms = z.number().min(0);
const kept = z.strictObject({ sha1, keptSha1: sha1 }).nullable();

export const reconcileResult = z.strictObject({
  trade: kept,
  fundFlow: kept,
  rowCount: count,
  othersCount: count,
  billPaidFen: sumFen,
  billRefundedFen: sumFen,
  herePaidFen: sumFen,
  hereRefundedFen: sumFen,
  isEmptyDayRight: z.boolean(),
  account: z.strictObject({ inFen: sumFen, outFen: sumFen, differenceFen: sumFen }).nullable(),
  /** What the parts of it took, without the time main took to store the findings. */
  took: z.strictObject({ tradeMs: ms, fundFlowMs: ms, matchMs: ms }),
});
export type ReconcileResult = z.infer<typeof reconcileResult>;

export const exportResult = z.strictObject({ rowCount: count });
export type ExportResult = z.infer<typeof exportResult>;

const fen = z.custom<Fen>((value) => typeof value === "number" && isFen(value), "an amount in fen").nullable();

export const finding = z.strictObject({
  kind: z.enum([
    ...(["matched", "missing-here", "missing-there", "amount-differs", "taken-back", "charged-twice"] as const),
    ...(["cross-midnight", "refund-matched", "refund-missing-here", "refund-missing-there"] as const),
    ...(["refund-amount-differs", "refunded-twice"] as const),
  ]),
  action: z.enum(["none", "finish-attempt", "refund-customer", "ask-gateway", "wait-for-next-bill", "look-into"]),
  outTradeNo: number,
  outRefundNo: number.nullable(),
  saleId: number.nullable(),
  hereFen: fen,
  thereFen: fen,
  line: z.int().min(1).nullable(),
  time: z.string().max(32).nullable(),
}) satisfies z.ZodType<Finding>;

const which = z.enum(["trade", "fund-flow"]);

/** Why a job came to nothing. `failed` is a mistake of ours; the kind of error only, its message may quote a bill. */
export const jobFault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hash-differs"), which }),
  z.strictObject({
    kind: z.literal("bad-line"),
    which,
    line: count,
    problem: z.string().max(200),
  }),
  z.strictObject({ kind: z.literal("too-large"), which }),
  z.strictObject({ kind: z.literal("unreadable"), which, code: z.string().max(64) }),
  z.strictObject({ kind: z.literal("cannot-write"), code: z.string().max(64) }),
  ...catalogFaults,
  backupFault,
  z.strictObject({ kind: z.literal("too-many-rows"), limit: count }),
  z.strictObject({ kind: z.literal("cancelled") }),
  z.strictObject({ kind: z.literal("failed"), error: z.string().max(200) }),
]);
export type JobFault = z.infer<typeof jobFault>;

export const workerEvent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  /** Told at least every second while a job runs: whoever is silent for long hangs. */
  z.strictObject({ kind: z.literal("progress"), jobId, share: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal("findings"), jobId, findings: z.array(finding).max(findingsAtOnce) }),
  z.strictObject({
    kind: z.literal("done"),
    jobId,
    result: z.discriminatedUnion("of", [
      reconcileResult.extend({ of: z.literal("reconcile") }),
      exportResult.extend({ of: z.literal("export-findings") }),
      importResult.extend({ of: z.literal("import-items") }),
      exportResult.extend({ of: z.literal("export-items") }),
      z.strictObject({ of: z.literal("idle") }),
      ...reportResults,
      ...backupResults,
      readJournalResult.extend({ of: z.literal("read-journal") }),
      verifyJournalResult.extend({ of: z.literal("verify-journal") }),
      exportResult.extend({ of: z.literal("export-journal-csv") }),
      checkDatabaseResult.extend({ of: z.literal("check-database") }),
      supportBundleResult.extend({ of: z.literal("support-bundle") }),
    ]),
  }),
  z.strictObject({ kind: z.literal("refused"), jobId, fault: jobFault }),
]);
export type WorkerEvent = z.infer<typeof workerEvent>;
export type JobResult = Extract<WorkerEvent, { kind: "done" }>["result"];
