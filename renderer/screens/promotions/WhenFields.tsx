import { TextInput } from "@mantine/core";
import { Press } from "../../parts/Press.tsx";
import { weekdays } from "./deal-words.ts";
import type { PromotionForm } from "./form.ts";
import { usePromotionsText } from "./promotions-texts.ts";

/** From which day to which, on which days of the week, between which hours; all of it may be left open. */
export function WhenFields(props: {
  readonly form: PromotionForm;
  readonly onChange: (part: Partial<PromotionForm>) => void;
}) {
  const { form, onChange } = props;
  const text = usePromotionsText();
  return (
    <fieldset className="promotion-scope">
      <legend>{text("when")}</legend>
      <div className="promotion-when">
        {(
          [
            ["fromDate", "date"],
            ["toDate", "date"],
            ["fromTime", "time"],
            ["toTime", "time"],
          ] as const
        ).map(([field, type]) => (
          <TextInput
            key={field}
            type={type}
            label={text(field)}
            size="md"
            data-testid={`promotion-${field}`}
            value={form[field]}
            onChange={(event) => onChange({ [field]: event.currentTarget.value })}
          />
        ))}
      </div>
      <div className="promotion-chips">
        {weekdays.map((day) => {
          const isIn = form.weekdays.includes(day);
          const without = form.weekdays.filter((one) => one !== day);
          return (
            <Press
              key={day}
              aria-pressed={isIn}
              data-testid={`weekday-${day}`}
              onClick={() => onChange({ weekdays: isIn ? without : [...form.weekdays, day] })}
            >
              {text(`weekday.${day}`)}
            </Press>
          );
        })}
      </div>
    </fieldset>
  );
}
