import { useEffect, useRef } from "react";

/** A line of text with its name above it. */
export function TextField(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly onText: (text: string) => void;
  readonly isWrong?: boolean;
  readonly isNumber?: boolean;
  readonly isReadOnly?: boolean;
  /** The focus goes here when the fields appear. */
  readonly isFirst?: boolean;
}) {
  const {
    name,
    label,
    value,
    most,
    onText,
    isWrong = false,
    isNumber = false,
    isReadOnly = false,
    isFirst = false,
  } = props;
  const field = useRef<HTMLInputElement>(null);
  const wasFirst = useRef(isFirst);
  useEffect(() => {
    if (wasFirst.current) field.current?.focus();
  }, []);
  return (
    <label className="goods-field">
      <span>{label}</span>
      <input
        ref={field}
        data-testid={`item-${name}`}
        className={isNumber ? "figures" : undefined}
        inputMode={isNumber ? "decimal" : undefined}
        value={value}
        maxLength={most}
        readOnly={isReadOnly}
        aria-invalid={isWrong}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </label>
  );
}
