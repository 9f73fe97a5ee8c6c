import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useRef } from "react";
import type { CategoryView, ItemView } from "#contract/ipc/manager-view.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { ItemPicture } from "../../parts/ItemPicture.tsx";
import { type RowStop, useRowKeys } from "../../parts/use-row-keys.ts";
import { addItem } from "../sale/sale-desk.ts";
import { useCategoryItems } from "./use-items.ts";

/** Pixels: with two lines for the name, and with four where the text is so large that tiles get narrow. */
const usualHeight = 92;
const largeTextHeight = 134;
/** More where one of them has a picture: all are as high, and stay so. */
const pictureHeight = 20;
/** As in till/large-text.css. */
const largeText = "(max-width: 1023.9px), (max-height: 639.9px)";
const narrowestTile = 120;
const gap = 8;

/** Items to tap. Only the rows in sight exist, so ten thousand do not lag; a letter typed above draws none of them anew. */
export const TileGrid = memo(function TileGrid(props: {
  readonly categoryId: string | null;
  readonly categories: readonly CategoryView[];
  /** Something else lies over them. */
  readonly isCovered: boolean;
}) {
  const { categoryId, categories, isCovered } = props;
  const text = useTillText();
  const { items, loadMore } = useCategoryItems(categoryId, isCovered);
  const frame = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const hasPictures = items?.some(({ image }) => image !== undefined) === true;
  const tileHeight = useTileHeight(hasPictures);
  const columns = Math.max(2, Math.floor((width + gap) / (narrowestTile + gap)));
  const rowCount = Math.ceil((items?.length ?? 0) / columns);
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => frame.current,
    estimateSize: () => tileHeight + gap,
    overscan: 3,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, tileHeight]);
  const rows = virtualizer.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rowCount > 0 && lastRow >= rowCount - 3) loadMore();
  }, [lastRow, rowCount, loadMore]);

  const rowKeys = useRowKeys({
    ...{ frame, count: items?.length ?? 0, across: columns },
    first: (rows[0]?.index ?? 0) * columns,
    last: (lastRow + 1) * columns - 1,
    show: (tile) => virtualizer.scrollToIndex(Math.floor(tile / columns)),
  });
  const fits = virtualizer.getTotalSize() <= (virtualizer.scrollRect?.height ?? 0);
  const colours = new Map(categories.map((category) => [category.id, category.colour]));
  return (
    <div
      ref={frame}
      id="item-tiles"
      className={`tile-grid ${fits ? "tile-grid-fits" : ""}`}
      role="tabpanel"
      aria-label={text("search.items")}
      tabIndex={-1}
      onKeyDown={rowKeys.hear}
    >
      {items?.length === 0 && <p className="tile-none">{text("search.empty")}</p>}
      <div ref={sizeRef} style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {rows.map((row) => (
          <div
            key={row.key}
            className="tile-row"
            style={{
              height: tileHeight,
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, 1fr)`,
            }}
          >
            {items?.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
              <Tile
                key={item.sku}
                {...{ item, hasPictures }}
                stop={rowKeys.stop(row.index * columns + column)}
                colour={colours.get(item.categoryId)}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
});

/** Pixels. */
function useTileHeight(hasPictures: boolean): number {
  const isLarge = useMediaQuery(largeText, false, { getInitialValueInEffect: false });
  return (isLarge ? largeTextHeight : usualHeight) + (hasPictures ? pictureHeight : 0);
}

function Tile(props: {
  readonly item: ItemView;
  readonly hasPictures: boolean;
  readonly stop: RowStop;
  readonly colour: number | undefined;
}) {
  const { item, hasPictures, stop, colour } = props;
  const locale = useLocale();
  const text = useTillText();
  return (
    <button
      type="button"
      {...stop}
      className="tile"
      data-testid="tile"
      data-sku={item.sku}
      data-colour={colour}
      onClick={() => addItem(item.sku, "tile")}
    >
      <span className="tile-name">{localName(item, locale)}</span>
      <span className="tile-foot">
        <span className="tile-price figures">
          {item.openPrice === undefined ? formatMoney(item.priceFen) : text("search.open-price")}
          {item.unit === "kg" && <small>{text("search.per-kg")}</small>}
        </span>
        {hasPictures && <ItemPicture image={item.image} name={localName(item, locale)} />}
      </span>
    </button>
  );
}
