import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ReportView } from "#contract/ipc/report-intents.ts";
import type { DayRange, ItemSums } from "#contract/reports/report.ts";
import { send, useFromSection } from "../../till-client.ts";
import { useLastSaleId } from "../manager/use-day.ts";
import { useRefundEnds } from "../refunds/use-refund-ends.ts";

export interface ReportRead {
  readonly report: ReportView | null;
  readonly fault: IntentFault | null;
}

/** Changes whenever what was read may be old: a sale, a refund, a repaired day. */
function useBooksMoved(): string {
  const lastSaleId = useLastSaleId();
  const ends = useRefundEnds();
  const waiting = useFromSection("status", ({ journalWaiting }) => journalWaiting);
  const alarms = useFromSection("reports", (reports) => reports.alarms.map(({ day }) => day).join(" "));
  return `${lastSaleId} ${ends} ${waiting} ${alarms}`;
}

/** A range's report (null is today), read again whenever the books move; what was read stays until the next is there. */
export function useReport(range: DayRange | null): ReportRead {
  const [read, setRead] = useState<ReportRead>({ report: null, fault: null });
  const moved = useBooksMoved();
  useEffect(() => {
    let isCurrent = true;
    void send("report", { range }).then((answer) => {
      if (!isCurrent) return;
      setRead(answer.ok ? { report: answer.value, fault: null } : (before) => ({ ...before, fault: answer.fault }));
    });
    return () => {
      isCurrent = false;
    };
  }, [range, moved]);
  return read;
}

/** The range's best items; null until they are read. */
export function useItems(range: DayRange | null, by: "net" | "quantity", limit: number): readonly ItemSums[] | null {
  const [items, setItems] = useState<readonly ItemSums[] | null>(null);
  const moved = useBooksMoved();
  const [from, to] = [range?.from ?? "", range?.to ?? ""];
  useEffect(() => {
    if (from === "") return undefined;
    let isCurrent = true;
    void send("report-items", { range: { from, to }, by, limit }).then((answer) => {
      if (isCurrent && answer.ok) setItems(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [from, to, by, limit, moved]);
  return items;
}
