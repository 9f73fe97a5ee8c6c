import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { toHalfWidth } from "#core/money/half-width.ts";
import { dealKinds, isAsked, type PromotionForm } from "./form.ts";
import { usePromotionsText } from "./promotions-texts.ts";

const fields = ["threshold", "count", "payFor", "amount", "percent"] as const;

/** Longest number anybody types here: "10000000.00". */
const maxCharacters = 11;

/** What it does, and the numbers that kind of deal asks for. */
export function DealFields(props: {
  readonly form: PromotionForm;
  readonly onChange: (part: Partial<PromotionForm>) => void;
}) {
  const { form, onChange } = props;
  const text = usePromotionsText();
  const { kind } = form;
  return (
    <div className="promotion-deal">
      <NativeSelect
        label={text("deal")}
        size="md"
        data-testid="promotion-kind"
        value={kind}
        data={dealKinds.map((one) => ({ value: one, label: text(`deal.${one}`) }))}
        onChange={(event) => {
          const chosen = dealKinds.find((one) => one === event.currentTarget.value);
          if (chosen !== undefined) onChange({ kind: chosen });
        }}
      />
      {fields
        .filter((field) => isAsked(kind, field))
        .map((field) => (
          <TextInput
            key={field}
            label={text(field === "amount" ? `amount.${kind}` : field)}
            size="md"
            className="figures"
            data-testid={`promotion-${field}`}
            inputMode="decimal"
            autoComplete="off"
            value={form[field]}
            maxLength={maxCharacters}
            onChange={(event) =>
              onChange({ [field]: toHalfWidth(event.currentTarget.value).replaceAll(/[^\d.]/g, "") })
            }
          />
        ))}
      {kind === "spend-off" && (
        <Checkbox
          size="md"
          label={text("repeated")}
          checked={form.isRepeated}
          onChange={(event) => onChange({ isRepeated: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}
