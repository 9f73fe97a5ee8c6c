import type { ChainFault, ChainTip } from "#core/journal/chain.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { Outbox, RelayOutbox, SyncStore } from "#main/till/ports/outbox.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { faultOf, type FileKind, openConnection } from "../connection.ts";
import type { StoreFault, StoreLog } from "../fault.ts";
import { migrate } from "../migrate.ts";
import { type LatestOutgoing, latestOutgoing } from "../reports/outgoing-rows.ts";
import type { StoreBroken } from "../store-broken.ts";
import { attempts } from "./attempts.ts";
import { badgesAndRights } from "./badges-and-rights.ts";
import { carriedRows } from "./carried.ts";
import { drafts } from "./drafts.ts";
import { heldMoves } from "./held-moves.ts";
import { journal, type Journal, type SignHash, type WatchedClock } from "./journal.ts";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { refundTables } from "./migrations/0002-refunds.ts";
import { reconciliationTables } from "./migrations/0003-reconciliation.ts";
import { returnedChargeTables } from "./migrations/0004-returned-charges.ts";
import { printEnds } from "./migrations/0005-print-ends.ts";
import { syncTables } from "./migrations/0006-sync.ts";
import { staticTakingTables } from "./migrations/0007-static-takings.ts";
import { relayKey } from "./migrations/0008-relay.ts";
import { heldMoveTables } from "./migrations/0009-held-moves.ts";
import { pricingTables } from "./migrations/0012-pricing.ts";
import { otherSaleTables } from "./migrations/0010-other-sales.ts";
import { shiftControlTables } from "./migrations/0011-shift-control.ts";
import { memberTables } from "./migrations/0016-members.ts";
import { returnTables } from "./migrations/0015-returns.ts";
import { reportTables } from "./migrations/0013-reports.ts";
import { rightsAndBadges } from "./migrations/0014-rights-and-badges.ts";
import { looseReturns } from "./loose-returns.ts";
import { looseReturnTables } from "./migrations/0018-loose-returns.ts";
import { members } from "./members.ts";
import { stockTables } from "./migrations/0017-stock.ts";
import { taxTables } from "./migrations/0019-taxes.ts";
import { carriedTables } from "./migrations/0020-carried.ts";
import { legacyTables } from "./migrations/0021-legacy-sessions.ts";
import { looseExchangeColumn } from "./migrations/0022-loose-exchanges.ts";
import { legacySessions } from "./legacy-sessions.ts";
import { otherSales } from "./other-sales.ts";
import { outbox } from "./outbox.ts";
import { people } from "./people.ts";
import { printing } from "./printing.ts";
import { reconciliations } from "./reconciliations.ts";
import { recounts } from "./recounts.ts";
import { refunds } from "./refunds.ts";
import { reportTotals } from "./report-totals.ts";
import { relayOutbox } from "./relay-outbox.ts";
import { returns } from "./returns.ts";
import { saleLists } from "./sale-lists.ts";
import { searchSales } from "./search-sales.ts";
import { type SalesDatabase, salesDatabase } from "./sales-database.ts";
import { sales } from "./sales.ts";
import { shiftCash } from "./shift-cash.ts";
import { shiftEvents } from "./shift-events.ts";
import { shifts } from "./shifts.ts";
import { spentCoupons } from "./spent-coupons.ts";
import { staticTakings } from "./static-takings.ts";
import { stockLedger } from "./stock/stock-ledger.ts";
import { stock } from "./stock/stock.ts";
import { syncState } from "./sync-state.ts";
import { totals } from "./totals.ts";

/** "Done" on the screen means fsynced; the id reads `TWsl`. */
export const salesFile: FileKind = { applicationId: 0x5457736c, synchronous: "FULL" };

/** Every shape sales.db ever had, in order. */
export const salesMigrations = [
  ...[firstTables, refundTables, reconciliationTables, returnedChargeTables, printEnds],
  ...[syncTables, staticTakingTables, relayKey, heldMoveTables, otherSaleTables],
  ...[shiftControlTables, pricingTables, reportTables, rightsAndBadges, returnTables],
  ...[memberTables, stockTables, looseReturnTables, taxTables, carriedTables, legacyTables],
  ...[looseExchangeColumn],
];

/** Entries of the journal that are checked before the till may sell: a few milliseconds, the part a bad shutdown harms. */
const entriesCheckedAtOpen = 100;

