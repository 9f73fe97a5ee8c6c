import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import writeExcel from "write-excel-file/node";

export interface Sheet {
  readonly name: string;
  readonly header: readonly string[];
  /** Every cell as it is read; those of the columns `amounts` are decimals, and numbers in the sheet. */
  readonly rows: readonly (readonly string[])[];
  readonly amounts: readonly number[];
}

/** Writes one sheet as XLSX. The file appears when it is whole; it is made in memory first. */
export async function writeSheet(target: string, { name, header, rows, amounts }: Sheet): Promise<void> {
  const head = header.map((value) => ({ value, fontWeight: "bold" as const }));
  const body = rows.map((row) =>
    row.map((value, column) =>
      amounts.includes(column)
        ? { value: Number(value), type: Number, format: "0.00" }
        : { value, type: String, format: "@" },
    ),
  );
  const bytes = await writeExcel([head, ...body], { sheet: name, stickyRowsCount: 1 }).toBuffer();
  const unfinished = `${target}.part`;
  try {
    const file = openSync(unfinished, "w", 0o600);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, target);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    throw cause;
  }
}
