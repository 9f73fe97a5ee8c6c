import { IconSearch } from "@tabler/icons-react";
import { useEffect, useId, useRef } from "react";
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
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const isOpen = search.trim() !== "" && found !== null;
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
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen && found.length > 0}
          aria-controls={isOpen && found.length > 0 ? listId : undefined}
          aria-activedescendant={isOpen && found.length > 0 ? `${listId}-${at}` : undefined}
          aria-label={text("loose.search")}
          placeholder={text("loose.search")}
          value={search}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onSearch(event.currentTarget.value)}
        />
      </label>
      {isOpen && <Found {...{ listId, found, at, onChoose }} />}
    </div>
  );
}

function Found(props: {
  readonly listId: string;
  readonly found: readonly ItemView[];
  readonly at: number;
  readonly onChoose: (item: ItemView) => void;
}) {
  const { listId, found, at, onChoose } = props;
  const text = useReturnText();
  const locale = useLocale();
  if (found.length === 0)
    return (
      <p className="loose-found loose-none" role="status" data-testid="loose-none">
        {text("loose.none")}
      </p>
    );
  return (
    <div
      className="loose-found"
      id={listId}
      role="listbox"
      aria-label={text("loose.found")}
      aria-keyshortcuts="ArrowUp ArrowDown Enter"
    >
      {found.map((item, index) => (
        <button
          key={item.sku}
          type="button"
          role="option"
          id={`${listId}-${index}`}
          tabIndex={-1}
          aria-selected={index === at}
          data-testid="loose-found-item"
          onClick={() => onChoose(item)}
        >
          <span>{localName(item, locale)}</span>
          <span className="figures">{formatMoney(presentPriceOf(item))}</span>
        </button>
      ))}
    </div>
  );
}
