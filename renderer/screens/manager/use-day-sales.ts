import { useCallback, useEffect, useRef, useState } from "react";
import type { SaleRowView } from "#contract/ipc/manager-view.ts";
import { send } from "../../till-client.ts";
import { useLastSaleId } from "./use-day.ts";

/** Rows asked for at once: two screens full, answered within a frame. */
const pageRows = 60;

/** A day's sales, newest first, read page by page as the list is scrolled; null while nothing has been read. */
export function useDaySales(businessDate: string | null): {
  readonly rows: readonly SaleRowView[] | null;
  readonly readMore: () => void;
} {
  const [rows, setRows] = useState<readonly SaleRowView[] | null>(null);
  const lastSaleId = useLastSaleId();
  /** Grows with every new start, so that a page of an older one is thrown away. */
  const start = useRef(0);
  const isReading = useRef(false);
  const isComplete = useRef(false);

  const read = useCallback(
    async (known: readonly SaleRowView[]): Promise<void> => {
      const mine = start.current;
      isReading.current = true;
      const answer = await send("day-sales", {
        businessDate,
        limit: pageRows,
        before: known.at(-1)?.saleNumber ?? null,
      });
      if (mine !== start.current) return;
      isReading.current = false;
      const page = answer.ok ? answer.value : [];
      isComplete.current = page.length < pageRows;
      setRows([...known, ...page]);
    },
    [businessDate],
  );

  useEffect(() => {
    start.current += 1;
    isComplete.current = false;
    void read([]);
  }, [read, lastSaleId]);

  const readMore = useCallback(() => {
    if (rows !== null && !isReading.current && !isComplete.current) void read(rows);
  }, [rows, read]);
  return { rows, readMore };
}
