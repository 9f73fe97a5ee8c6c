import "./keypad.css";
import { IconBackspace } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTillText } from "../i18n/till-texts.ts";
import { Press } from "./Press.tsx";

export type PadKey = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "00" | "." | "delete" | "clear";

const amountKeys: readonly (PadKey | "enter")[] = [
  ...(["7", "8", "9", "delete"] as const),
  ...(["4", "5", "6", "clear"] as const),
  ...(["1", "2", "3", "enter"] as const),
  ...(["0", "00", "."] as const),
];
const pinKeys: readonly (PadKey | "enter")[] = [
  ...(["7", "8", "9", "4", "5", "6", "1", "2", "3"] as const),
  ...(["delete", "0", "enter"] as const),
];

/** The number block of a till as buttons, laid out like the keys beside it. `enter` is its own, tall key. */
export function Keypad(props: {
  readonly layout: "amount" | "pin";
  readonly onKey: (key: PadKey) => void;
  readonly enter: ReactNode;
  readonly testId?: string;
}) {
  const { layout, onKey, enter, testId = "pad-key" } = props;
  const text = useTillText();
  const keys = layout === "amount" ? amountKeys : pinKeys;
  const names = { delete: text("pad.delete"), clear: text("pad.clear") };
  return (
    <div className={`keypad keypad-${layout}`} role="group" aria-label={text("pad.keys")}>
      {keys.map((key) =>
        key === "enter" ? (
          <div key={key} className="keypad-enter">
            {enter}
          </div>
        ) : (
          <Press
            key={key}
            data-testid={testId}
            data-key={key}
            aria-label={key === "delete" || key === "clear" ? names[key] : key}
            className="keypad-key figures"
            onClick={() => onKey(key)}
          >
            {key === "delete" ? <IconBackspace size={26} aria-hidden /> : key === "clear" ? "C" : key}
          </Press>
        ),
      )}
    </div>
  );
}

/** What a pad key makes of a text; at most `maxLength` characters, one decimal point. */
export function applyPadKey(text: string, key: PadKey, maxLength: number): string {
  if (key === "clear") return "";
  if (key === "delete") return text.slice(0, -1);
  if (key === "." && text.includes(".")) return text;
  const next = text + key;
  return next.length > maxLength ? text : next;
}
