import type Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import type { BillTrouble } from "#core/reconciliation/bill-trouble.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import type { CompareResult } from "#main/till/ports/bill-room.ts";
import type { ComparedDay, ReconciledDay, ReconciliationStore } from "#main/till/ports/reconciliation-store.ts";
import { type FindingRows, findingRows } from "./findings.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

/** Rows taken away in one transaction: a few milliseconds. */
const sweptAtOnce = 500;

/** Days beside the gateway's bills. A run that is cut off leaves nothing anybody reads; the same bill twice changes nothing. */
export function reconciliations({ db, change }: SalesDatabase, journal: Journal): ReconciliationStore {
  const rows: FindingRows = findingRows(db);
  const { first, all, one, putTrouble, putResult, fillResult, nextRun } = prepare(db);
  const dayOf = (row: DayRow): ReconciledDay => {
    const { open, waiting } = rows.openAndWaiting(row.day);
    return { day: row.day, trouble: troubleOf(row), compared: comparedOf(row), openCount: open, waitingCount: waiting };
  };
  /** Numbers of a staged run that were met so far, for keys; one run at a time. */
  let met: { readonly day: string; readonly run: number; readonly times: Map<string, number> } | null = null;

  return {
    firstPaymentAtMs: () => first.get() ?? null,
    reconciledDays: () => all.all().map(dayOf),
    reconciledDay(day) {
      const row = one.get(day);
      return row === undefined ? null : dayOf(row);
    },
    openDays: () => rows.openDays(),
    saveBillTrouble(day, trouble) {
      change(() => putTrouble.run({ day, ...trouble }));
    },
    awaitedAfter: (day) => rows.awaited(day),

    beginRun(day) {
      const run = change(() => {
        rows.dropStaged(day);
        return nextRun.pluck().get(day);
      });
      assert(run !== undefined, "a day has a next run");
      met = { day, run, times: new Map() };
      return run;
    },
    stageFindings(day, run, findings) {
      assert(met !== null && met.day === day && met.run === run, "findings are staged in the run that was begun");
      const { times } = met;
      change(() => {
        for (const finding of findings) rows.insert(day, run, keyOf(finding, times), finding);
      });
    },
    finishRun(day, run, result, times) {
      assert(met?.day === day && met.run === run, "the run that ends is the one that was begun");
      met = null;
      change(() => {
        const before = one.get(day);
        putResult.run({ day, run, comparedAtMs: times.comparedAtMs });
        fillResult.run({ day, fetchedAtMs: times.fetchedAtMs, ...columnsOf(result) });
        const counts = rows.counts(day);
        const body = { day, run, ...result, findings: counts };
        const isNew = before === undefined || before.run === 0 || !isSameResult(before, result);
        // A comparison that says what the last one said is no event; how findings end is journaled by itself.
        if (isNew) journal.append({ kind: "day-reconciled", body });
      });
    },
    sweepFindings: (beforeDay) => change(() => rows.sweep(beforeDay, sweptAtOnce)) > 0,

    findingCounts: (day) => rows.counts(day),
    findings: (day, group, limit, after) => rows.page(day, group, limit, after),
    finding: (day, key) => rows.find(day, key),
    daysAbout: (outTradeNo) => rows.daysAbout(outTradeNo),
    actOnFinding(day, key, act) {
      change(() => {
        const found = rows.find(day, key);
        assert(found !== null, `finding ${key} of ${day} is there`);
        assert(found.state === "open" || found.state === "waiting", `finding ${key} of ${day} is not over`);
        rows.insertAct(day, key, found.facts, act);
        const { kind, action, outTradeNo, outRefundNo, hereFen, thereFen } = found;
        const about = { day, key, kind, action, outTradeNo, outRefundNo, hereFen, thereFen };
        journal.append({ kind: "finding-acted-on", body: { ...about, ...act } });
      });
    },
  };
}

function prepare(db: Database.Database) {
  const first = db.prepare<[], number>("SELECT created_at_ms FROM attempts ORDER BY rowid LIMIT 1").pluck();
  const all = db.prepare<[], DayRow>("SELECT * FROM reconciled_days ORDER BY day DESC");
  const one = db.prepare<[string], DayRow>("SELECT * FROM reconciled_days WHERE day = ?");
  const putTrouble = db.prepare(`
    INSERT INTO reconciled_days (day, tries, tried_at_ms, next_try_at_ms, trouble, trouble_detail)
    VALUES (@day, @tries, @triedAtMs, @nextTryAtMs, @trouble, @detail)
    ON CONFLICT (day) DO UPDATE SET tries = @tries, tried_at_ms = @triedAtMs, next_try_at_ms = @nextTryAtMs,
      trouble = @trouble, trouble_detail = @detail`);
  const putResult = db.prepare(`
    INSERT INTO reconciled_days (day, run, compared_at_ms) VALUES (@day, @run, @comparedAtMs)
    ON CONFLICT (day) DO UPDATE SET run = @run, compared_at_ms = @comparedAtMs`);
  const fillResult = db.prepare(`
    UPDATE reconciled_days SET tries = 0, tried_at_ms = NULL, next_try_at_ms = NULL, trouble = NULL, trouble_detail = NULL,
      fetched_at_ms = @fetchedAtMs, trade_sha1 = @tradeSha1, trade_kept_sha1 = @tradeKeptSha1, flow_sha1 = @flowSha1,
      flow_kept_sha1 = @flowKeptSha1, row_count = @rowCount, others_count = @othersCount, bill_paid_fen = @billPaidFen,
      bill_refunded_fen = @billRefundedFen, here_paid_fen = @herePaidFen, here_refunded_fen = @hereRefundedFen,
      empty_is_right = @emptyIsRight, account_in_fen = @accountInFen, account_out_fen = @accountOutFen,
      account_diff_fen = @accountDiffFen
    WHERE day = @day`);
  const nextRun = db.prepare<[string], number>("SELECT coalesce(max(run), 0) + 1 FROM reconciled_days WHERE day = ?");
  return { first, all, one, putTrouble, putResult, fillResult, nextRun };
}

