import { TextInput } from "@mantine/core";
import type { TypedField } from "#core/merchant/merchant-fields.ts";
import { useSettingsText, type SettingsText } from "./settings-texts.ts";
import type { Fields } from "./use-fields.ts";

/** One typed field, checked as it is left. */
export function FieldInput(props: {
  readonly field: TypedField;
  readonly fields: Fields;
  readonly placeholder?: string;
}) {
  const { field, fields, placeholder } = props;
  const text = useSettingsText();
  const problem = fields.problem(field);
  // The two store fields say the same; once is enough.
  const isSaidByTheOther = field === "storeOutId" && problem === "needs-a-store";
  return (
    <TextInput
      label={text(`field.${field}`)}
      description={describe(field, text)}
      inputWrapperOrder={["label", "input", "error", "description"]}
      size="md"
      className="settings-field"
      data-testid={`field-${field}`}
      value={fields.values[field]}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      error={problem === null ? undefined : isSaidByTheOther ? true : text(`problem.${problem}`)}
      onChange={(event) => fields.type(field, event.currentTarget.value)}
      onBlur={() => fields.leave(field)}
    />
  );
}

function describe(field: TypedField, text: SettingsText): string | undefined {
  if (field === "certSerial") return text("field.certSerial.hint");
  if (field === "notifyUrl") return text("field.notifyUrl.hint");
  return field === "baseUrl" ? text("field.baseUrl.hint") : undefined;
}
