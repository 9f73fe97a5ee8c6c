import type { StockStore } from "#main/till/ports/stock-store.ts";
import type { Journal } from "../journal.ts";
import type { Printing } from "../printing.ts";
import type { SalesDatabase } from "../sales-database.ts";
import { goodsReceipts } from "./goods-receipts.ts";
import { stockLevels } from "./stock-levels.ts";
import { stockRecount } from "./stock-recount.ts";
import { stockTakes } from "./stock-takes.ts";

/** How much there is, what came in, and what was counted. */
export function stock(database: SalesDatabase, journal: Journal, printing: Printing): StockStore {
  return {
    ...stockLevels(database, journal),
    ...goodsReceipts(database, journal, printing),
    ...stockTakes(database, journal),
    ...stockRecount(database, journal),
  };
}
