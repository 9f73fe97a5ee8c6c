import "./stock-mark.css";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { useStockText } from "./stock-texts.ts";

/** How much there is, where anybody knows; nothing where nobody does. */
export function StockMark({ item }: { readonly item: Pick<ItemView, "unit" | "levelMilli" | "isLow"> }) {
  const text = useStockText();
  if (item.levelMilli === undefined) return null;
  const isShort = item.isLow === true || item.levelMilli <= 0;
  return (
    <span className={`stock-mark figures ${isShort ? "stock-mark-low" : ""}`} data-testid="stock-mark">
      {text("mark", { level: levelText(item.levelMilli, item.unit) })}
    </span>
  );
}
