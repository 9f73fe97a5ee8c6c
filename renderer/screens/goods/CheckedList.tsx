import { IconDownload, IconFileImport } from "@tabler/icons-react";
import { useState } from "react";
import type { ImportStanding, ListView } from "#contract/ipc/catalog-intents.ts";
import { fen } from "#core/money/fen.ts";
import { formatPlainMoney } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { ColumnChoice } from "./ColumnChoice.tsx";
import { useGoodsText } from "./goods-texts.ts";
import { ListFaults } from "./ListFaults.tsx";
import type { Import } from "./use-import.ts";

type Checked = Extract<ImportStanding, { readonly kind: "checked" | "applied" }>;

/** What a list would do, before it does it: counted, its first rows, its wrong rows, and how its columns were understood. */
export function CheckedList(props: { readonly standing: Checked; readonly work: Import; readonly trouble?: string }) {
  const { standing, work, trouble } = props;
  const { list, fileName } = standing;
  const text = useGoodsText();
  const check = (change: { columns?: ListView["columns"]; newCategories?: "make" | "refuse" }): void =>
    void work.step("import-check", { columns: list.columns, newCategories: standing.newCategories, ...change });
  return (
    <>
      <div className="goods-checked">
        <section className="goods-card goods-step">
          <h2>{text("import.checked")}</h2>
          <p className="goods-file">
            {fileName}
            <span className="goods-soft">
              {" "}
              {text("import.file", { format: formatWords(list, text), rows: list.rows })}
            </span>
          </p>
          {trouble === undefined ? <Counts list={list} /> : <TroubleNote text={trouble} />}
          {list.newCategories.length > 0 && (
            <div className="goods-new-categories" data-testid="import-new-categories">
              <p>
                {text("import.categories", {
                  count: list.newCategories.length,
                  names: list.newCategories.slice(0, 12).join(text("comma")),
                })}
              </p>
              <Press data-testid="import-refuse-categories" onClick={() => check({ newCategories: "refuse" })}>
                {text("import.categories.refuse")}
              </Press>
            </div>
          )}
          {standing.newCategories === "refuse" && (
            <div className="goods-new-categories">
              <p>{text("import.categories.refused")}</p>
              <Press onClick={() => check({ newCategories: "make" })}>{text("import.categories.make")}</Press>
            </div>
          )}
          <ColumnChoice {...{ list }} onColumns={(columns) => check({ columns })} />
        </section>
        <section className="goods-card goods-step">
          {list.wrong > 0 && <ListFaults {...{ list }} />}
          <Preview list={list} />
        </section>
      </div>
      <Foot {...{ list, work }} />
    </>
  );
}

function formatWords({ format, encoding }: ListView, text: ReturnType<typeof useGoodsText>): string {
  return format === "xlsx"
    ? "XLSX"
    : text("import.csv", { encoding: encoding === "gb18030" ? "GBK" : (encoding ?? "").toUpperCase() });
}

function Counts({ list }: { readonly list: ListView }) {
  const text = useGoodsText();
  const figure = (name: "added" | "changed" | "unchanged" | "wrong", hint: string | null) => (
    <div className={`goods-figure goods-figure-${name}`} data-testid={`import-${name}`} data-count={list[name]}>
      <dt>{text(`import.${name}`)}</dt>
      <dd className="figures">{text("number", { count: list[name] })}</dd>
      {hint !== null && <span className="goods-soft">{hint}</span>}
    </div>
  );
  return (
    <dl className="goods-figures">
      {figure("added", null)}
      {figure("changed", list.pricesChanged > 0 ? text("import.prices", { count: list.pricesChanged }) : null)}
      {figure("unchanged", null)}
      {figure("wrong", null)}
    </dl>
  );
}

function Preview({ list }: { readonly list: ListView }) {
  const text = useGoodsText();
  if (list.shown.length === 0) return null;
  return (
    <>
      <h3>{text("import.preview")}</h3>
      <table className="goods-table">
        <thead>
          <tr>
            <th scope="col">{text("report.row")}</th>
            <th scope="col">{text("field.nameZh")}</th>
            <th scope="col" className="goods-right">
              {text("import.before")}
            </th>
            <th scope="col" className="goods-right">
              {text("field.price")}
            </th>
          </tr>
        </thead>
        <tbody>
          {list.shown.map((row) => (
            <tr key={row.row} data-testid="import-row">
              <th scope="row" className="figures">
                {row.row}
              </th>
              <td>
                <span lang="zh-CN">{row.nameZh}</span> <span className="goods-soft figures">{row.sku}</span>
              </td>
              <td className="goods-right figures goods-soft">
                {row.beforeFen === null
                  ? text("import.new")
                  : row.beforeFen === row.priceFen
                    ? "—"
                    : formatPlainMoney(fen(row.beforeFen))}
              </td>
              <td className="goods-right figures">{formatPlainMoney(fen(row.priceFen))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The way on: all rows where all are right; else only the right ones, or back to the file. */
function Foot({ list, work }: { readonly list: ListView; readonly work: Import }) {
  const text = useGoodsText();
  const [reported, setReported] = useState<number | null>(null);
  const good = list.added + list.changed;
  const report = async (): Promise<void> => {
    const answer = await send("import-report", {});
    setReported(answer.ok ? (answer.value?.rowCount ?? null) : null);
  };
  return (
    <footer className="goods-foot">
      <Press data-testid="import-choose" onClick={() => void work.step("import-choose", {})}>
        <IconFileImport size={22} aria-hidden />
        {text("import.choose-again")}
      </Press>
      {list.wrong > 0 && (
        <Press data-testid="import-report" onClick={() => void report()}>
          <IconDownload size={22} aria-hidden />
          {text("import.report")}
        </Press>
      )}
      <span className="goods-grow" role="status" data-testid="import-reported" data-rows={reported ?? ""}>
        {reported !== null && text("import.report.done")}
        {list.refusal === null && good === 0 && text("import.nothing")}
      </span>
      {good > 0 && (
        <Press
          tone="primary"
          data-testid="import-apply"
          onClick={() => void work.step("import-apply", { mode: list.wrong === 0 ? "all" : "good" })}
        >
          {text(list.wrong === 0 ? "import.apply.all" : "import.apply.good", { count: good })}
        </Press>
      )}
    </footer>
  );
}
