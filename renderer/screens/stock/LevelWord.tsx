import "./stock-mark.css";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { StockRowView } from "#contract/ipc/stock-intents.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { useStockText } from "./stock-texts.ts";

/** A level, or in a word why there is none: unknown is never nothing. */
export function LevelWord({ row }: { readonly row: StockRowView }) {
  const text = useStockText();
  if (!row.isStocked) return <strong className="stock-soft">{text("not-stocked")}</strong>;
  if (row.levelMilli === null) return <strong className="stock-soft">{text("unknown")}</strong>;
  const level = `${levelText(row.levelMilli, row.unit)}${row.unit === "kg" ? " kg" : ""}`;
  if (!row.isLow && row.levelMilli >= 0) return <strong className="figures">{level}</strong>;
  return (
    <strong className="figures stock-low-word">
      <IconAlertTriangle size={18} aria-label={text(row.isLow ? "is-low" : "below-zero")} />
      {level}
    </strong>
  );
}