export interface SalesStoreDeps {
  readonly path: string;
  /** The terminal this file belongs to, or is made for. */
  readonly terminalId: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A fresh id, unique for ever. */
  readonly newId: () => string;
  readonly log?: StoreLog;
  /** Signs what the till vouches for, once it has a key. */
  readonly sign?: SignHash;
  /** Called after each commit that added to the journal; must return at once and throw nothing. */
  readonly onJournal?: () => void;
  /** Told once, when the disk has refused in a way after which this store takes no change; must throw nothing. */
  readonly onBroken?: (broken: StoreBroken) => void;
  /** Jumps of the calendar are written down where it is given. */
  readonly clockWatch?: WatchedClock;
}

/** The store as `app.ts` holds it: what the till uses, and what it is checked and put away with. */
export interface OpenSalesStore extends SalesStore {
  /** Every entry of the journal; for Z closings and after a repair. A second or so for a year of sales. */
  verifyWholeChain(): Result<ChainTip, ChainFault>;
  /** How the connection that books sales writes, as SQLite says it; `synchronous`: 2 is FULL. */
  durability(): { readonly journalMode: string; readonly synchronous: number };
  /** The shop's last sales and days as files for other systems have them; `before` is the first day that is not over. */
  latestOutgoing(before: string): LatestOutgoing;
  readonly outbox: Outbox;
  readonly relayOutbox: RelayOutbox;
  readonly sync: SyncStore;
}

/**
 * Opens sales.db, or makes it: durable settings asserted, newest shape, this terminal's, and the end of its journal
 * intact. A file that is none of these is left as it was and the fault says why.
 */
export function openSalesStore(deps: SalesStoreDeps): Result<OpenSalesStore, StoreFault> {
  const { path, log = () => {} } = deps;
  const opened = openConnection(path, salesFile);
  if (!opened.ok) return opened;
  const database = salesDatabase(opened.value, deps.onBroken);
  const refused = prepare(database, deps, log);
  if (refused !== null) {
    opened.value.close();
    return fail(refused);
  }
  emptyLog(database, path, log);
  return ok(assembleSalesStore(database, deps));
}

/**
 * Moves what a power cut left in the log into the file and empties it: the log may still name a member who was deleted just
 * before, and what was to be wiped then is wiped now. A disk that refuses keeps nobody from selling; the next start tries again.
 */
function emptyLog({ db }: SalesDatabase, path: string, log: StoreLog): void {
  try {
    db.pragma("wal_checkpoint(TRUNCATE)");
  } catch (error) {
    log({ event: "log-not-emptied", path, detail: String(error) });
  }
}

/** The store over a connection that is already ours and up to date. */
export function assembleSalesStore(plain: SalesDatabase, deps: Omit<SalesStoreDeps, "path">): OpenSalesStore {
  const { terminalId, now, newId } = deps;
  const sealed = journal(plain, terminalId, now, deps.sign, deps.clockWatch);
  const { database, journal: journaled } = telling(plain, sealed, deps.onJournal);
  const { db, change } = database;
  const summed = totals(database);
  const drafted = drafts(database, journaled);
  const carried = carriedRows(database, journaled);
  const attempted = attempts(database, journaled, drafted, carried);
  const printed = printing(database, journaled, now);
  const taken = staticTakings(database, journaled);
  const returned = returns({ database, journal: journaled, totals: summed, printing: printed, now, newId });
  const loose = looseReturns({
    database,
    journal: journaled,
    totals: summed,
    printing: printed,
    terminalId,
    now,
    newId,
  });
  const parts = {
    ...{ totals: summed, drafts: drafted, attempts: attempted, takings: taken },
    ...{ printing: printed, returns: returned, looseReturns: loose },
  };
  const known = people(database, journaled);
  return {
    ...known,
    ...badgesAndRights(database, journaled, known.listPinRecords),
    ...shifts({ database, journal: journaled, totals: summed, terminalId }),
    ...shiftCash({ database, journal: journaled, totals: summed, printing: printed }),
    ...shiftEvents(database),
    ...drafted.port,
    ...heldMoves(database, journaled, drafted),
    ...legacySessions(database, journaled, drafted),
    ...attempted.port,
    ...carried.port,
    ...printed.port,
    ...taken.port,
    ...sales({ database, journal: journaled, ...parts, terminalId, now, newId }),
    ...refunds({ database, journal: journaled, totals: summed, printing: printed, now, newId }),
    ...otherSales(database, journaled),
    ...reconciliations(database, journaled),
    ...saleLists(database),
    ...searchSales(database),
    ...returned.port,
    ...loose.port,
    ...members(database, journaled),
    isCouponSpent: spentCoupons(database).isCouponSpent,
    ...recounts(database, journaled),
    ...stock(database, journaled, printed),
    appendJournal: (entry) => void change(() => journaled.append(entry)),
    dayTotals: (businessDate) => summed.ofDay(businessDate),
    journalStatus: () => journaled.status(),
    verifyWholeChain: () => journaled.verifyWhole(),
    durability: () => ({
      journalMode: String(db.pragma("journal_mode", { simple: true })),
      synchronous: Number(db.pragma("synchronous", { simple: true })),
    }),
    latestOutgoing: (before) => latestOutgoing(db, before),
    outbox: outbox({ database, journal: journaled, newId }),
    relayOutbox: relayOutbox(database),
    sync: syncState(database, journaled, summed),
    close: () => void db.close(),
  };
}

