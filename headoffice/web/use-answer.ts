import { useCallback, useEffect, useRef, useState } from "react";
import { ask, type AskFault } from "./api-client.ts";

export interface Answer<T> {
  /** The last good answer; null until there is one. It stays while a newer one is fetched or fails. */
  readonly value: T | null;
  readonly fault: AskFault | null;
  reload(): void;
}

/** What the server says at a path, asked again every `everyMs` while the page is looked at. null: nothing is asked. */
export function useAnswer<T>(path: string | null, everyMs?: number): Answer<T> {
  const [state, setState] = useState<{ path: string | null; value: T | null; fault: AskFault | null }>({
    ...{ path: null, value: null, fault: null },
  });
  const asked = useRef(0);
  const reload = useCallback(() => {
    if (path === null) return;
    const mine = (asked.current += 1);
    void ask<T>(path).then((answer) => {
      // A slower answer to an older question is no news.
      if (mine !== asked.current) return;
      setState((before) =>
        answer.ok
          ? { path, value: answer.value, fault: null }
          : { path, value: before.path === path ? before.value : null, fault: answer.fault },
      );
    });
  }, [path]);
  useEffect(() => {
    reload();
    if (everyMs === undefined) return;
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), everyMs);
    return () => clearInterval(timer);
  }, [reload, everyMs]);
  const isOfThisPath = state.path === path;
  return { value: isOfThisPath ? state.value : null, fault: isOfThisPath ? state.fault : null, reload };
}
