import "./stock-mark.css";
import { levelText } from "#core/stock/stock-level.ts";
import { Press } from "../../parts/Press.tsx";
import { openStockPage } from "./stock-desk.ts";
import { LevelWord } from "./LevelWord.tsx";
import { useStockText } from "./stock-texts.ts";
import { useAnswer } from "./use-answer.ts";

/** How much there is of an item, where it is edited; what is set and counted has its own page. */
export function StockOfItem({ sku }: { readonly sku: string }) {
  const text = useStockText();
  const { value: row } = useAnswer("stock-item", { sku });
  if (row === null) return null;
  return (
    <div className="stock-of-item" data-testid="stock-of-item" data-level={row.levelMilli ?? "unknown"}>
      <span>{text("title")}</span>
      <LevelWord row={row} />
      {row.reorderMilli !== null && (
        <span className="figures">{text("reorder-at", { level: levelText(row.reorderMilli, row.unit) })}</span>
      )}
      <Press onClick={openStockPage}>{text("moves")}</Press>
    </div>
  );
}
