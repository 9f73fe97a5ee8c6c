import type { ReturnedPoints } from "#core/members/member.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import type { Sale } from "#core/sale/sale.ts";
import { assert } from "#core/result.ts";
import type { SalesDatabase } from "./sales-database.ts";

/** What sales and returns do to points: only inside their own transactions. */
export interface MemberPoints {
  /** After the sale's row. */
  bookSale(sale: Sale): void;
  /** After the return's row. */
  bookReturn(given: SaleReturn): void;
  /** As above, of a return without a sale. */
  bookLooseReturn(given: LooseReturn): void;
}

export function memberPoints({ db }: Pick<SalesDatabase, "db">): MemberPoints {
  const insert = db.prepare(`
    INSERT INTO member_points (member_id, kind, points, sale_id, return_id, at) VALUES (?, ?, ?, ?, ?, ?)`);
  const insertLoose = db.prepare(`
    INSERT INTO member_points (member_id, kind, points, loose_return_id, at) VALUES (?, 'taken-back', ?, ?, ?)`);
  const balance = db
    .prepare<[string], number>("SELECT coalesce(sum(points), 0) FROM member_points WHERE member_id = ?")
    .pluck();

  function book(memberId: string, kind: string, points: number, of: readonly [string, string | null, string]): void {
    if (points !== 0) insert.run(memberId, kind, points, ...of);
  }

  /** What paper and journal say is what the file adds up to. */
  function assertBalance({ memberId, balance: told }: Pick<ReturnedPoints, "memberId" | "balance">): void {
    assert(balance.get(memberId) === told, `the points of member ${memberId} add up`);
  }

  return {
    bookSale({ member, saleId, completedAt }) {
      if (member === undefined) return;
      book(member.memberId, "earned", member.earned, [saleId, null, completedAt]);
      book(member.memberId, "spent", -member.spent, [saleId, null, completedAt]);
      assertBalance(member);
    },
    bookLooseReturn({ points, returnId, at }) {
      if (points === undefined) return;
      insertLoose.run(points.memberId, -points.takenBack, returnId, at);
      assertBalance(points);
    },
    bookReturn({ points, saleId, returnId, at }) {
      if (points === undefined) return;
      book(points.memberId, "taken-back", -points.takenBack, [saleId, returnId, at]);
      book(points.memberId, "given-back", points.givenBack, [saleId, returnId, at]);
      assertBalance(points);
    },
  };
}
