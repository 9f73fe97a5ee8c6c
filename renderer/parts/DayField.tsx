import "./day-field.css";
import { dateInWords } from "../i18n/formats.ts";
import { useLocale } from "../i18n/locale.tsx";

/** A business day, written as receipts write it, chosen on the system's own calendar. */
export function DayField(props: {
  readonly label: string;
  readonly day: string;
  /** The last that can be chosen. */
  readonly max: string;
  readonly isWrong?: boolean;
  readonly testId: string;
  readonly onDay: (day: string) => void;
}) {
  const { label, day, max, isWrong = false, testId, onDay } = props;
  const locale = useLocale();
  return (
    <label className={`day-field ${isWrong ? "day-field-wrong" : ""}`}>
      <span className="day-field-label">{label}</span>
      <span className="figures">{dateInWords(day, locale)}</span>
      <input
        type="date"
        data-testid={testId}
        max={max}
        aria-label={label}
        aria-invalid={isWrong}
        value={day}
        onClick={(event) => event.currentTarget.showPicker()}
        onChange={(event) => {
          if (event.currentTarget.value !== "") onDay(event.currentTarget.value);
        }}
      />
    </label>
  );
}
