import { NativeSelect, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { Press } from "../../../parts/Press.tsx";
import { useFilesText } from "./files-texts.ts";
import { type Column, columnFault, moved } from "./wanted.ts";

/** Longest name of a column, as terminal.json takes it. */
const mostNameCharacters = 64;

/** Which columns stand in the file, in which order and under which names. */
export function ColumnsTable(props: {
  readonly of: "sales" | "days";
  readonly columns: readonly Column[];
  /** Every field there is. */
  readonly all: readonly Column[];
  readonly onChange: (columns: readonly Column[]) => void;
}) {
  const { of, columns, all, onChange } = props;
  const text = useFilesText();
  const left = all.filter(({ field }) => !columns.some((column) => column.field === field));
  return (
    <div className="files-columns" data-testid={`files-${of}-columns`}>
      <h4>{text("columns")}</h4>
      <ol>
        {columns.map((column, at) => (
          <ColumnRow
            // A field may stand in a file twice, under two names.
            key={`${column.field} ${columns.slice(0, at).filter(({ field }) => field === column.field).length}`}
            {...{ of, columns, at, onChange }}
          />
        ))}
      </ol>
      {left.length > 0 && (
        <NativeSelect
          label={text("columns.add")}
          size="md"
          className="settings-field"
          data-testid={`files-${of}-add`}
          value=""
          data={[
            { value: "", label: text("columns.pick") },
            ...left.map(({ field }) => ({ value: field, label: text(`field.${field}`) })),
          ]}
          onChange={(event) => {
            const added = left.find(({ field }) => field === event.currentTarget.value);
            if (added !== undefined) onChange([...columns, added]);
          }}
        />
      )}
    </div>
  );
}

function ColumnRow(props: {
  readonly of: "sales" | "days";
  readonly columns: readonly Column[];
  readonly at: number;
  readonly onChange: (columns: readonly Column[]) => void;
}) {
  const { of, columns, at, onChange } = props;
  const text = useFilesText();
  const column = columns[at];
  if (column === undefined) return null;
  const field = text(`field.${column.field}`);
  const fault = columnFault(columns, at);
  const key = (act: "up" | "down" | "remove") => ({
    tone: "quiet" as const,
    "data-testid": `files-${of}-${column.field}-${act}`,
    "aria-label": text(`columns.${act}`, { field }),
  });
  return (
    <li>
      <span>{field}</span>
      <TextInput
        aria-label={text("columns.name", { field })}
        size="md"
        className="settings-field"
        data-testid={`files-${of}-${column.field}-name`}
        value={column.name}
        maxLength={mostNameCharacters}
        error={fault === null ? undefined : text(`columns.${fault}`)}
        onChange={(event) => onChange(columns.with(at, { ...column, name: event.currentTarget.value }))}
      />
      <Press {...key("up")} disabled={at === 0} onClick={() => onChange(moved(columns, at, -1))}>
        <IconArrowUp size={20} aria-hidden />
      </Press>
      <Press {...key("down")} disabled={at === columns.length - 1} onClick={() => onChange(moved(columns, at, 1))}>
        <IconArrowDown size={20} aria-hidden />
      </Press>
      <Press
        {...key("remove")}
        disabled={columns.length === 1}
        onClick={() => onChange(columns.filter((_, index) => index !== at))}
      >
        <IconX size={20} aria-hidden />
      </Press>
    </li>
  );
}
