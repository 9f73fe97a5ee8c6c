import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { send } from "../../till-client.ts";
import { readQuantity } from "./quantity-field.ts";
import { useStockText } from "./stock-texts.ts";

export type Entered = Pick<ItemView, "sku" | "nameZh" | "nameEn" | "unit">;

/** As many as are read at a glance; a longer word finds the rest. */
const shownAtOnce = 6;

/**
 * Goods by hand where no code is read: a name or number, Enter takes the chosen one, then how much of it, and Enter again.
 * `wanted` is an item whose quantity alone is missing.
 */
export function ItemEntry(props: {
  readonly wanted: Entered | null;
  readonly words: string;
  readonly onEnter: (item: Entered, quantityMilli: number) => void;
}) {
  const { wanted, words, onEnter } = props;
  const text = useStockText();
  const [item, setItem] = useState<Entered | null>(wanted);
  const [search, setSearch] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wanted !== null) setItem(wanted);
  }, [wanted]);
  const leave = (): void => {
    setItem(null);
    setSearch("");
    window.requestAnimationFrame(() => field.current?.focus());
  };
  if (item !== null) {
    return (
      <HowMuch
        key={item.sku}
        {...{ item, words }}
        onLeave={leave}
        onEnter={(quantityMilli) => {
          onEnter(item, quantityMilli);
          leave();
        }}
      />
    );
  }
  return (
    <div className="stock-entry">
      <label className="stock-search">
        <IconSearch size={22} aria-hidden />
        <input
          ref={field}
          data-testid="stock-entry"
          aria-label={text("entry.search")}
          placeholder={text("entry.search")}
          value={search}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || search === "") return;
            event.stopPropagation();
            setSearch("");
          }}
        />
      </label>
      {search.trim() !== "" && <Found search={search} onChoose={setItem} />}
    </div>
  );
}

/** What the text finds; Tab and Enter, or a finger, choose. */
function Found({ search, onChoose }: { readonly search: string; readonly onChoose: (item: Entered) => void }) {
  const text = useStockText();
  const locale = useLocale();
  const [items, setItems] = useState<readonly ItemView[] | null>(null);
  useEffect(() => {
    let isWanted = true;
    void send("search-items", { text: search, limit: shownAtOnce }).then((answer) => {
      if (isWanted && answer.ok) setItems(answer.value.items);
    });
    return () => {
      isWanted = false;
    };
  }, [search]);
  if (items === null) return null;
  return (
    <ul className="stock-found" data-testid="stock-found">
      {items.length === 0 && <li className="stock-soft">{text("entry.none")}</li>}
      {items.map((item) => (
        <li key={item.sku}>
          <button type="button" data-testid="stock-found-item" data-sku={item.sku} onClick={() => onChoose(item)}>
            {localName(item, locale)}
            <span className="stock-soft figures">{item.sku}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function HowMuch(props: {
  readonly item: Entered;
  readonly words: string;
  readonly onEnter: (quantityMilli: number) => void;
  readonly onLeave: () => void;
}) {
  const { item, words, onEnter, onLeave } = props;
  const text = useStockText();
  const locale = useLocale();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const quantityMilli = readQuantity(typed, item.unit);
  const enter = (): void => {
    if (quantityMilli !== null) onEnter(quantityMilli);
  };
  return (
    <div className="stock-entry stock-how-much">
      <strong>{localName(item, locale)}</strong>
      <label>
        <span>{text(item.unit === "kg" ? "entry.kg" : "entry.pieces")}</span>
        <input
          ref={field}
          className="figures"
          inputMode="decimal"
          data-testid="stock-quantity"
          aria-invalid={typed !== "" && quantityMilli === null}
          value={typed}
          maxLength={12}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              event.stopPropagation();
              onLeave();
            }
            if (event.key === "Enter" && !event.repeat && !event.nativeEvent.isComposing) enter();
          }}
        />
      </label>
      <Press tone="primary" data-testid="stock-enter" disabled={quantityMilli === null} onClick={enter}>
        {words}
      </Press>
      <Press onClick={onLeave}>{text("entry.leave")}</Press>
    </div>
  );
}
