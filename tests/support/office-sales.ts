import { fen } from "#core/money/fen.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { TaxRates } from "#core/tax/tax-breakdown.ts";
import { sampleSale } from "#bench/support/sample-sale.ts";
import type { OfficeTill } from "./office-till.ts";

/** A day's beginning: the epoch and a shift. */
export function openDay(till: OfficeTill, previous: object | null = null): void {
  till.append("epoch-opened", { previous });
  till.append("shift-opened", {
    ...{ shiftId: "shift-1", openedAt: "2026-03-02T08:00:00+08:00", openedBy: "c1", openedByName: "王芳" },
    ...{ businessDate: "2026-03-02", floatFen: 30_000, closedAt: null },
  });
}

/** Finished sales with the till's next receipt numbers, written in the version of their body that a till takes. */
export function sell(till: OfficeTill, count: number, more: Partial<Sale> = {}, taxRates?: TaxRates): readonly Sale[] {
  return Array.from({ length: count }, () => {
    const sold = { ...nextSale(till, taxRates), ...more };
    till.append("sale-completed", sold, { v: sold.promotionFen === undefined ? 1 : 3 });
    return sold;
  });
}

/** The next finished sale, paid to the shop's printed code; a till writes it in the second version of its body. */
export function saleByCode(till: OfficeTill, more: Partial<Sale> = {}): Sale {
  const sale = nextSale(till);
  const tender = { kind: "static-code", tenderId: `${sale.saleId}-code`, amountFen: sale.totalFen } as const;
  return { ...sale, tenders: [{ ...tender, approvedBy: null }], changeFen: fen(0), ...more };
}

function nextSale(till: OfficeTill, taxRates?: TaxRates): Sale {
  const number = till.entries.filter(({ kind }) => kind === "sale-completed").length + 1;
  const terminalId = till.key.split("-")[1] ?? "";
  const saleNumber = `${terminalId}-${String(number).padStart(6, "0")}`;
  return {
    ...sampleSale({
      saleId: `sale-${terminalId}-${number}`,
      saleNumber,
      lineCount: 5,
      ...(taxRates === undefined ? {} : { taxRates }),
    }),
    terminalId,
  };
}
