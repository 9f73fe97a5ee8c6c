import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { AuditRowView } from "#contract/ipc/audit-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { AuditQuery } from "#contract/worker/audit-messages.ts";
import { send } from "../../../till-client.ts";

/** Typing is over when nothing was typed for this long. Milliseconds. */
const settleMs = 300;
/** Looks in a row without a row found before somebody is asked whether to go on: 200,000 entries. */
const mostEmptyLooks = 10;

export interface AuditDesk {
  readonly rows: readonly AuditRowView[];
  readonly isSearching: boolean;
  readonly fault: IntentFault | null;
  /** Nothing is older. */
  readonly isAtEnd: boolean;
  readonly reachedMs: number | null;
  readonly readMore: () => void;
}

interface Found {
  readonly rows: readonly AuditRowView[];
  readonly before: number | null;
  readonly isAtEnd: boolean;
  readonly reachedMs: number | null;
}

const nothing: Found = { rows: [], before: null, isAtEnd: false, reachedMs: null };

/** What the query finds, page by page. `key` names the query; another one begins anew. */
export function useAudit(query: AuditQuery | null, key: string): AuditDesk {
  const [found, setFound] = useState<Found>(nothing);
  const [isSearching, setSearching] = useState(true);
  const [fault, setFault] = useState<IntentFault | null>(null);
  /** Which search is the page's; answers to an older one are late. */
  const current = useRef(0);
  const isBusy = useRef(false);
  const latest = useRef(query);
  useLayoutEffect(() => {
    latest.current = query;
  });

  const search = useCallback(async (turn: number, from: Found): Promise<void> => {
    const asked = latest.current;
    if (asked === null) return;
    isBusy.current = true;
    setSearching(true);
    let now = from;
    for (let looks = 0; looks < mostEmptyLooks; looks += 1) {
      const answer = await send("audit-page", { query: asked, before: now.before });
      if (current.current !== turn) return;
      setFault(answer.ok ? null : answer.fault);
      if (!answer.ok) break;
      const { rows, before, reachedMs } = answer.value;
      now = { rows: [...now.rows, ...rows], before, isAtEnd: before === null, reachedMs };
      setFound(now);
      if (rows.length > 0 || before === null) break;
    }
    isBusy.current = false;
    setSearching(false);
  }, []);

  useEffect(() => {
    current.current += 1;
    const turn = current.current;
    setSearching(true);
    const timer = window.setTimeout(() => {
      setFound(nothing);
      void search(turn, nothing);
    }, settleMs);
    return () => window.clearTimeout(timer);
  }, [key, search]);

  const readMore = useCallback((): void => {
    if (!isBusy.current && !found.isAtEnd) void search(current.current, found);
  }, [found, search]);
  return { ...found, isSearching, fault, readMore };
}
