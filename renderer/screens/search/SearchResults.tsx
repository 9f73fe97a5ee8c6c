import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type ReactNode } from "react";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { ItemPicture } from "../../parts/ItemPicture.tsx";
import { StockMark } from "../stock/StockMark.tsx";
import { useTillText } from "../../i18n/till-texts.ts";

const rowHeight = 56;

/** What was found, the chosen one marked; Enter rings it up. `children` stands there when nothing was found. */
export function SearchResults(props: {
  readonly items: readonly ItemView[];
  /** Not every item is known by its name yet. */
  readonly isWhole: boolean;
  readonly chosen: number;
  readonly onChoose: (item: ItemView) => void;
  readonly children: ReactNode;
}) {
  const { items, isWhole, chosen, onChoose, children } = props;
  const text = useTillText();
  const frame = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  });
  useEffect(() => {
    // New results begin at their top as they are; to scroll there would lay the page out once more.
    if (items.length > 0 && (chosen > 0 || virtualizer.scrollOffset !== 0)) virtualizer.scrollToIndex(chosen);
  }, [virtualizer, chosen, items]);

  const hasPictures = items.some(({ image }) => image !== undefined);
  if (items.length === 0) {
    return (
      <div className="search-none" role="status" data-testid="search-none">
        {children}
      </div>
    );
  }
  return (
    <div className="found-items">
      {!isWhole && (
        <p className="search-partly" role="status" data-testid="search-partly">
          {text("search.partly")}
        </p>
      )}
      <div ref={frame} className="search-results" role="listbox" aria-label={text("search.results")} tabIndex={0}>
        <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {virtualizer.getVirtualItems().map((row) => {
            const item = items[row.index];
            return (
              item !== undefined && (
                <ResultRow
                  key={item.sku}
                  {...{ item, hasPictures }}
                  top={row.start}
                  isChosen={row.index === chosen}
                  onChoose={() => onChoose(item)}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function ResultRow(props: {
  readonly item: ItemView;
  readonly top: number;
  readonly isChosen: boolean;
  readonly hasPictures: boolean;
  readonly onChoose: () => void;
}) {
  const { item, top, isChosen, hasPictures, onChoose } = props;
  const locale = useLocale();
  const text = useTillText();
  return (
    <div
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      className="search-result"
      style={{ transform: `translateY(${top}px)` }}
      data-testid="search-result"
      data-sku={item.sku}
      onClick={onChoose}
    >
      {hasPictures && <ItemPicture image={item.image} name={localName(item, locale)} />}
      <span className="search-result-name">
        {localName(item, locale)}
        <StockMark item={item} />
      </span>
      <span className="figures">
        {item.openPrice === undefined ? formatMoney(item.priceFen) : text("search.open-price")}
        {item.unit === "kg" && text("search.per-kg")}
      </span>
    </div>
  );
}
