import type { ImportState } from "../../admin/shapes.ts";
import { useWords } from "../texts.tsx";

/** Every wrong cell: which row, which column, what stands there and what to do about it. */
export function ImportFaults({ state }: { readonly state: ImportState }) {
  const { text } = useWords();
  return (
    <>
      <h3 className="office-bad">{text("import.faults", { count: state.badRows })}</h3>
      <div className="office-scroll office-faults">
        <table className="office-table">
          <thead>
            <tr>
              <th className="office-right" scope="col">
                {text("import.row")}
              </th>
              <th scope="col">{text("import.column")}</th>
              <th scope="col">{text("import.value")}</th>
              <th scope="col">{text("import.what")}</th>
            </tr>
          </thead>
          <tbody>
            {state.faults.map((fault, index) => (
              <tr key={index}>
                <th className="office-right figures" data-label={text("import.row")} scope="row">
                  {fault.row}
                </th>
                <td data-label={text("import.column")}>{text(`field.${fault.field}`)}</td>
                <td data-label={text("import.value")}>{fault.value === "" ? "—" : <code>{fault.value}</code>}</td>
                <td data-label={text("import.what")}>{text(`row-fault.${fault.kind}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
