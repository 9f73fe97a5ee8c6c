import type { PreparedPromotions } from "#core/promotion/prepare.ts";
import type { Promotion } from "#core/promotion/promotion.ts";

/** Promotions as a manager keeps them at this till. */
export interface PromotionStore {
  /** Those that were not ended, in the order they were added. */
  list(): readonly Promotion[];
  /** The same, laid out for the cart; made once for each change of the list. */
  prepared(): PreparedPromotions;
  /** True where an ended one had this id: it is not used again. */
  wasEnded(promotionId: string): boolean;
  /** Adds it, or replaces the one with its id. */
  put(promotion: Promotion): void;
  /** From now on it takes nothing off. */
  end(promotionId: string, atMs: number): void;
}
