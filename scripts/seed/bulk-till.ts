import { hash as hashOnce } from "node:crypto";
import type Database from "better-sqlite3";
import { sealEntry } from "#core/journal/chain.ts";
import type { JournalKind, Sha256 } from "#core/journal/entry.ts";
import { assert } from "#core/result.ts";
import { formatSaleNumber } from "#core/sale/sale-number.ts";
import { movesOf } from "#core/stock/stock-move.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { attemptRows } from "#main/store/sales/attempt-rows.ts";
import { saleRows } from "#main/store/sales/sale-rows.ts";
import { saleSums } from "./sale-sums.ts";
import type { SeedTill } from "./tills.ts";

interface Tip {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: Uint8Array;
}

/** Sales carry what version 3 of their entry brought: the shop names its tax rates. */
const saleVersion = 3;
/** In one call: an object that is fed piece by piece takes three times as long for some hundred bytes. */
const sha256: Sha256 = (...parts) => hashOnce("sha256", Buffer.concat(parts), "buffer");

/**
 * Writes the very rows that the till's store writes for a sale (a test compares every table), some four times as fast: the
 * journal's end is kept in memory, an attempt is written in its last state, and sums are added up once a shift. Inside a
 * transaction of somebody else's.
 */
export function bulkTill(
  db: Database.Database,
  with_: { readonly terminalId: string; readonly now: () => number; readonly newId: () => string },
): SeedTill {
  const { terminalId, now, newId } = with_;
  const sql = statements(db);
  const attempts = attemptRows(db);
  const insertSale = saleRows(db);
  const sums = saleSums(db);
  const begun = new Map<string, Attempt>();
  const numbers = sql.numbers.get();
  assert(numbers !== undefined, "meta has its one row");
  let { sale: nextSale, attempt: nextAttempt } = numbers;
  let tip: Tip | null = null;

  function append(kind: JournalKind, v: number, body: unknown): { readonly position: number; readonly hash: string } {
    const last: Tip | undefined = tip ?? sql.tip.get();
    assert(last !== undefined, "the file's epoch is open");
    const { epoch } = last;
    const header = { terminalId, epoch, seq: last.seq + 1, kind, v, atWall: new Date(now()).toISOString() };
    const whole = { ...header, atMono: Math.round(performance.now()) };
    const sealed = sealEntry(whole, Buffer.from(JSON.stringify(body)), last.hash, sha256);
    const { seq, atWall, atMono, prev, hash } = sealed;
    const { lastInsertRowid } = sql.entry.run(seq, epoch, kind, v, atWall, atMono, sealed.body, prev, hash);
    tip = { epoch, seq, hash };
    return { position: Number(lastInsertRowid), hash: Buffer.from(hash).toString("hex") };
  }

  function settle(attempt: Attempt): void {
    assert(begun.delete(attempt.outTradeNo), `attempt ${attempt.outTradeNo} was created first`);
    attempts.insert(attempt);
    append("attempt-settled", 1, attempt);
  }

  return {
    nextAttemptNumber: () => nextAttempt++,
    createAttempt(attempt) {
      begun.set(attempt.outTradeNo, attempt);
      append("attempt-created", 1, attempt);
    },
    settleAttempt: settle,
    commitSale(saleId, build, settled, receipt) {
      if (settled !== null) settle(settled);
      const number = nextSale++;
      const sale = build(formatSaleNumber(terminalId, number));
      const { position, hash } = append("sale-completed", saleVersion, sale);
      const jobId = newId();
      insertSale(sale, number, position, jobId);
      let part = 0;
      for (const { sku, kind, quantityMilli } of movesOf({ kind: "sale-completed", body: sale })) {
        sql.move.run(sku, position, (part += 1), kind, quantityMilli);
        sums.move(sku, quantityMilli);
      }
      for (const { kind, tenderId } of sale.tenders) if (kind === "static-code") sql.taking.run(tenderId);
      sums.add(sale);
      sql.paper.run(jobId, saleId, now(), receipt(sale, hash), now());
      return sale;
    },
    lookAgain() {
      tip = null;
    },
    addUp() {
      assert(begun.size === 0, "every attempt has come to its end");
      sums.write();
      sql.setNumbers.run(nextSale, nextAttempt);
    },
  };
}

function statements(db: Database.Database) {
  return {
    tip: db.prepare<[], Tip>("SELECT epoch, seq, hash FROM journal ORDER BY position DESC LIMIT 1"),
    entry: db.prepare(`
      INSERT INTO journal (seq, epoch, kind, v, at_wall, at_mono, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    move: db.prepare("INSERT INTO stock_moves (sku, position, part, kind, quantity_milli) VALUES (?, ?, ?, ?, ?)"),
    taking: db.prepare("INSERT INTO static_takings (tender_id, state) VALUES (?, 'open')"),
    paper: db.prepare(`
      INSERT INTO print_jobs (job_id, sale_id, kind, state, created_at_ms, lines, changed_at_ms)
      VALUES (?, ?, 'receipt', 'printed', ?, ?, ?)`),
    numbers: db.prepare<[], { readonly sale: number; readonly attempt: number }>(
      "SELECT next_sale_number AS sale, next_attempt_number AS attempt FROM meta",
    ),
    setNumbers: db.prepare("UPDATE meta SET next_sale_number = ?, next_attempt_number = ?"),
  };
}
