import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { presentPriceOf } from "#core/returns/loose-return.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useReturnText } from "../returns/return-texts.ts";

/** Goods by hand where no code is read: typed, ↑↓ choose, Enter takes. Scans need no field. */
export function FindGoods(props: {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly found: readonly ItemView[] | null;
  /** Place of the one that Enter takes. */
  readonly at: number;
  readonly onChoose: (item: ItemView) => void;
}) {
  const { search, onSearch, found, at, onChoose } = props;
  const text = useReturnText();
  const locale = useLocale();
  const field = useRef<HTMLInputElement>(null);
  // Before the dialog's own focus trap gets to it: the first letter typed must not be lost.
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="loose-find">
      <p>{text("loose.explain")}</p>
      <label className="loose-search">
        <IconSearch size={22} aria-hidden />
        <input
          ref={field}
          data-autofocus
          data-testid="loose-search"
          aria-label={text("loose.search")}
          placeholder={text("loose.search")}
          value={search}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onSearch(event.currentTarget.value)}
        />
      </label>
      {search.trim() !== "" && found !== null && (
        <ul className="loose-found" data-testid="loose-found">
          {found.length === 0 && <li className="return-soft">{text("loose.none")}</li>}
          {found.map((item, index) => (
            <li key={item.sku}>
              <button
                type="button"
                tabIndex={-1}
                data-testid="loose-found-item"
                data-current={index === at}
                onClick={() => onChoose(item)}
              >
                <span>{localName(item, locale)}</span>
                <span className="figures">{formatMoney(presentPriceOf(item))}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
