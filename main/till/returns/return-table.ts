import { giveReturn } from "./returning.ts";
import { readPlan, readReturnable, searchSales } from "./return-views.ts";
import { beginExchange, dropExchange, finishExchange } from "./exchanging.ts";

/** The intents of returns and exchanges. */
export const returnIntents = {
  "search-sales": { needs: "signed-in", run: searchSales },
  "return-outlook": { needs: "signed-in", run: readReturnable },
  "plan-return": { needs: "signed-in", run: readPlan },
  "give-return": { needs: "signed-in", run: giveReturn },
  "begin-exchange": { needs: "signed-in", run: beginExchange },
  "drop-exchange": { needs: "signed-in", run: dropExchange },
  "finish-exchange": { needs: "signed-in", run: finishExchange },
} as const;
