import type { ListView } from "#contract/ipc/catalog-intents.ts";
import { useGoodsText } from "./goods-texts.ts";

/** Wrong rows, as many as are told at once: which row, which column, what stands there and what to do about it. */
export function ListFaults({ list }: { readonly list: ListView }) {
  const text = useGoodsText();
  return (
    <>
      <h3 className="goods-bad">{text("import.faults", { count: list.wrong })}</h3>
      <div className="goods-faults">
        <table className="goods-table">
          <thead>
            <tr>
              {(["row", "column", "cell", "what"] as const).map((name) => (
                <th key={name} scope="col">
                  {text(`report.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.faults.map(({ row, field, kind, value }, at) => (
              // A cell may have two faults; they have no other name than their place.
              <tr key={at} data-testid="import-fault" data-row={row} data-kind={kind}>
                <th scope="row" className="figures">
                  {row}
                </th>
                <td>{text(`field.${field ?? "row"}`)}</td>
                {/* As it stands in the file, whatever its language is. */}
                <td className="goods-cell" lang="">
                  {value === "" ? "—" : value}
                </td>
                <td>{text(`row-fault.${kind}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
