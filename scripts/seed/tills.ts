import type { Sale } from "#core/sale/sale.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";

/** What writes the sales of a shift. */
export interface SeedTill {
  nextAttemptNumber(): number;
  /** A payment by phone before it is sent. */
  createAttempt(attempt: Attempt): void;
  /** One that came to nothing. */
  settleAttempt(attempt: Attempt): void;
  /** A finished sale with the payment that settled it, its sums and its paper, printed. */
  commitSale(
    saleId: string,
    build: (saleNumber: string) => Sale,
    settled: Attempt | null,
    receipt: (sale: Sale, journalHash: string) => string,
  ): Sale;
  /** The store has written to the journal meanwhile. */
  lookAgain(): void;
  /** Everything that was written so far is in the file's sums too. */
  addUp(): void;
}

/** The till's own store, sale by sale: what the faster one is compared with. */
export function storeTill(store: OpenSalesStore): SeedTill {
  return {
    nextAttemptNumber: () => store.nextAttemptNumber(),
    createAttempt: (attempt) => store.createAttempt(attempt),
    settleAttempt: (attempt) => store.settleAttempt(attempt, null),
    commitSale(saleId, build, settled, receipt) {
      const { sale, printJobId } = store.commitSale(saleId, build, settled, receipt);
      store.setPrintState(printJobId, "printed");
      return sale;
    },
    lookAgain() {},
    addUp() {},
  };
}
