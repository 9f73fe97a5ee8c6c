import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";

/** What a row's button carries, so that the keys find it. */
export interface RowStop {
  readonly tabIndex: 0 | -1;
  readonly "data-row": number;
  readonly onFocus: () => void;
}

/**
 * A list of any length is one stop for Tab; the arrows, Home and End walk over its rows, of which only those in sight
 * exist. `across` is how many stand beside each other; `first` and `last` are the rows that exist; `show` scrolls one
 * into being.
 */
export function useRowKeys(list: {
  readonly frame: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly across?: number;
  readonly first: number;
  readonly last: number;
  readonly show: (row: number) => void;
}) {
  const { frame, count, across = 1, first, last, show } = list;
  const [at, setAt] = useState(0);
  const wanted = useRef<number | null>(null);
  // The row that was walked to may exist only after the list has scrolled, some drawings later.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = frame.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (row === null || row === undefined) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const stopAt = at >= first && at <= last ? at : first;
  return {
    stop: (row: number): RowStop => ({
      tabIndex: row === stopAt ? 0 : -1,
      "data-row": row,
      onFocus: () => setAt(row),
    }),
    hear(event: KeyboardEvent): void {
      if (!(event.target instanceof Element) || event.target.closest("[data-row]") === null) return;
      const next = rowAfter(event.key, at, { count, across });
      if (next === null) return;
      // The arrows are the cart's where no list has the focus.
      event.preventDefault();
      event.stopPropagation();
      if (next === at) return;
      wanted.current = next;
      setAt(next);
      show(next);
    },
  };
}

/** The same for a list of which every row exists. */
export function useListKeys(count: number) {
  const frame = useRef<HTMLElement>(null);
  const rowKeys = useRowKeys({
    ...{ frame, count, first: 0, last: count - 1 },
    show: (row) => frame.current?.querySelector(`[data-row="${row}"]`)?.scrollIntoView({ block: "nearest" }),
  });
  return { frame, rowKeys };
}

/** The row a key leads to from `at`; null for keys that are not the list's. */
export function rowAfter(
  key: string,
  at: number,
  { count, across }: { readonly count: number; readonly across: number },
): number | null {
  const most = Math.max(0, count - 1);
  const to = (row: number): number => (row < 0 || row > most ? at : row);
  switch (key) {
    case "ArrowDown":
      return to(at + across);
    case "ArrowUp":
      return to(at - across);
    case "ArrowRight":
      return across === 1 ? null : to(at + 1);
    case "ArrowLeft":
      return across === 1 ? null : to(at - 1);
    case "Home":
      return 0;
    case "End":
      return most;
    default:
      return null;
  }
}
