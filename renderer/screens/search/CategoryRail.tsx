import { IconStarFilled } from "@tabler/icons-react";
import { memo } from "react";
import type { CategoryView } from "#contract/ipc/manager-view.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";

/** Categories one below the other, the favourites first; the arrows walk over them once one has the focus. */
export const CategoryRail = memo(function CategoryRail(props: {
  readonly categories: readonly CategoryView[];
  readonly chosenId: string | null;
  readonly onChoose: (categoryId: string | null) => void;
}) {
  const { categories, chosenId, onChoose } = props;
  const text = useTillText();
  const locale = useLocale();
  const ids = [null, ...categories.map((category) => category.id)];

  const walk = (event: React.KeyboardEvent<HTMLElement>): void => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (ids.indexOf(chosenId) + by + ids.length) % ids.length;
    onChoose(ids[next] ?? null);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div
      className="category-rail"
      role="tablist"
      aria-orientation="vertical"
      aria-label={text("search.categories")}
      tabIndex={-1}
      onKeyDown={walk}
    >
      <CategoryTab isChosen={chosenId === null} onChoose={() => onChoose(null)}>
        <IconStarFilled size={18} aria-hidden />
        {text("search.favourites")}
      </CategoryTab>
      {categories.map((category) => (
        <CategoryTab
          key={category.id}
          colour={category.colour}
          isChosen={category.id === chosenId}
          onChoose={() => onChoose(category.id)}
        >
          {localName(category, locale)}
        </CategoryTab>
      ))}
    </div>
  );
});

function CategoryTab(props: {
  readonly colour?: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: React.ReactNode;
}) {
  const { colour, isChosen, onChoose, children } = props;
  return (
    <button
      type="button"
      role="tab"
      aria-selected={isChosen}
      aria-controls="item-tiles"
      tabIndex={isChosen ? 0 : -1}
      className="category-tab"
      data-colour={colour}
      data-testid="category"
      onClick={onChoose}
    >
      {children}
    </button>
  );
}
