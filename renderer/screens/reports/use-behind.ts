import { useCallback, useEffect, useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { Cursor, DayRange, Page, Pick, ReportEvent, ReportSale } from "#contract/reports/report.ts";
import { send } from "../../till-client.ts";

/** What a number is made of. */
export type Behind =
  | { readonly of: "sales"; readonly pick: Pick; readonly name: string }
  | { readonly of: "refund" | "charge" | "void"; readonly pick: Pick; readonly name: string };

export type BehindRow = ({ readonly is: "sale" } & ReportSale) | ({ readonly is: "event" } & ReportEvent);

/** Rows of one page. */
const pageRows = 60;

/** The rows behind a number, read page by page. `isOver`: there are no more. */
export function useBehind(range: DayRange, behind: Behind) {
  const [rows, setRows] = useState<readonly BehindRow[] | null>(null);
  const [isOver, setOver] = useState(false);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const next = useRef<Cursor | null>(null);
  const isReading = useRef(false);

  const read = useCallback(
    async (isWanted: () => boolean): Promise<void> => {
      if (isReading.current) return;
      isReading.current = true;
      // A page ends when its time is up, so it may be empty though more follow: on until there is something to show.
      for (let found = 0; found < pageRows && isWanted();) {
        const page = await readPage(range, behind, next.current, pageRows - found);
        if (!isWanted()) break;
        if (!page.ok) {
          setFault(page.fault);
          break;
        }
        found += page.value.rows.length;
        next.current = page.value.next;
        setRows((known) => [...(known ?? []), ...page.value.rows]);
        if (page.value.next === null) {
          setOver(true);
          break;
        }
      }
      isReading.current = false;
    },
    [range, behind],
  );

  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    void read(() => isHere.current);
    return () => {
      isHere.current = false;
    };
  }, [read]);
  const readMore = useCallback(() => void (next.current !== null && read(() => isHere.current)), [read]);
  return { rows, isOver, fault, readMore };
}

async function readPage(
  range: DayRange,
  { of, pick }: Behind,
  after: Cursor | null,
  limit: number,
): Promise<
  { readonly ok: true; readonly value: Page<BehindRow> } | { readonly ok: false; readonly fault: IntentFault }
> {
  if (of === "sales") {
    const answer = await send("report-sales", { range, pick, after, limit });
    if (!answer.ok) return answer;
    return { ok: true, value: { ...answer.value, rows: answer.value.rows.map((row) => ({ is: "sale", ...row })) } };
  }
  const answer = await send("report-events", { range, of, pick, after, limit });
  if (!answer.ok) return answer;
  return { ok: true, value: { ...answer.value, rows: answer.value.rows.map((row) => ({ is: "event", ...row })) } };
}
