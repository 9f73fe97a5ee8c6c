import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { CategoryView } from "#contract/ipc/manager-view.ts";
import { useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { type ClockPlace, formatIsoDay } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { send } from "../../till-client.ts";
import { nameOf } from "../goods/names.ts";
import { useLabelsText } from "./labels-texts.ts";
import type { Asked, Source } from "./use-labels.ts";

const sources: readonly Source[] = ["due", "changed", "category", "text", "scan"];

/** Where the labels on the list come from, and what that asks for. */
export function SourceBar({ asked, onAsk }: { readonly asked: Asked; readonly onAsk: (asked: Asked) => void }) {
  const text = useLabelsText();
  const place = useClockPlace();
  const { source, value } = asked;
  const begin = (next: Source): void => onAsk({ source: next, value: beginsWith(next, place) });
  const set = (next: string): void => onAsk({ source, value: next });
  return (
    <div className="labels-sources">
      <div className="labels-tabs" role="group" aria-label={text("sources")}>
        {sources.map((one) => (
          <Press
            key={one}
            data-testid={`labels-by-${one}`}
            aria-pressed={one === source}
            tone={one === source ? "primary" : "plain"}
            onClick={() => one !== source && begin(one)}
          >
            {text(`source.${one}`)}
          </Press>
        ))}
      </div>
      {source === "changed" && (
        <label className="labels-field">
          <span>{text("since")}</span>
          <input
            type="date"
            data-testid="labels-since"
            value={value}
            onChange={(event) => set(event.currentTarget.value)}
          />
        </label>
      )}
      {source === "category" && <CategoryField value={value} onValue={set} />}
      {source === "text" && (
        <label className="labels-search">
          <IconSearch size={22} aria-hidden />
          <input
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the key that was pressed says: search
            autoFocus
            data-testid="labels-search"
            aria-label={text("search")}
            placeholder={text("search")}
            value={value}
            maxLength={64}
            onChange={(event) => set(event.currentTarget.value)}
          />
        </label>
      )}
      {source === "scan" && <p className="labels-soft">{text("scan.hint")}</p>}
    </div>
  );
}

/** Dates begin with today; everything else is asked for. */
function beginsWith(source: Source, place: ClockPlace): string {
  return source === "changed" ? formatIsoDay(Date.now(), place) : "";
}

function CategoryField({ value, onValue }: { readonly value: string; readonly onValue: (value: string) => void }) {
  const text = useLabelsText();
  const locale = useLocale();
  const [categories, setCategories] = useState<readonly CategoryView[]>([]);
  useEffect(() => {
    let isOpen = true;
    void send("list-categories", {}).then((answer) => {
      if (isOpen && answer.ok) setCategories(answer.value);
    });
    return () => {
      isOpen = false;
    };
  }, []);
  return (
    <select
      data-testid="labels-category"
      aria-label={text("category")}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
    >
      <option value="">{text("category.choose")}</option>
      {categories.map((category) => (
        <option key={category.id} value={category.id}>
          {nameOf(category, locale)}
        </option>
      ))}
    </select>
  );
}