/** Tells of every commit with something new in the journal, which head office waits for; reports and stock count it with the entry. */
function telling(
  database: SalesDatabase,
  plain: Journal,
  onJournal: () => void = () => {},
): { readonly database: SalesDatabase; readonly journal: Journal } {
  let hasNew = false;
  const count = reportTotals(database.db);
  const moveStock = stockLedger(database.db);
  return {
    database: {
      db: database.db,
      change(work) {
        hasNew = false;
        const value = database.change(work);
        if (hasNew) onJournal();
        return value;
      },
    },
    journal: {
      ...plain,
      append(entry) {
        hasNew = true;
        const appended = plain.append(entry);
        count(entry, appended.position);
        moveStock(entry, appended.position);
        return appended;
      },
    },
  };
}

/** Shape, owner and journal of a file that is open; null where it may be sold on. */
function prepare(database: SalesDatabase, deps: SalesStoreDeps, log: StoreLog): StoreFault | null {
  const { path, terminalId, now, newId } = deps;
  const unsynced = writeOutAgain(database, path);
  if (unsynced !== null) return unsynced;
  const migrated = migrate(database.db, { path, applicationId: salesFile.applicationId }, salesMigrations, log);
  if (!migrated.ok) return migrated.fault;
  try {
    const owner = database.db.prepare<[], string>("SELECT terminal_id FROM meta").pluck().get();
    if (owner === undefined) {
      openEpoch(database, terminalId, now, newId());
      return null;
    }
    if (owner !== terminalId) return { kind: "not-ours", path, what: "terminal", found: owner, expected: terminalId };
    return checkTail(database, path, journal(database, terminalId, now).verifyTail(entriesCheckedAtOpen));
  } catch (error) {
    return faultOf(path, error);
  }
}

/**
 * Puts what the process before left in the write-ahead log into the file, and has it synced, before any of it counts. A sync
 * that failed leaves pages that the system takes for written and the disk may not have; syncing them once more would be
 * answered with a lie. Written anew they are on the disk, or the disk says so. Costs nothing after an orderly end.
 * Source: Rebello et al., "Can Applications Recover from fsync Failures?" (USENIX ATC 2020).
 */
function writeOutAgain({ db }: SalesDatabase, path: string): StoreFault | null {
  try {
    db.pragma("wal_checkpoint(TRUNCATE)");
    return null;
  } catch (error) {
    return faultOf(path, error);
  }
}

/** A new file is a new epoch: entries are known by terminal, epoch and seq, so a file made again never collides. */
function openEpoch(database: SalesDatabase, terminalId: string, now: () => number, epoch: string): void {
  const insertMeta = database.db.prepare("INSERT INTO meta (id, terminal_id, epoch) VALUES (1, ?, ?)");
  const insertPosition = database.db.prepare("INSERT INTO sync_positions (epoch) VALUES (?)");
  database.change(() => {
    insertMeta.run(terminalId, epoch);
    insertPosition.run(epoch);
    journal(database, terminalId, now).append({ kind: "epoch-opened", body: { previous: null } });
  });
}

function checkTail({ db }: SalesDatabase, path: string, verdict: Result<ChainTip, ChainFault>): StoreFault | null {
  if (!verdict.ok) {
    const { kind, seq } = verdict.fault;
    return { kind: "damaged", path, detail: `journal entry ${seq}: ${kind}` };
  }
  const gap = db
    .prepare<[], number>(`
      SELECT next_sale_number - 1 - max(sale_number_floor, (SELECT coalesce(max(number), 0) FROM sales)) FROM meta`)
    .pluck()
    .get();
  assert(gap !== undefined, "meta has its one row");
  return gap === 0 ? null : { kind: "damaged", path, detail: `sale numbers and sales differ by ${gap}` };
}
