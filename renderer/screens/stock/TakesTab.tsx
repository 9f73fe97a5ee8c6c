import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { TakeRowView } from "#contract/ipc/stock-intents.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { localName, useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { type RowStop, useListKeys } from "../../parts/use-row-keys.ts";
import { act } from "../../till/desk.ts";
import { useStockText } from "./stock-texts.ts";
import { TakeSheet } from "./TakeSheet.tsx";
import { useAnswer } from "./use-answer.ts";

/** 盘点: countings under way and past ones, and beside them the one that is worked on. */
export function TakesTab() {
  const text = useStockText();
  const tillText = useTillText();
  const place = useClockPlace();
  const locale = useLocale();
  const list = useAnswer("takes", {});
  const { frame, rowKeys } = useListKeys(list.value?.length ?? 0);
  const categories = useAnswer("list-categories", {});
  const [categoryId, setCategory] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const nameOf = (id: string | null): string => {
    const category = categories.value?.find((one) => one.id === id);
    return id === null ? text("all-goods") : category === undefined ? id : localName(category, locale);
  };
  const begin = async (): Promise<void> => {
    const answer = await act("begin-take", { takeId: crypto.randomUUID(), categoryId });
    if (!answer.ok) return;
    setOpen(answer.value.takeId);
    list.readAgain();
  };
  return (
    <main className="stock-body stock-body-narrow">
      <section className="stock-card stock-list" aria-label={text("tab.takes")}>
        <div className="stock-find">
          <select
            aria-label={text("take.what")}
            data-testid="take-category"
            value={categoryId ?? ""}
            onChange={(event) => setCategory(event.currentTarget.value === "" ? null : event.currentTarget.value)}
          >
            <option value="">{text("all-goods")}</option>
            {categories.value?.map((category) => (
              <option key={category.id} value={category.id}>
                {localName(category, locale)}
              </option>
            ))}
          </select>
          <Press tone={open === null ? "primary" : "plain"} data-testid="take-new" onClick={() => void begin()}>
            <IconPlus size={22} aria-hidden />
            {text("take.new")}
          </Press>
        </div>
        {list.fault !== null && <TroubleNote text={faultText(list.fault, tillText, place)} />}
        <Scrolled className="stock-frame" label={text("tab.takes")} ref={frame} onKeyDown={rowKeys.hear}>
          {list.value?.length === 0 && <p className="stock-none">{text("take.none")}</p>}
          <ol>
            {list.value?.map((row, at) => (
              <li key={row.takeId}>
                <TakeRow
                  row={row}
                  stop={rowKeys.stop(at)}
                  name={nameOf(row.categoryId)}
                  isOpen={row.takeId === open}
                  onOpen={() => setOpen(row.takeId)}
                />
              </li>
            ))}
          </ol>
        </Scrolled>
      </section>
      {open === null ? (
        <section className="stock-card stock-side">
          <p className="stock-none">{text("take.choose")}</p>
        </section>
      ) : (
        <TakeSheet key={open} takeId={open} nameOf={nameOf} onChanged={list.readAgain} />
      )}
    </main>
  );
}

function TakeRow(props: {
  readonly row: TakeRowView;
  readonly stop: RowStop;
  readonly name: string;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const { row, stop, name, isOpen, onOpen } = props;
  const text = useStockText();
  return (
    <button
      type="button"
      {...stop}
      className="stock-row"
      data-testid="take-row"
      data-state={row.state}
      aria-current={isOpen ? "true" : undefined}
      onClick={onOpen}
    >
      <span className="stock-row-name">{name}</span>
      <span className="stock-soft figures">
        {`${row.begunAt.slice(5, 10)} ${row.begunAt.slice(11, 16)} ${row.begunByName}`}
      </span>
      <strong className={`stock-state stock-state-${row.state}`}>{text(`take.state.${row.state}`)}</strong>
      <span className="stock-soft figures">{text("take.counted", { count: row.countedItems })}</span>
    </button>
  );
}
