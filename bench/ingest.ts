import { availableParallelism } from "node:os";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { readingThreadsFor } from "#headoffice/journal/upload-readers.ts";
import type { Sql } from "#headoffice/store/sql.ts";
import type { DatabaseChoice } from "#headoffice/store/open-store.ts";
import { benchShop, type OfficeBench, openOfficeBench } from "#tests/support/office-bench.ts";
import { startPostgres } from "#tests/support/postgres.ts";
import { benchResult, type BenchResult, distributionOf } from "./result.ts";
import { type Batch, type BareInsert, openBareInsert } from "./support/bare-insert.ts";
import { inScratchDirectory } from "./support/scratch-directory.ts";
import { collectGarbage } from "./support/collect-garbage.ts";
import { openUploadingTills, type Range, type Sent, type UploadingTills } from "./support/uploading-tills.ts";

/** Rounds that are measured, after one that is not; `INGEST_BENCH_ROUNDS` for a longer run. */
const rounds = Number(process.env["INGEST_BENCH_ROUNDS"] ?? 6);
/** Tills that upload at the same time, each with one request under way. */
const tillCount = 4;
/** Uploads of a till in a round. */
const uploadsOfRound = 5;
/** Sales of five lines in one upload: a full one. */
const salesAtOnce = 100;
/** A till waits far longer for an answer; half a second keeps a queue of tills moving. Milliseconds. */
const mostUploadMs = 500;

const uploadsOf =
  "SELECT batch FROM journal_events WHERE store_code = ? AND terminal_id = ? AND epoch = 'epoch-1' AND seq BETWEEN ? AND ?";
const salesOf = "SELECT sale_id FROM sales WHERE store_code = ? AND terminal_id = ? AND seq BETWEEN ? AND ?";
/** Every table an upload adds rows to, with the rows one batch adds; the two counters are written over. */
const tables = [
  ["journal_events", "epoch = 'epoch-1' AND seq BETWEEN ? AND ?"],
  ["upload_bodies", `batch IN (${uploadsOf})`],
  ["sales", "seq BETWEEN ? AND ?"],
  ["sale_lines", `sale_id IN (${salesOf})`],
  ["tenders", `sale_id IN (${salesOf})`],
] as const;

/**
 * Uploads of a hundred sales over HTTP on loopback, signed and packed as tills do it and made beforehand: signature, nonce,
 * chain, hashes, projections, commit. Beside it the bare insert of the very rows they added into a database of the same
 * shape, a transaction each. The two take turns.
 */
export async function run(): Promise<readonly BenchResult[]> {
  return inScratchDirectory(async (directory) => {
    const file = (name: string) => ({ kind: "sqlite", path: join(directory, `${name}.db`) }) as const;
    const sqlite = await measure({ name: "ingest-sqlite", least: 5_000 }, file("ours"), file("bare"));
    const server = await startPostgres();
    try {
      const database = async () => ({ kind: "postgres", url: await server.createDatabase() }) as const;
      const postgres = await measure({ name: "ingest-postgres", least: 2_000 }, await database(), await database());
      return [...sqlite, ...postgres];
    } finally {
      await server.close();
    }
  });
}

interface Samples {
  /** Milliseconds of a batch, by round. */
  readonly ours: number[];
  readonly bare: number[];
  /** Milliseconds of each upload. */
  readonly uploads: number[];
}

async function measure(
  what: { readonly name: string; readonly least: number },
  ours: DatabaseChoice,
  other: DatabaseChoice,
): Promise<readonly BenchResult[]> {
  const bench = await openOfficeBench(ours, readingThreadsFor(availableParallelism()));
  const tills = await openTills(bench);
  const bare = await openBareInsert(other, tillCount);
  const samples: Samples = { ours: [], bare: [], uploads: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const { ranges } = await tills.prepare();
    collectGarbage();
    const sent = await tills.send();
    assert(sent.refusal === null, `a batch is taken in: ${sent.refusal ?? ""}`);
    const bareMs = await writeBare(bare, bench.office.sql, ranges);
    // The first is not measured.
    if (round > 0) note(samples, sent, bareMs);
  }
  await tills.close();
  await bench.close();
  await bare.close();
  return resultsOf(what, samples);
}

const terminalIds = Array.from({ length: tillCount }, (_, index) => `T0${index + 1}`);

async function openTills(bench: OfficeBench): Promise<UploadingTills> {
  const codes = [];
  for (const terminalId of terminalIds) codes.push({ terminalId, code: await bench.codeFor(terminalId) });
  const { storeCode } = benchShop;
  const { url } = bench;
  return openUploadingTills({ url, nowMs: bench.now(), storeCode, codes, uploads: uploadsOfRound, sales: salesAtOnce });
}

/** @returns how long all of a round's rows took, in milliseconds */
async function writeBare(bare: BareInsert, sql: Sql, ranges: readonly (readonly Range[])[]): Promise<number> {
  const ofTills: Batch[][] = [];
  for (const [index, terminalId] of terminalIds.entries()) {
    const batches: Batch[] = [];
    for (const range of ranges[index] ?? []) batches.push(await rowsOf(sql, [benchShop.storeCode, terminalId], range));
    ofTills.push(batches);
  }
  collectGarbage();
  const startedAt = performance.now();
  await bare.write(ofTills);
  return performance.now() - startedAt;
}

async function rowsOf(sql: Sql, place: readonly string[], range: Range): Promise<Batch> {
  const batch = [];
  for (const [table, where] of tables) {
    const values = / IN /.test(where) ? [...place, ...place, ...range] : [...place, ...range];
    const rows = await sql.rows(`SELECT * FROM ${table} WHERE store_code = ? AND terminal_id = ? AND ${where}`, values);
    batch.push({ table, columns: Object.keys(rows[0] ?? {}), rows: rows.map((row) => Object.values(row)) });
  }
  return batch;
}

const batchesOfRound = tillCount * uploadsOfRound;

function note({ ours, bare, uploads }: Samples, sent: Sent, bareMs: number): void {
  ours.push(sent.elapsedMs / batchesOfRound);
  bare.push(bareMs / batchesOfRound);
  uploads.push(...sent.uploadMs);
}

function resultsOf(
  { name, least }: { readonly name: string; readonly least: number },
  { ours, bare, uploads }: Samples,
): readonly BenchResult[] {
  const [batch, limit] = [distributionOf(ours), distributionOf(bare).p50];
  const ratio = batch.p50 / limit;
  const rateOf = (batchMs: number) => (salesAtOnce * 1_000) / batchMs;
  const upload = distributionOf(uploads);
  // A rate's high percentiles are its low figures: nearly all of the rounds were as fast as p99.
  const rate = { p50: rateOf(batch.p50), p99: rateOf(batch.p99), max: rateOf(Math.min(...ours)), n: batch.n };
  return [
    benchResult({ name, unit: "ms", ...batch, limit, ratio, budget: { ratio: 2.5 } }),
    benchResult({ name: `${name}-rate`, unit: "sales/s", ...rate, limit: rateOf(limit), ratio, budget: { least } }),
    benchResult({
      ...{ name: `${name}-upload`, unit: "ms", ...upload, limit },
      ...{ ratio: upload.p50 / limit, budget: { p99: mostUploadMs } },
    }),
  ];
}
