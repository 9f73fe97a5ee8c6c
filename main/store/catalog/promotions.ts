import type Database from "better-sqlite3";
import { promotionSchema } from "#contract/promotion/promotion-schema.ts";
import { preparePromotions, type PreparedPromotions } from "#core/promotion/prepare.ts";
import type { Promotion } from "#core/promotion/promotion.ts";
import type { PromotionStore } from "#main/till/ports/promotion-store.ts";

/**
 * A manager's promotions. The list is read once and kept: a scan must not read a table. Rows that are no promotion (of a
 * newer version, or damaged) are left out: a price that nobody can explain is worse than an offer that is missing.
 */
export function promotionStore(db: Database.Database): PromotionStore {
  const bodies = db
    .prepare<[], string>("SELECT body FROM promotions WHERE ended_at_ms IS NULL ORDER BY place, promotion_id")
    .pluck();
  const put = db.prepare(`
    INSERT INTO promotions (promotion_id, place, body)
    VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM promotions), ?)
    ON CONFLICT (promotion_id) DO UPDATE SET body = excluded.body WHERE ended_at_ms IS NULL`);
  const end = db.prepare("UPDATE promotions SET ended_at_ms = ? WHERE promotion_id = ? AND ended_at_ms IS NULL");
  const ended = db
    .prepare<[string], number>("SELECT 1 FROM promotions WHERE promotion_id = ? AND ended_at_ms IS NOT NULL")
    .pluck();
  let known: { readonly list: readonly Promotion[]; readonly prepared: PreparedPromotions } | null = null;

  function current() {
    if (known === null) {
      const list = bodies.all().flatMap(readPromotion);
      known = { list, prepared: preparePromotions(list) };
    }
    return known;
  }

  return {
    list: () => current().list,
    prepared: () => current().prepared,
    wasEnded: (promotionId) => ended.get(promotionId) !== undefined,
    put(promotion) {
      put.run(promotion.id, JSON.stringify(promotion));
      known = null;
    },
    end(promotionId, atMs) {
      end.run(atMs, promotionId);
      known = null;
    },
  };
}

function readPromotion(body: string): readonly Promotion[] {
  try {
    const parsed = promotionSchema.safeParse(JSON.parse(body));
    // The schema keeps to the range in which a number is money; the brand says no more than that.
    return parsed.success ? [parsed.data as Promotion] : [];
  } catch {
    return []; // not even JSON
  }
}
