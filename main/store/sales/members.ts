import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { PointRates } from "#core/members/points.ts";
import { assert } from "#core/result.ts";
import type { MemberRecord, MembersStore, PointEntry } from "#main/till/ports/members-store.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface MemberRow {
  readonly position: number;
  readonly member_id: string;
  readonly code: string | null;
  readonly name: string;
  readonly phone: string | null;
  readonly enrolled_at_ms: number;
  readonly is_deleted: number;
  readonly balance: number;
}

interface PointRow extends Omit<PointEntry, "saleId" | "saleNumber"> {
  readonly sale_id: string | null;
  readonly sale_number: string;
}

/**
 * Who the members are, and what their points are spent and earned at. While a row of theirs is written, SQLite overwrites
 * with zeros what it frees (`secure_delete`): pages that are split or emptied keep no name and no number.
 */
export function members({ db, change }: SalesDatabase, journal: Journal): MembersStore {
  const sql = statements(db);

  function changeSecurely(work: () => void): void {
    db.pragma("secure_delete = ON");
    try {
      change(work);
    } finally {
      db.pragma("secure_delete = OFF");
    }
  }

  return {
    enrolMember({ memberId, code, name, phone, enrolledAtMs }, entry) {
      changeSecurely(() => {
        sql.insert.run(memberId, code, name, phone, enrolledAtMs);
        journal.append(entry);
      });
    },
    changeMember(memberId, { name, phone }, entry) {
      changeSecurely(() => {
        const { changes } = sql.update.run(name, phone, memberId);
        assert(changes === 1, `member ${memberId} is there`);
        journal.append(entry);
      });
    },
    deleteMember(memberId, entry) {
      changeSecurely(() => {
        const { changes } = sql.empty.run(memberId);
        assert(changes === 1, `member ${memberId} is there`);
        journal.append(entry);
      });
    },
    wipeTraces() {
      dropCopies(db.name);
      // What SQLite answers of a checkpoint: whether somebody was in the way, and how many pages of the log are left.
      const [answer] = db.pragma("wal_checkpoint(TRUNCATE)") as readonly { readonly busy: number }[];
      return answer?.busy === 0;
    },
    member: (memberId) => recordOf(sql.byId.get(memberId)),
    memberByCode: (code) => recordOf(sql.byCode.get(code)),
    memberByPhone: (phone) => recordOf(sql.byPhone.get(phone)),
    membersByLastFour: (lastFour, limit) => sql.byLastFour.all(lastFour, limit).map(toRecord),
    listMembers({ search, before, limit }) {
      const rows = sql.page.all({ search, before: before ?? Number.MAX_SAFE_INTEGER, limit });
      return rows.map((row) => ({ ...toRecord(row), position: row.position }));
    },
    memberCount: () => sql.count.get() ?? 0,
    memberPoints(memberId, before, limit) {
      return sql.points
        .all(memberId, before ?? Number.MAX_SAFE_INTEGER, limit)
        .map(({ sale_id, sale_number, ...row }) => {
          return { ...row, saleId: sale_id, saleNumber: sale_number };
        });
    },
    pointRates() {
      const rates = sql.rates.get();
      assert(rates !== undefined, "the rates have their one row");
      return rates;
    },
    savePointRates({ pointsPerYuan, fenPerPoint }, entry) {
      change(() => {
        sql.saveRates.run(pointsPerYuan, fenPerPoint);
        journal.append(entry);
      });
    },
  };
}

/** Copies from before an update hold whoever was a member then: they go, and with them the way back behind that update. */
function dropCopies(path: string): void {
  const copies = `${basename(path)}.before-v`;
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(copies)) rmSync(join(dirname(path), name), { force: true });
}

function statements(db: SalesDatabase["db"]) {
  const columns = `SELECT members.*,
    (SELECT coalesce(sum(points), 0) FROM member_points WHERE member_id = members.member_id) AS balance FROM members`;
  return {
    insert: db.prepare("INSERT INTO members (member_id, code, name, phone, enrolled_at_ms) VALUES (?, ?, ?, ?, ?)"),
    update: db.prepare("UPDATE members SET name = ?, phone = ? WHERE member_id = ? AND is_deleted = 0"),
    empty: db.prepare(`
      UPDATE members SET name = '', phone = NULL, code = NULL, is_deleted = 1 WHERE member_id = ? AND is_deleted = 0`),
    byId: db.prepare<[string], MemberRow>(`${columns} WHERE member_id = ?`),
    byCode: db.prepare<[string], MemberRow>(`${columns} WHERE code = ?`),
    byPhone: db.prepare<[string], MemberRow>(`${columns} WHERE phone = ?`),
    byLastFour: db.prepare<[string, number], MemberRow>(
      `${columns} WHERE phone IS NOT NULL AND substr(phone, -4) = ? ORDER BY position DESC LIMIT ?`,
    ),
    // instr, not LIKE: a name may hold % and _, and no letter of a search is one.
    page: db.prepare<[{ readonly search: string; readonly before: number; readonly limit: number }], MemberRow>(`
      ${columns} WHERE is_deleted = 0 AND position < $before AND ($search = '' OR instr(lower(name), lower($search)) > 0
        OR phone = $search OR code = upper($search) OR substr(phone, -4) = $search)
      ORDER BY position DESC LIMIT $limit`),
    count: db.prepare<[], number>("SELECT count(*) FROM members WHERE is_deleted = 0").pluck(),
    points: db.prepare<[string, number, number], PointRow>(`
      SELECT position, kind, points, sale_id, at,
        coalesce(sale_number, (SELECT body ->> '$.returnNumber' FROM loose_returns WHERE return_id = loose_return_id)) AS sale_number
      FROM member_points LEFT JOIN sales USING (sale_id)
      WHERE member_id = ? AND position < ? ORDER BY position DESC LIMIT ?`),
    rates: db.prepare<[], PointRates>(
      "SELECT points_per_yuan AS pointsPerYuan, fen_per_point AS fenPerPoint FROM point_rates",
    ),
    saveRates: db.prepare("UPDATE point_rates SET points_per_yuan = ?, fen_per_point = ?"),
  };
}

function recordOf(row: MemberRow | undefined): MemberRecord | null {
  return row === undefined ? null : toRecord(row);
}

function toRecord(row: MemberRow): MemberRecord {
  const { member_id, code, name, phone, enrolled_at_ms, is_deleted, balance } = row;
  return {
    ...{ memberId: member_id, code, name, phone, enrolledAtMs: enrolled_at_ms },
    ...{ isDeleted: is_deleted === 1, balance },
  };
}
