import { IconSearch, IconStarFilled } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { CatalogItemView } from "#contract/ipc/catalog-intents.ts";
import { formatPlainMoney } from "../../i18n/formats.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { useEndlessRows } from "../../parts/use-endless-rows.ts";
import { ItemPicture } from "../../parts/ItemPicture.tsx";
import type { RowStop } from "../../parts/use-row-keys.ts";
import { nameOf } from "./names.ts";
import { useGoodsText } from "./goods-texts.ts";
import type { Goods } from "./use-goods.ts";

const rowHeight = 60;

/** Goods by their numbers, or what a text finds. Only the rows in sight exist, however many goods there are. */
export function GoodsList(props: {
  readonly goods: Goods;
  readonly search: string;
  readonly categoryId: string | null;
  readonly chosenSku: string | null;
  readonly onSearch: (text: string) => void;
  readonly onCategory: (categoryId: string | null) => void;
  readonly onChoose: (item: CatalogItemView) => void;
}) {
  const { goods, search, categoryId, chosenSku, onSearch, onCategory, onChoose } = props;
  const text = useGoodsText();
  const locale = useLocale();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const { rows, readMore } = goods;
  const hasPictures = rows?.some(({ image }) => image !== undefined) === true;
  const { frame, inSight, height, rowKeys } = useEndlessRows({
    ...{ rows, rowHeight, readMore, overscan: 8 },
    keyOf: ({ sku }: CatalogItemView) => sku,
  });
  return (
    <section className="goods-card goods-list" aria-label={text("title")}>
      <div className="goods-find">
        <label className="goods-search">
          <IconSearch size={22} aria-hidden />
          <input
            ref={field}
            data-testid="goods-search"
            aria-label={text("search")}
            placeholder={text("search")}
            value={search}
            maxLength={64}
            onChange={(event) => onSearch(event.currentTarget.value)}
          />
        </label>
        <select
          data-testid="goods-category"
          aria-label={text("field.category")}
          value={categoryId ?? ""}
          onChange={(event) => onCategory(event.currentTarget.value === "" ? null : event.currentTarget.value)}
        >
          <option value="">{text("all-categories")}</option>
          {goods.desk?.categories.map((category) => (
            <option key={category.id} value={category.id}>
              {nameOf(category, locale)}
            </option>
          ))}
        </select>
      </div>
      <div className="goods-frame" role="presentation" ref={frame} onKeyDown={rowKeys.hear}>
        {rows?.length === 0 && <p className="goods-soft goods-none">{text("none")}</p>}
        <ol style={{ height }}>
          {inSight.map(({ index, start, key }) => {
            const row = rows?.[index];
            if (row === undefined) return null;
            return (
              <li key={key} style={{ transform: `translateY(${start}px)` }}>
                <GoodsRow
                  {...{ row, hasPictures, onChoose }}
                  stop={rowKeys.stop(index)}
                  isChosen={row.sku === chosenSku}
                />
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}

function GoodsRow(props: {
  readonly row: CatalogItemView;
  readonly stop: RowStop;
  readonly isChosen: boolean;
  readonly hasPictures: boolean;
  readonly onChoose: (item: CatalogItemView) => void;
}) {
  const { row, stop, isChosen, hasPictures, onChoose } = props;
  const text = useGoodsText();
  const locale = useLocale();
  const [code] = row.codes;
  return (
    <button
      type="button"
      {...stop}
      className={`goods-row ${hasPictures ? "goods-row-pictured" : ""}`}
      data-testid="goods-row"
      data-sku={row.sku}
      aria-current={isChosen ? "true" : undefined}
      onClick={() => onChoose(row)}
    >
      {hasPictures && <ItemPicture image={row.image} name={nameOf(row, locale)} />}
      <span className="goods-row-name">
        {nameOf(row, locale)}
        {row.isFavourite && <IconStarFilled size={16} className="goods-star" aria-label={text("field.favourite")} />}
      </span>
      <span className="goods-row-code figures">
        {row.sku}
        {code !== undefined && code.barcode !== row.sku && <span> · {code.barcode}</span>}
      </span>
      <strong className="figures">
        {row.openPrice === undefined ? formatPlainMoney(row.priceFen) : text("open-price")}
        {row.unit === "kg" && <span className="goods-soft"> {text("per-kg")}</span>}
      </strong>
    </button>
  );
}
