import { useCallback, useEffect, useRef, useState } from "react";
import type { CatalogDeskView, CatalogItemView } from "#contract/ipc/catalog-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { send } from "../../till-client.ts";

/** Rows asked for at once: two screens full, answered within a frame. */
const pageRows = 60;
/** What a text finds is not read further: a narrower one finds the rest. */
const mostFound = 200;

export interface Goods {
  /** Null until main has answered. */
  readonly desk: CatalogDeskView | null;
  readonly rows: readonly CatalogItemView[] | null;
  readonly fault: IntentFault | null;
  readonly readMore: () => void;
  /** Something was changed: everything is read anew. */
  readonly readAgain: () => void;
}

/** The goods of the page, page by page as somebody scrolls; only what was read is kept. */
export function useGoods(text: string, categoryId: string | null): Goods {
  const [desk, setDesk] = useState<CatalogDeskView | null>(null);
  const [rows, setRows] = useState<readonly CatalogItemView[] | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [turn, setTurn] = useState(0);
  /** Grows with every new start, so that a page of an older one is thrown away. */
  const start = useRef(0);
  const isReading = useRef(false);
  const isComplete = useRef(false);

  const read = useCallback(
    async (known: readonly CatalogItemView[]): Promise<void> => {
      const mine = start.current;
      isReading.current = true;
      const isSearch = text.trim() !== "";
      const limit = isSearch ? mostFound : pageRows;
      const afterSku = known.at(-1)?.sku ?? null;
      const answer = await send("catalog-page", { text: text.slice(0, 64), categoryId, afterSku, limit });
      if (mine !== start.current) return;
      isReading.current = false;
      setFault(answer.ok ? null : answer.fault);
      const page = answer.ok ? answer.value : [];
      isComplete.current = isSearch || page.length < limit;
      setRows([...known, ...page]);
    },
    [text, categoryId],
  );
  useEffect(() => {
    start.current += 1;
    isComplete.current = false;
    void read([]);
  }, [read, turn]);
  useEffect(() => {
    let isOpen = true;
    void send("catalog-desk", {}).then((answer) => {
      if (isOpen && answer.ok) setDesk(answer.value);
    });
    return () => {
      isOpen = false;
    };
  }, [turn]);

  const readMore = useCallback(() => {
    if (rows !== null && !isReading.current && !isComplete.current) void read(rows);
  }, [rows, read]);
  const readAgain = useCallback(() => setTurn((known) => known + 1), []);
  return { desk, rows, fault, readMore, readAgain };
}
