import { IconSearch, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { shortcutOf, useKeyOf } from "../../till/key-map.ts";
import { leaveSearch, searchStore } from "./search-desk.ts";

/** Longest text the catalogue looks for. */
const mostCharacters = 64;

/** It takes the focus only when asked to, and gives it back: scans and the other keys never need it. */
export function SearchField(props: {
  readonly onText: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onEnter: () => void;
}) {
  const { onText, onStep, onEnter } = props;
  const text = useTillText();
  const search = searchStore.use();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (search.isFocused) field.current?.focus();
    else field.current?.blur();
  }, [search]);

  const hear = (event: React.KeyboardEvent): void => {
    // While an input method is still offering characters, Enter and the arrows are its own.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") onEnter();
    else if (event.key === "Escape") leaveSearch();
    else if (event.key === "ArrowDown") onStep(1);
    else if (event.key === "ArrowUp") onStep(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="search-field">
      <IconSearch size={24} aria-hidden />
      <input
        ref={field}
        type="text"
        role="searchbox"
        data-testid="search"
        aria-label={text("search.label")}
        aria-keyshortcuts={shortcutOf(useKeyOf("search"))}
        placeholder={text("search.placeholder")}
        maxLength={mostCharacters}
        autoComplete="off"
        spellCheck={false}
        value={search.text}
        onChange={(event) => {
          searchStore.set({ text: event.currentTarget.value, isFocused: true });
          onText();
        }}
        onKeyDown={hear}
        onFocus={() => {
          if (!searchStore.get().isFocused) searchStore.set({ ...searchStore.get(), isFocused: true });
        }}
        onBlur={() => searchStore.set({ ...searchStore.get(), isFocused: false })}
      />
      {search.text === "" ? (
        <ActionKey action="search" />
      ) : (
        <button type="button" className="search-clear" aria-label={text("search.clear")} onClick={leaveSearch}>
          <KeyCap>Esc</KeyCap>
          <IconX size={22} aria-hidden />
        </button>
      )}
    </div>
  );
}
