import type { SyncAlarm } from "#contract/ipc/sync-view.ts";
import type { DaySide } from "#contract/wire/agreement.ts";
import type { FeedRow } from "#contract/wire/feed.ts";
import { assert } from "#core/result.ts";
import type { SyncStore } from "#main/till/ports/outbox.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";
import type { Totals } from "./totals.ts";

interface StateRow {
  readonly office_key: string | null;
  readonly office_name: string | null;
  readonly people_rev: number;
  readonly settings_rev: number;
  readonly last_agreed_at_ms: number | null;
  readonly alarm_kind: SyncAlarm["kind"] | null;
  readonly alarm_at_ms: number;
  readonly alarm_epoch: string;
  readonly alarm_seq: number;
}

const noHash = "0".repeat(64);

/** What the till knows of head office: whose key is pinned, how far its feeds were taken, what was compared. */
export function syncState({ db, change }: SalesDatabase, journal: Journal, totals: Totals): SyncStore {
  const sql = statements(db);
  const feeds = feedRows(db);

  function current(): StateRow {
    const row = sql.state.get();
    assert(row !== undefined, "sync_state has its one row");
    return row;
  }

  function daySide(businessDate: string): DaySide {
    const { saleCount, salesFen, cashFen, wechatFen, staticCodeFen, ...sums } = totals.ofDay(businessDate);
    const hash = sql.lastSaleHash.get(businessDate);
    return {
      ...{ businessDate, saleCount, salesFen, cashFen, wechatFen, staticCodeFen },
      refundCount: sums.refundCount,
      refundFen: sums.refundCashFen + sums.refundWechatFen,
      lastSaleHash: hash === undefined ? noHash : Buffer.from(hash).toString("hex"),
    };
  }

  return {
    office() {
      const { office_key: key, office_name: name } = current();
      return key === null || name === null ? null : { key, name };
    },
    noteEnrolled({ key, name }, entry) {
      change(() => {
        sql.setOffice.run(key, name);
        journal.append(entry);
      });
    },
    alarm() {
      const { alarm_kind: kind, alarm_at_ms: atMs, alarm_epoch: epoch, alarm_seq: seq } = current();
      return kind === null ? null : { kind, atMs, epoch, seq };
    },
    noteAlarmSeen(entry) {
      change(() => {
        sql.clearAlarm.run();
        journal.append(entry);
      });
    },
    lastAgreedAtMs: () => current().last_agreed_at_ms,
    daySides: (limit) => sql.days.all(limit).map(daySide),
    keepAgreement(compared, atMs, areAgreed) {
      change(() => {
        for (const day of compared) {
          const theirs = day.there === null ? null : JSON.stringify(day.there);
          sql.keepDay.run(day.here.businessDate, JSON.stringify(day.here), theirs, atMs);
        }
        if (areAgreed) sql.setAgreed.run(atMs);
      });
    },
    comparedDays(limit) {
      return sql.days.all(limit).map((businessDate) => {
        const row = sql.compared.get(businessDate);
        if (row === undefined) return { here: daySide(businessDate), there: null };
        // Written above: ours from our own books, theirs from an answer that its schema has parsed.
        const sideOf = (text: string): DaySide => JSON.parse(text) as DaySide;
        return { here: sideOf(row.here), there: row.there === null ? null : sideOf(row.there) };
      });
    },
    feedRev: (scope) => (scope === "people" ? current().people_rev : current().settings_rev),
    applyFeed(scope, rows, through, isWhole) {
      change(() => {
        if (isWhole) feeds.clear(scope);
        for (const row of rows) feeds.put(row);
        feeds.setRev(scope, through);
      });
    },
    officeSettings: () => feeds.settings(),
    ...shopTills(db, change),
  };
}

