import { useCallback, useEffect, useState } from "react";
import type { CategoryView, FoundItemsView, ItemView } from "#contract/ipc/manager-view.ts";
import { send, useFromSection } from "../../till-client.ts";

/** As many as anybody scrolls through; a narrower search finds the rest. */
const mostFound = 60;
/** Tiles fetched at once: three screens of them. */
const tilesPerPage = 120;
/** As many as main gives for one question. */
const mostAtOnce = 500;

/** The catalogue's categories; asked for once a sign-in, because an import may have changed them. */
export function useCategories(): readonly CategoryView[] {
  const [categories, setCategories] = useState<readonly CategoryView[]>([]);
  const cashierId = useFromSection("session", (session) => session?.cashierId ?? null);
  useEffect(() => {
    let isCurrent = true;
    void send("list-categories", {}).then((result) => {
      if (isCurrent && result.ok) setCategories(result.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [cashierId]);
  return categories;
}

/** Between two looks while not every name is known yet: what becomes known is seen within a breath. Milliseconds. */
const againMs = 2_000;
const nothing: FoundItemsView = { items: [], isWhole: true };

/** What the catalogue finds for a text; null until the first answer. An answer that was overtaken is dropped. */
export function useSearch(text: string): FoundItemsView | null {
  const wanted = text.trim();
  const [found, setFound] = useState<FoundItemsView | null>(null);
  useEffect(() => {
    if (wanted === "") {
      setFound(null);
      return;
    }
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      void send("search-items", { text: wanted.slice(0, 64), limit: mostFound }).then((result) => {
        if (!isCurrent) return;
        const answer = result.ok ? result.value : nothing;
        setFound(answer);
        if (!answer.isWhole) timer = setTimeout(ask, againMs);
      });
    };
    ask();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  return found;
}

/**
 * The items of a category, page after page as they come into sight; the favourites where there is no category. Those that were
 * covered for a while are looked at again when they are seen again: prices may have changed.
 */
export function useCategoryItems(
  categoryId: string | null,
  isCovered: boolean,
): {
  readonly items: readonly ItemView[] | null;
  readonly loadMore: () => void;
} {
  const [items, setItems] = useState<readonly ItemView[] | null>(null);
  const [afterSku, setAfterSku] = useState<string | null>(null);
  const [isComplete, setIsComplete] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    void send("list-items", { categoryId, limit: tilesPerPage, afterSku }).then((result) => {
      if (!isCurrent || !result.ok) return;
      const page = result.value;
      setItems((known) => (afterSku === null ? page : [...(known ?? []), ...page]));
      setIsComplete(categoryId === null || page.length < tilesPerPage);
    });
    return () => {
      isCurrent = false;
    };
  }, [categoryId, afterSku]);
  const count = items?.length ?? 0;
  useEffect(() => {
    if (!isCovered) return;
    return () => {
      const limit = Math.min(Math.max(count, tilesPerPage), mostAtOnce);
      void send("list-items", { categoryId, limit, afterSku: null }).then((result) => {
        if (!result.ok) return;
        const { value: page } = result;
        const skus = new Set(page.map(({ sku }) => sku));
        // Where one of them is gone by now, the page ends with what began the rest.
        setItems((known) => [...page, ...(known ?? []).slice(limit).filter(({ sku }) => !skus.has(sku))]);
      });
    };
  }, [isCovered, categoryId, count]);
  const lastSku = items?.at(-1)?.sku;
  // Asking again after the same item changes nothing, so nothing is fetched twice.
  const loadMore = useCallback((): void => {
    if (!isComplete && lastSku !== undefined) setAfterSku(lastSku);
  }, [isComplete, lastSku]);
  return { items, loadMore };
}
