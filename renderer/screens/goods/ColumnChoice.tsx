import { importFields, type ImportField } from "#core/catalog/import/columns.ts";
import type { ListView } from "#contract/ipc/catalog-intents.ts";
import { useGoodsText } from "./goods-texts.ts";

/** Which column of the file says what, as its headings propose or a manager says. A change reads the file anew. */
export function ColumnChoice(props: {
  readonly list: ListView;
  readonly onColumns: (columns: ListView["columns"]) => void;
}) {
  const { list, onColumns } = props;
  const text = useGoodsText();
  const choose = (field: ImportField, value: string): void => {
    // What said this before says nothing now; a column says one thing.
    const kept = Object.entries(list.columns).filter(([name, at]) => name !== field && String(at) !== value);
    onColumns(Object.fromEntries(value === "" ? kept : [...kept, [field, Number(value)]]));
  };
  return (
    <details className="goods-columns" open={list.refusal !== null}>
      <summary data-testid="import-columns">{text("import.columns")}</summary>
      <div className="goods-column-grid">
        {importFields.map((field) => (
          <label key={field} className="goods-field">
            <span>{text(`field.${field}`)}</span>
            <select
              data-testid={`column-${field}`}
              value={list.columns[field] ?? ""}
              onChange={(event) => choose(field, event.currentTarget.value)}
            >
              <option value="">{text("import.column.none")}</option>
              {list.header.map((heading, at) => (
                <option key={at} value={at}>
                  {heading === "" ? text("import.column.nameless", { number: at + 1 }) : heading.slice(0, 40)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </details>
  );
}
