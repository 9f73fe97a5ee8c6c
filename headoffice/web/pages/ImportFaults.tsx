import type { ImportState } from "../../admin/shapes.ts";
import { TableHead } from "../parts/TableHead.tsx";
import { useWords } from "../texts.tsx";

/** Every wrong cell: which row, which column, what stands there and what to do about it. */
export function ImportFaults({ state }: { readonly state: ImportState }) {
  const { text } = useWords();
  return (
    <>
      <h3 className="office-bad">{text("import.faults", { count: state.badRows })}</h3>
      <div className="office-scroll office-faults">
        <table className="office-table">
          <TableHead
            columns={[
              { name: text("import.row"), isRight: true },
              { name: text("import.column") },
              { name: text("import.value") },
              { name: text("import.what") },
            ]}
          />
          <tbody>
            {state.faults.map((fault, index) => (
              <tr key={index}>
                <th className="office-right figures" data-label={text("import.row")} scope="row">
                  {fault.row}
                </th>
                <td data-label={text("import.column")}>{text(`field.${fault.field ?? "row"}`)}</td>
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
