import { useEffect, useRef } from "react";
import { Press } from "../../parts/Press.tsx";
import { useSettingsText } from "./settings-texts.ts";

/**
 * A key typed by hand. The field alone holds it, never React's state: it is read once, emptied, and sent. Nothing of it
 * is shown, remembered or corrected by the browser.
 */
export function TypeKey(props: {
  readonly label: string;
  readonly onTyped: (text: string) => void;
  readonly onCancel: () => void;
}) {
  const { label, onTyped, onCancel } = props;
  const text = useSettingsText();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const take = (): void => {
    const typed = field.current?.value ?? "";
    if (field.current !== null) field.current.value = "";
    if (typed !== "") onTyped(typed);
  };
  return (
    <div className="key-ways key-typing">
      <input
        ref={field}
        type="password"
        className="key-typed"
        data-testid="typed-key"
        aria-label={label}
        placeholder={label}
        maxLength={256}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.stopPropagation();
          event.preventDefault();
          if (event.key === "Enter") take();
          else onCancel();
        }}
      />
      <Press tone="primary" data-testid="typed-key-done" onClick={take}>
        {text("key.type.done")}
      </Press>
      <Press onClick={onCancel}>{text("key.type.cancel")}</Press>
    </div>
  );
}
