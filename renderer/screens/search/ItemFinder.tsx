import "./search.css";
import { useState } from "react";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, openDialog } from "../../till/desk.ts";
import { addItem } from "../sale/sale-desk.ts";
import { CategoryRail } from "./CategoryRail.tsx";
import { leaveSearch, searchStore } from "./search-desk.ts";
import { SearchField } from "./SearchField.tsx";
import { SearchResults } from "./SearchResults.tsx";
import { TileGrid } from "./TileGrid.tsx";
import { useCategories, useSearch } from "./use-items.ts";

/** Finds what cannot be scanned: by name, pinyin initials or code, or by eye among the tiles. */
export function ItemFinder() {
  const text = useTillText();
  const search = searchStore.use();
  const categories = useCategories();
  const [categoryId, setCategoryId] = useState<string | null>(null);
  const answer = useSearch(search.text);
  const found = answer?.items ?? null;
  const isWhole = answer?.isWhole ?? true;
  const [chosen, setChosen] = useState(0);
  // The tiles stand until there is an answer: an empty page between them would cost a frame and tell nothing.
  const isShown = search.text.trim() !== "" && found !== null;

  const ringUp = (item: ItemView | undefined): void => {
    if (item === undefined) return findSale();
    addItem(item.sku, "search");
    leaveSearch();
  };
  /** A number that is no item may stand on a receipt, or in the customer's bill. */
  const findSale = (): void => {
    if (found?.length !== 0 || !isNumber(search.text)) return;
    void act("find-sale", { text: search.text.trim() }).then((answer) => {
      if (!answer.ok) return;
      leaveSearch();
      const { saleId, isOther } = answer.value;
      openDialog(isOther ? { kind: "other-sale", saleId } : { kind: "sale", saleId, isRefund: true });
    });
  };
  return (
    <div className="finder">
      <SearchField
        onText={() => setChosen(0)}
        onStep={(by) => setChosen((now) => Math.min(Math.max(now + by, 0), Math.max(0, (found?.length ?? 0) - 1)))}
        onEnter={() => ringUp(found?.[chosen])}
      />
      <div className="finder-body">
        {/* Kept as they are below what is found: to make them anew would cost a frame each time, and their place. */}
        <div className="finder-tiles" inert={isShown}>
          <CategoryRail categories={categories} chosenId={categoryId} onChoose={setCategoryId} />
          <TileGrid key={categoryId} categoryId={categoryId} categories={categories} isCovered={isShown} />
        </div>
        {isShown && (
          <SearchResults items={found} isWhole={isWhole} chosen={chosen} onChoose={ringUp}>
            <p>{text(isWhole ? "search.none" : "search.none-yet", { text: search.text })}</p>
            <Press onClick={() => openDialog({ kind: "open-price", barcode: asBarcode(search.text) })}>
              {text("search.none-action")}
            </Press>
            {isNumber(search.text) && (
              <Press data-testid="search-sale" onClick={findSale}>
                {text("search.none-sale")} <KeyCap>Enter</KeyCap>
              </Press>
            )}
          </SearchResults>
        )}
      </div>
    </div>
  );
}

/** Like a sale's number, or the shop's or the gateway's of a payment. */
function isNumber(text: string): boolean {
  return /^(?=.*\d)[0-9A-Z_\-|*]{8,32}$/i.test(text.trim());
}

/** A searched number that looks like a code goes onto the open-price line, so that the receipt can name it. */
function asBarcode(text: string): string | null {
  return /^\d{4,32}$/.test(text.trim()) ? text.trim() : null;
}
