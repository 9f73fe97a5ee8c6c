import { IconAlertTriangle, IconFileExport, IconPrinter, IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { StockPageView, StockRowView } from "#contract/ipc/stock-intents.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { localName, useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { type RowStop, useListKeys } from "../../parts/use-row-keys.ts";
import { act } from "../../till/desk.ts";
import { LevelWord } from "./LevelWord.tsx";
import { ItemStock } from "./ItemStock.tsx";
import { PolicyChoice } from "./PolicyChoice.tsx";
import { useStockText } from "./stock-texts.ts";
import { useAnswer } from "./use-answer.ts";

/** Rows of a page. */
const pageRows = 100;

/** Goods with how much there is of them, low ones alone where they are asked for; beside them one item with its moves. */
export function LevelsTab() {
  const text = useStockText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [search, setSearch] = useState("");
  const [categoryId, setCategory] = useState<string | null>(null);
  const [show, setShow] = useState<"all" | "low">("all");
  const [afterSku, setAfter] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const page = useAnswer("stock-page", { show, text: search, categoryId, afterSku, limit: pageRows });
  const { frame, rowKeys } = useListKeys(page.value?.rows.length ?? 0);
  const from = (change: () => void): void => {
    setAfter(null);
    change();
  };
  const { value } = page;
  return (
    <main className="stock-body">
      <section className="stock-card stock-list" aria-label={text("tab.levels")}>
        <Find
          {...{ search, categoryId, show }}
          page={value}
          onSearch={(words) => from(() => setSearch(words))}
          onCategory={(id) => from(() => setCategory(id))}
          onShow={(what) => from(() => setShow(what))}
        />
        {page.fault !== null && <TroubleNote text={faultText(page.fault, tillText, place)} />}
        {value !== null && value.wrong.length > 0 && <WrongNote page={value} onRepaired={page.readAgain} />}
        <Scrolled className="stock-frame" label={text("tab.levels")} ref={frame} onKeyDown={rowKeys.hear}>
          {value?.rows.length === 0 && <p className="stock-none">{text(show === "low" ? "low.none" : "none")}</p>}
          <ol>
            {value?.rows.map((row, at) => (
              <li key={row.sku}>
                <LevelRow
                  row={row}
                  stop={rowKeys.stop(at)}
                  isChosen={row.sku === chosen}
                  onChoose={() => setChosen(row.sku)}
                />
              </li>
            ))}
          </ol>
          {value !== null && value.rows.length === pageRows && search.trim() === "" && (
            <Press data-testid="stock-next" onClick={() => setAfter(value.rows.at(-1)?.sku ?? null)}>
              {text("next")}
            </Press>
          )}
        </Scrolled>
        {show === "low" && <LowKeys />}
      </section>
      {chosen === null ? (
        <section className="stock-card stock-side">
          <p className="stock-none">{text("choose")}</p>
          {value !== null && value.canSet && <PolicyChoice policy={value.policy} onSaved={page.readAgain} />}
        </section>
      ) : (
        <ItemStock
          key={chosen}
          sku={chosen}
          canSet={value?.canSet ?? false}
          onChanged={page.readAgain}
          onClose={() => setChosen(null)}
        />
      )}
    </main>
  );
}

function Find(props: {
  readonly search: string;
  readonly categoryId: string | null;
  readonly show: "all" | "low";
  readonly page: StockPageView | null;
  readonly onSearch: (text: string) => void;
  readonly onCategory: (id: string | null) => void;
  readonly onShow: (show: "all" | "low") => void;
}) {
  const { search, categoryId, show, page, onSearch, onCategory, onShow } = props;
  const text = useStockText();
  const locale = useLocale();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="stock-find">
      <label className="stock-search">
        <IconSearch size={22} aria-hidden />
        <input
          ref={field}
          data-testid="stock-search"
          aria-label={text("search")}
          placeholder={text("search")}
          value={search}
          maxLength={64}
          disabled={show === "low"}
          onChange={(event) => onSearch(event.currentTarget.value)}
        />
      </label>
      <select
        aria-label={text("category")}
        data-testid="stock-category"
        value={categoryId ?? ""}
        disabled={show === "low"}
        onChange={(event) => onCategory(event.currentTarget.value === "" ? null : event.currentTarget.value)}
      >
        <option value="">{text("all-goods")}</option>
        {page?.categories.map((category) => (
          <option key={category.id} value={category.id}>
            {localName(category, locale)}
          </option>
        ))}
      </select>
      <Press
        data-testid="stock-low"
        aria-pressed={show === "low"}
        onClick={() => onShow(show === "low" ? "all" : "low")}
      >
        {text("low", { count: page?.lowCount ?? 0 })}
      </Press>
    </div>
  );
}

function LevelRow(props: {
  readonly row: StockRowView;
  readonly stop: RowStop;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { row, stop, isChosen, onChoose } = props;
  const text = useStockText();
  const locale = useLocale();
  return (
    <button
      type="button"
      {...stop}
      className="stock-row"
      data-testid="stock-row"
      data-sku={row.sku}
      data-level={row.levelMilli ?? "unknown"}
      aria-current={isChosen ? "true" : undefined}
      onClick={onChoose}
    >
      <span className="stock-row-name">{localName(row, locale)}</span>
      <span className="stock-soft figures">{row.sku}</span>
      <LevelWord row={row} />
      <span className="stock-soft figures">
        {row.reorderMilli === null ? "" : text("reorder-at", { level: levelText(row.reorderMilli, row.unit) })}
      </span>
    </button>
  );
}

function WrongNote({ page, onRepaired }: { readonly page: StockPageView; readonly onRepaired: () => void }) {
  const text = useStockText();
  const words = page.wrong.slice(0, 3).map(({ sku }) => sku);
  return (
    <div className="stock-wrong" role="alert" data-testid="stock-wrong">
      <IconAlertTriangle size={24} aria-hidden />
      <span>{text("wrong", { count: page.wrong.length, items: words.join(", ") })}</span>
      {page.canSet && (
        <Press data-testid="stock-repair" onClick={() => void act("repair-stock", {}).then(onRepaired)}>
          {text("wrong.repair")}
        </Press>
      )}
    </div>
  );
}

/** The list of what is low, on paper and in a file. */
function LowKeys() {
  const text = useStockText();
  const [written, setWritten] = useState<number | null>(null);
  return (
    <div className="stock-foot">
      <span role="status" className="stock-grow" data-testid="low-written" data-rows={written ?? ""}>
        {written === null ? "" : text("low.written", { count: written })}
      </span>
      <Press data-testid="low-print" onClick={() => void act("print-low-stock", {})}>
        <IconPrinter size={22} aria-hidden />
        {text("print")}
      </Press>
      <Press
        data-testid="low-export"
        onClick={() =>
          void act("export-low-stock", {}).then((answer) => {
            if (answer.ok && answer.value !== null) setWritten(answer.value.rowCount);
          })
        }
      >
        <IconFileExport size={22} aria-hidden />
        {text("export")}
      </Press>
    </div>
  );
}
