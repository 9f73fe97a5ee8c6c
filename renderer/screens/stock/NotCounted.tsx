import { useState } from "react";
import type { StockRowView } from "#contract/ipc/stock-intents.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useStockText } from "./stock-texts.ts";
import { useAnswer } from "./use-answer.ts";

/** What the books have and nobody has counted: it stays as it is unless somebody does, if only as none. */
export function NotCounted({
  takeId,
  onCount,
}: {
  readonly takeId: string;
  readonly onCount: (item: StockRowView) => void;
}) {
  const text = useStockText();
  const locale = useLocale();
  const [afterSku, setAfter] = useState("");
  const { value } = useAnswer("take-not-counted", { takeId, afterSku });
  const last = value?.at(-1);
  return (
    <Scrolled className="stock-frame" label={text("take.missing")}>
      {value?.length === 0 && <p className="stock-none">{text("take.all-counted")}</p>}
      <ol>
        {value?.map((row) => (
          <li key={row.sku} className="stock-count" data-testid="not-counted" data-sku={row.sku}>
            <span className="stock-row-name">
              {localName(row, locale)}
              <span className="stock-soft figures"> {row.sku}</span>
            </span>
            <strong className="figures">{levelText(row.levelMilli ?? 0, row.unit)}</strong>
            <Press data-testid="not-counted-count" onClick={() => onCount(row)}>
              {text("take.count")}
            </Press>
          </li>
        ))}
      </ol>
      {last !== undefined && <Press onClick={() => setAfter(last.sku)}>{text("next")}</Press>}
    </Scrolled>
  );
}
