/** A few ways that exclude each other, all in sight. */
export function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly words: string }[];
  readonly testId: string;
  readonly onChoose: (value: T) => void;
}) {
  const { label, value, options, testId, onChoose } = props;
  return (
    <fieldset className="settings-choice" data-testid={testId}>
      <legend>{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          data-testid={`${testId}-${option.value}`}
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.words}
        </button>
      ))}
    </fieldset>
  );
}
