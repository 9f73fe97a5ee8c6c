import type { Sale } from "#core/sale/sale.ts";
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

/** Finished sales with the till's next receipt numbers. */
export function sell(till: OfficeTill, count: number, more: Partial<Sale> = {}): readonly Sale[] {
  return Array.from({ length: count }, () => {
    const number = till.entries.filter(({ kind }) => kind === "sale-completed").length + 1;
    const terminalId = till.key.split("-")[1] ?? "";
    const saleNumber = `${terminalId}-${String(number).padStart(6, "0")}`;
    const sale = sampleSale({ saleId: `sale-${terminalId}-${number}`, saleNumber, lineCount: 5 });
    const sold = { ...sale, terminalId, ...more };
    till.append("sale-completed", sold);
    return sold;
  });
}
