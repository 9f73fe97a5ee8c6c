import { useCallback, useEffect, useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { MembersView, PointEntryView } from "#contract/ipc/member-intents.ts";
import { send } from "../../till-client.ts";

/** A screen full; the older ones come by a press. */
const pageRows = 50;

/** Members, newest first, by what is searched for; null while nothing has been read. */
export function useMembers(search: string) {
  const [view, setView] = useState<MembersView | null>(null);
  const [isComplete, setComplete] = useState(false);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [reading, setReading] = useState(0);
  /** Grows with every question, so that the answer to an older one is thrown away. */
  const asked = useRef(0);
  const read = useCallback(
    async (known: MembersView["rows"]): Promise<void> => {
      asked.current += 1;
      const mine = asked.current;
      const answer = await send("members", { search, before: known.at(-1)?.position ?? null, limit: pageRows });
      if (mine !== asked.current) return;
      setFault(answer.ok ? null : answer.fault);
      if (!answer.ok) return;
      setComplete(answer.value.rows.length < pageRows);
      setView({ ...answer.value, rows: [...known, ...answer.value.rows] });
    },
    [search],
  );
  useEffect(() => {
    void read([]);
  }, [read, reading]);
  return {
    ...{ view, fault, setFault },
    readMore: view === null || isComplete ? null : () => void read(view.rows),
    readAgain: () => setReading((count) => count + 1),
  };
}

/** What moved one member's points, newest first; null while nothing has been read. */
export function useMemberPoints(memberId: string, balance: number) {
  const [rows, setRows] = useState<readonly PointEntryView[] | null>(null);
  const [isComplete, setComplete] = useState(false);
  const asked = useRef(0);
  const read = useCallback(
    async (known: readonly PointEntryView[]): Promise<void> => {
      asked.current += 1;
      const mine = asked.current;
      const answer = await send("member-points", {
        ...{ memberId, limit: pageRows },
        before: known.at(-1)?.position ?? null,
      });
      if (mine !== asked.current || !answer.ok) return;
      setComplete(answer.value.length < pageRows);
      setRows([...known, ...answer.value]);
    },
    [memberId],
  );
  // A balance that has moved has new entries.
  useEffect(() => {
    void read([]);
  }, [read, balance]);
  return { rows, readMore: rows === null || isComplete ? null : () => void read(rows) };
}
