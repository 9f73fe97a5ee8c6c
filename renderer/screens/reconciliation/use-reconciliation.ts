import { useCallback, useEffect, useRef, useState } from "react";
import type { FindingView, ReconciliationDayRow, ReconciliationDayView } from "#contract/ipc/reconciliation-view.ts";
import { send, useFromSection, useSection } from "../../till-client.ts";

export type ShownGroup = "open" | keyof NonNullable<ReconciliationDayView["compared"]>["groups"];

/** Rows asked for at once. */
const pageRows = 60;
const mostRows = 200;

/** Grows when main compared a day or somebody did something: what was read before it is old. */
function useChanges(): number {
  return useFromSection("reconciliation", (status) => status?.changes ?? 0);
}

/** What is being compared now, if anything is. */
export function useRunning() {
  return useSection("reconciliation")?.running ?? null;
}

/** The days, newest first; null while they are not read. */
export function useBillDays(): readonly ReconciliationDayRow[] | null {
  const [days, setDays] = useState<readonly ReconciliationDayRow[] | null>(null);
  const changes = useChanges();
  useEffect(() => {
    let isCurrent = true;
    void send("reconciliation-days", {}).then((answer) => {
      if (isCurrent && answer.ok) setDays(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [changes]);
  return days;
}

export function useBillDay(day: string | null): ReconciliationDayView | null {
  const [view, setView] = useState<ReconciliationDayView | null>(null);
  const changes = useChanges();
  useEffect(() => {
    if (day === null) return undefined;
    let isCurrent = true;
    void send("reconciliation-day", { day }).then((answer) => {
      if (isCurrent) setView(answer.ok ? answer.value : null);
    });
    return () => {
      isCurrent = false;
    };
  }, [day, changes]);
  return view?.day === day ? view : null;
}

/** A group's findings in the order of the bill, read page by page as the list is scrolled; null while nothing was read. */
export function useFindings(
  day: string,
  group: ShownGroup,
): { readonly rows: readonly FindingView[] | null; readonly readMore: () => void } {
  const [read, setRead] = useState<{ readonly of: string; readonly rows: readonly FindingView[] } | null>(null);
  const changes = useChanges();
  const of = `${day} ${group}`;
  /** Grows with every new start, so that a page of an older one is thrown away. */
  const start = useRef(0);
  const isReading = useRef(false);
  const isComplete = useRef(false);
  const shown = useRef<{ readonly of: string; readonly count: number }>({ of, count: 0 });

  const readPage = useCallback(
    async (known: readonly FindingView[], limit: number): Promise<void> => {
      const mine = start.current;
      isReading.current = true;
      const answer = await send("findings", { day, group, limit, after: known.at(-1)?.position ?? 0 });
      if (mine !== start.current) return;
      isReading.current = false;
      const page = answer.ok ? answer.value : [];
      isComplete.current = page.length < limit;
      const rows = [...known, ...page];
      shown.current = { of, count: rows.length };
      setRead({ of, rows });
    },
    [day, group, of],
  );

  useEffect(() => {
    start.current += 1;
    isComplete.current = false;
    // After a change as many rows as were shown, so that the list does not jump under the finger.
    const known = shown.current.of === of ? shown.current.count : 0;
    void readPage([], Math.min(Math.max(known, pageRows), mostRows));
  }, [readPage, changes, of]);

  const rows = read?.of === of ? read.rows : null;
  const readMore = useCallback(() => {
    if (rows !== null && !isReading.current && !isComplete.current) void readPage(rows, pageRows);
  }, [rows, readPage]);
  return { rows, readMore };
}
