import { NativeSelect, TextInput } from "@mantine/core";
import { Choice } from "../Choice.tsx";
import { useFilesText } from "./files-texts.ts";
import { isTime, type Out, type OutOf } from "./wanted.ts";

type Form = Omit<Out, "columns">;

/** When a file is written and in which form. */
export function FormFields(props: {
  readonly of: OutOf;
  readonly out: Form;
  readonly onChange: (change: Partial<Form>) => void;
}) {
  const { of, out, onChange } = props;
  const text = useFilesText();
  const isCsv = out.format === "csv";
  return (
    <div className="files-form">
      <WhenFields {...props} />
      <Choice
        label={text("format")}
        testId={`files-${of}-format`}
        value={out.format}
        options={(["csv", "json"] as const).map((value) => ({ value, words: value.toUpperCase() }))}
        onChoose={(format) => onChange({ format })}
      />
      {isCsv && (
        <>
          <Choice
            label={text("encoding")}
            testId={`files-${of}-encoding`}
            value={out.encoding}
            options={(["utf-8", "gbk"] as const).map((value) => ({ value, words: value.toUpperCase() }))}
            onChoose={(encoding) => onChange({ encoding })}
          />
          <NativeSelect
            label={text("separator")}
            size="md"
            className="settings-field"
            data-testid={`files-${of}-separator`}
            value={out.separator}
            data={([",", ";", "\t", "|"] as const).map((value) => ({
              value,
              label: text(`separator.${names[value]}`),
            }))}
            // One of those in the list.
            onChange={(event) => onChange({ separator: event.currentTarget.value as Form["separator"] })}
          />
        </>
      )}
      <Choice
        label={text("amounts")}
        testId={`files-${of}-amounts`}
        value={out.amounts}
        options={(["yuan", "fen"] as const).map((value) => ({ value, words: text(`amounts.${value}`) }))}
        onChoose={(amounts) => onChange({ amounts })}
      />
      <Choice
        label={text("times")}
        testId={`files-${of}-times`}
        value={out.times}
        options={(["iso", "plain", "digits"] as const).map((value) => ({ value, words: text(`times.${value}`) }))}
        onChoose={(times) => onChange({ times })}
      />
    </div>
  );
}

const names = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as const;

function WhenFields({ of, out, onChange }: Parameters<typeof FormFields>[0]) {
  const text = useFilesText();
  const { at, afterShiftClose, fromFirstSale } = out;
  return (
    <>
      <TextInput
        label={text("at")}
        size="md"
        className="settings-field"
        data-testid={`files-${of}-at`}
        placeholder="23:30"
        value={at ?? ""}
        error={isTime(at) ? undefined : text("at.wrong")}
        onChange={({ currentTarget: { value } }) => onChange({ at: value.trim() === "" ? undefined : value.trim() })}
      />
      <Choice
        label={text("after-shift")}
        testId={`files-${of}-after-shift`}
        value={afterShiftClose ? "yes" : "no"}
        options={(["no", "yes"] as const).map((value) => ({ value, words: text(`after-shift.${value}`) }))}
        onChoose={(value) => onChange({ afterShiftClose: value === "yes" })}
      />
      <Choice
        label={text("first")}
        testId={`files-${of}-first`}
        value={fromFirstSale ? "all" : "now"}
        options={(["now", "all"] as const).map((value) => ({ value, words: text(`first.${value}`) }))}
        onChoose={(value) => onChange({ fromFirstSale: value === "all" })}
      />
    </>
  );
}
