import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { DayView } from "#contract/ipc/manager-view.ts";
import { send, useFromSection } from "../../till-client.ts";
import { dayAfter } from "./days.ts";

export interface DayState {
  readonly day: DayView | null;
  /** The day before, to compare with; null while it is not read. */
  readonly before: DayView | null;
  readonly fault: IntentFault | null;
}

const nothing: DayState = { day: null, before: null, fault: null };

/** Changes with every sale this till commits: what was read before it is old. */
export function useLastSaleId(): string | null {
  return useFromSection("lastSales", (sales) => sales[0]?.saleId ?? null);
}

/** A business day in numbers (null is today), read again after every sale and every change of shift. */
export function useDay(businessDate: string | null): DayState {
  const [state, setState] = useState(nothing);
  const lastSaleId = useLastSaleId();
  const shiftId = useFromSection("shift", (shift) => shift?.shiftId ?? null);
  useEffect(() => {
    let isCurrent = true;
    void readDay(businessDate).then((read) => {
      if (isCurrent) setState(read);
    });
    return () => {
      isCurrent = false;
    };
  }, [businessDate, lastSaleId, shiftId]);
  return state;
}

async function readDay(businessDate: string | null): Promise<DayState> {
  const day = await send("day", { businessDate });
  if (!day.ok) return { ...nothing, fault: day.fault };
  const before = await send("day", { businessDate: dayAfter(day.value.businessDate, -1) });
  return { day: day.value, before: before.ok ? before.value : null, fault: null };
}
