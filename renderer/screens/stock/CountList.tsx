import { IconX } from "@tabler/icons-react";
import type { CountView, TakeView } from "#contract/ipc/stock-intents.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useStockText } from "./stock-texts.ts";

/** What was counted last, newest first; a wrong one is counted again or taken back. */
export function CountList(props: {
  readonly take: TakeView;
  readonly onForget: (item: CountView) => void;
  readonly onAgain: (item: CountView) => void;
}) {
  const { take, onForget, onAgain } = props;
  const text = useStockText();
  const locale = useLocale();
  return (
    <Scrolled className="stock-frame" label={text("take.counting")}>
      {take.last.length === 0 && <p className="stock-none">{text("take.empty")}</p>}
      <ol>
        {take.last.map((item) => (
          <li
            key={item.sku}
            className="stock-count"
            data-testid="count"
            data-sku={item.sku}
            data-counted={item.countedMilli}
          >
            <span className="stock-row-name">
              {localName(item, locale)}
              <span className="stock-soft figures"> {item.sku}</span>
            </span>
            <strong className="figures">{levelText(item.countedMilli, item.unit)}</strong>
            <Press data-testid="count-again" onClick={() => onAgain(item)}>
              {text("take.again")}
            </Press>
            <Press
              tone="quiet"
              data-testid="count-forget"
              aria-label={text("take.forget", { name: localName(item, locale) })}
              onClick={() => onForget(item)}
            >
              <IconX size={20} aria-hidden />
            </Press>
          </li>
        ))}
      </ol>
    </Scrolled>
  );
}
