import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useRowKeys } from "./use-row-keys.ts";

/** Rows left below before the next page is asked for. */
const rowsAhead = 20;

/** A list that is read page by page as somebody scrolls down; only the rows in sight exist. */
export function useEndlessRows<R>(list: {
  /** Null until main has answered. */
  readonly rows: readonly R[] | null;
  readonly keyOf: (row: R) => string;
  /** Pixels; where rows differ the usual one, and each is measured by `measure`. */
  readonly rowHeight: number;
  readonly overscan: number;
  readonly readMore: () => void;
}) {
  const { rows, keyOf, rowHeight, overscan, readMore } = list;
  const frame = useRef<HTMLDivElement>(null);
  const count = rows?.length ?? 0;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    getItemKey(index) {
      const row = rows?.[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan,
  });
  const inSight = virtualizer.getVirtualItems();
  const lastInSight = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    if (count > 0 && lastInSight >= count - rowsAhead) readMore();
  }, [count, lastInSight, readMore]);
  const rowKeys = useRowKeys({
    ...{ frame, count, first: inSight[0]?.index ?? 0, last: lastInSight },
    show: (row) => virtualizer.scrollToIndex(row),
  });
  return { frame, inSight, height: virtualizer.getTotalSize(), measure: virtualizer.measureElement, rowKeys };
}