function shopTills(
  db: SalesDatabase["db"],
  change: SalesDatabase["change"],
): Pick<SyncStore, "shopTills" | "keepShopTills"> {
  const all = db.prepare<[], { terminal_id: string; public_keys: string; is_revoked: 0 | 1 }>(
    "SELECT terminal_id, public_keys, is_revoked FROM shop_tills ORDER BY terminal_id",
  );
  const clear = db.prepare("DELETE FROM shop_tills");
  const insert = db.prepare("INSERT INTO shop_tills (terminal_id, public_keys, is_revoked) VALUES (?, ?, ?)");
  return {
    shopTills: () =>
      all.all().map((row) => ({
        terminalId: row.terminal_id,
        // Written below, from an answer that its schema has parsed.
        publicKeys: JSON.parse(row.public_keys) as readonly string[],
        isRevoked: row.is_revoked === 1,
      })),
    keepShopTills(tills) {
      change(() => {
        clear.run();
        for (const { terminalId, publicKeys, isRevoked } of tills) {
          insert.run(terminalId, JSON.stringify(publicKeys), isRevoked ? 1 : 0);
        }
      });
    },
  };
}

function statements(db: SalesDatabase["db"]) {
  const state = db.prepare<[], StateRow>("SELECT * FROM sync_state");
  const setOffice = db.prepare("UPDATE sync_state SET office_key = ?, office_name = ?");
  const clearAlarm = db.prepare(
    "UPDATE sync_state SET alarm_kind = NULL, alarm_at_ms = NULL, alarm_epoch = NULL, alarm_seq = NULL",
  );
  const setAgreed = db.prepare("UPDATE sync_state SET last_agreed_at_ms = ?");
  const days = db
    .prepare<[number], string>("SELECT business_date FROM day_totals ORDER BY business_date DESC LIMIT ?")
    .pluck();
  const lastSaleHash = db
    .prepare<[string], Uint8Array>(
      `SELECT hash FROM sales JOIN journal ON position = journal_position
       WHERE business_date = ? ORDER BY number DESC LIMIT 1`,
    )
    .pluck();
  const keepDay = db.prepare(`
    INSERT INTO agreement_days (business_date, here, there, compared_at_ms) VALUES (?, ?, ?, ?)
    ON CONFLICT (business_date) DO UPDATE SET
      here = excluded.here, there = excluded.there, compared_at_ms = excluded.compared_at_ms`);
  const compared = db.prepare<[string], { readonly here: string; readonly there: string | null }>(
    "SELECT here, there FROM agreement_days WHERE business_date = ?",
  );
  return { state, setOffice, clearAlarm, setAgreed, days, lastSaleHash, keepDay, compared };
}

function feedRows(db: SalesDatabase["db"]) {
  // A person whom this till knows keeps the PIN; a new one has none until a manager gives it.
  const putPerson = db.prepare(`
    INSERT INTO cashiers (cashier_id, name, role, pin_hash, is_office) VALUES (?, ?, ?, '', 1)
    ON CONFLICT (cashier_id) DO UPDATE SET
      name = excluded.name, role = excluded.role, is_office = 1, is_removed = 0`);
  const removeAll = db.prepare("UPDATE cashiers SET is_removed = 1 WHERE is_office = 1");
  const dropSettings = db.prepare("DELETE FROM office_settings");
  const removePerson = db.prepare("UPDATE cashiers SET is_removed = 1 WHERE cashier_id = ?");
  const putSetting = db.prepare(
    "INSERT INTO office_settings (path, value) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET value = excluded.value",
  );
  const dropSetting = db.prepare("DELETE FROM office_settings WHERE path = ?");
  const settings = db.prepare<[], { path: string; value: string }>("SELECT path, value FROM office_settings");
  const setRev = {
    people: db.prepare("UPDATE sync_state SET people_rev = ?"),
    settings: db.prepare("UPDATE sync_state SET settings_rev = ?"),
  };
  return {
    clear(scope: "people" | "settings"): void {
      if (scope === "people") removeAll.run();
      else dropSettings.run();
    },
    put(row: FeedRow): void {
      if (row.kind === "person") {
        if (row.value === null) removePerson.run(row.id);
        else putPerson.run(row.id, row.value.name, row.value.role);
      } else if (row.kind === "setting") {
        if (row.value === null) dropSetting.run(row.id);
        else putSetting.run(row.id, JSON.stringify(row.value.value));
      }
    },
    setRev(scope: "people" | "settings", rev: number): void {
      setRev[scope].run(rev);
    },
    settings(): ReadonlyMap<string, string | number | boolean> {
      // Written above, from a row that its schema has parsed.
      return new Map(settings.all().map(({ path, value }) => [path, JSON.parse(value) as string | number | boolean]));
    },
  };
}
