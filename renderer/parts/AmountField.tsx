import "./amount-field.css";
import { useEffect, useId, useRef } from "react";
import { toHalfWidth } from "#core/money/half-width.ts";
import { applyPadKey, Keypad } from "./Keypad.tsx";
import type { ReactNode } from "react";

/** Longest number typed at a till: "10000000.00". */
const maxCharacters = 11;

/** A number typed large, by keys or by the pad below it. What it means is decided by whoever reads the text. */
export function AmountField(props: {
  readonly label: string;
  readonly unit: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly enter: ReactNode;
  readonly hint?: ReactNode;
  readonly testId?: string;
}) {
  const { label, unit, text, onText, enter, hint, testId = "amount-input" } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // On a screen of its own nothing else puts the focus here; in a dialog the focus trap does the same.
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="amount-field">
      <label htmlFor={id}>{label}</label>
      <div className="amount-field-box">
        <span className="amount-field-unit">{unit}</span>
        <input
          id={id}
          ref={field}
          data-autofocus
          data-testid={testId}
          className="figures"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => onText(typed(event.currentTarget.value))}
        />
      </div>
      {hint !== undefined && <div className="amount-field-hint">{hint}</div>}
      <Keypad layout="amount" onKey={(key) => onText(applyPadKey(text, key, maxCharacters))} enter={enter} />
    </div>
  );
}

/** Digits and one point, whatever the input method made of them; anything else is not taken. */
function typed(raw: string): string {
  return toHalfWidth(raw)
    .replaceAll(/[^\d.]/g, "")
    .replace(/(\..*?)\./g, "$1")
    .slice(0, maxCharacters);
}