/** A number may stand in a bill more than once; its turn tells the findings apart, in the order of the bill. */
function keyOf(finding: Finding, times: Map<string, number>): string {
  const number = `${finding.outTradeNo}/${finding.outRefundNo ?? ""}`;
  const turn = (times.get(number) ?? 0) + 1;
  times.set(number, turn);
  return `${number}/${turn}`;
}

interface DayRow {
  readonly day: string;
  readonly tries: number;
  readonly tried_at_ms: number | null;
  readonly next_try_at_ms: number | null;
  readonly trouble: BillTrouble | null;
  readonly trouble_detail: string | null;
  readonly run: number;
  readonly fetched_at_ms: number | null;
  readonly compared_at_ms: number | null;
  readonly trade_sha1: string | null;
  readonly trade_kept_sha1: string | null;
  readonly flow_sha1: string | null;
  readonly flow_kept_sha1: string | null;
  readonly row_count: number;
  readonly others_count: number;
  readonly bill_paid_fen: number;
  readonly bill_refunded_fen: number;
  readonly here_paid_fen: number;
  readonly here_refunded_fen: number;
  readonly empty_is_right: 0 | 1;
  readonly account_in_fen: number | null;
  readonly account_out_fen: number | null;
  readonly account_diff_fen: number | null;
}

function troubleOf(row: DayRow): ReconciledDay["trouble"] {
  const { trouble, tries, tried_at_ms, next_try_at_ms } = row;
  if (trouble === null || tried_at_ms === null || next_try_at_ms === null) return null;
  const detail = row.trouble_detail ?? "";
  return { trouble, detail, tries, triedAtMs: tried_at_ms, nextTryAtMs: next_try_at_ms };
}

function comparedOf(row: DayRow): ComparedDay | null {
  if (row.run === 0 || row.compared_at_ms === null) return null;
  const { run, compared_at_ms: comparedAtMs } = row;
  return { ...resultOf(row), run, comparedAtMs, fetchedAtMs: row.fetched_at_ms ?? comparedAtMs };
}

function resultOf(row: DayRow): CompareResult {
  const { account_in_fen: inFen, account_out_fen: outFen, account_diff_fen: differenceFen } = row;
  const hasAccount = inFen !== null && outFen !== null && differenceFen !== null;
  return {
    trade: keptOf(row.trade_sha1, row.trade_kept_sha1),
    fundFlow: keptOf(row.flow_sha1, row.flow_kept_sha1),
    rowCount: row.row_count,
    othersCount: row.others_count,
    billPaidFen: row.bill_paid_fen,
    billRefundedFen: row.bill_refunded_fen,
    herePaidFen: row.here_paid_fen,
    hereRefundedFen: row.here_refunded_fen,
    isEmptyDayRight: row.empty_is_right === 1,
    account: hasAccount ? { inFen, outFen, differenceFen } : null,
  };
}

function keptOf(sha1: string | null, keptSha1: string | null): CompareResult["trade"] {
  return sha1 === null || keptSha1 === null ? null : { sha1, keptSha1 };
}

function columnsOf(result: CompareResult): Readonly<Record<string, string | number | null>> {
  const { trade, fundFlow, account, isEmptyDayRight, ...sums } = result;
  return {
    ...sums,
    ...{ tradeSha1: trade?.sha1 ?? null, tradeKeptSha1: trade?.keptSha1 ?? null },
    ...{ flowSha1: fundFlow?.sha1 ?? null, flowKeptSha1: fundFlow?.keptSha1 ?? null },
    emptyIsRight: isEmptyDayRight ? 1 : 0,
    accountInFen: account?.inFen ?? null,
    accountOutFen: account?.outFen ?? null,
    accountDiffFen: account?.differenceFen ?? null,
  };
}

function isSameResult(before: DayRow, result: CompareResult): boolean {
  return JSON.stringify(columnsOf(resultOf(before))) === JSON.stringify(columnsOf(result));
}
