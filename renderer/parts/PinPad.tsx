import "./pin-pad.css";
import { useState, type ReactNode } from "react";
import { useTillText } from "../i18n/till-texts.ts";
import { Keypad, type PadKey } from "./Keypad.tsx";

/** A PIN has 4 to 8 digits (contract/ipc/intents.ts). */
const fewestDigits = 4;
const mostDigits = 8;

export interface PinState {
  readonly length: number;
  readonly isLongEnough: boolean;
  /** Takes a digit, Backspace or Escape; false for any other key. */
  readonly hear: (event: KeyboardEvent) => boolean;
  readonly press: (key: PadKey) => void;
  /** Hands the PIN over and forgets it; always true, so that a key handler can end with it. */
  readonly submit: () => boolean;
}

/** A PIN being typed. It is shown as dots only and forgotten as soon as it has been handed over. */
export function usePin(onPin: (pin: string) => Promise<void>, isLocked = false): PinState {
  const [digits, setDigits] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const isLongEnough = digits.length >= fewestDigits && !isBusy;

  const press = (key: PadKey): void => {
    if (isLocked || isBusy) return;
    if (key === "clear") setDigits("");
    else if (key === "delete") setDigits((now) => now.slice(0, -1));
    else if (key.length === 1 && key !== ".") setDigits((now) => (now + key).slice(0, mostDigits));
  };
  const hear = (event: KeyboardEvent): boolean => {
    if (/^\d$/.test(event.key)) press(asPadKey(event.key));
    else if (event.key === "Backspace") press("delete");
    else if (event.key === "Escape" && digits !== "") press("clear");
    else return false;
    return true;
  };
  const submit = (): boolean => {
    if (!isLongEnough || isLocked) return true;
    setIsBusy(true);
    setDigits("");
    void onPin(digits).finally(() => setIsBusy(false));
    return true;
  };
  return { length: digits.length, isLongEnough, hear, press, submit };
}

function asPadKey(key: string): PadKey {
  return key as PadKey; // one digit, checked by the caller's pattern
}

export function PinPad({
  label,
  pin,
  enter,
}: {
  readonly label: string;
  readonly pin: PinState;
  readonly enter: ReactNode;
}) {
  const text = useTillText();
  const dots = Array.from({ length: Math.max(fewestDigits, pin.length) }, (_, index) => index < pin.length);
  return (
    <div className="pin-pad">
      <p className="pin-label">{label}</p>
      <div className="pin-dots" role="status" aria-label={text("sign-in.digits", { count: pin.length })}>
        {dots.map((isTyped, index) => (
          // Dots are all alike: their place is all that tells them apart.
          <span key={index} className={isTyped ? "pin-dot pin-dot-typed" : "pin-dot"} />
        ))}
      </div>
      <Keypad layout="pin" testId="pin-key" onKey={pin.press} enter={enter} />
    </div>
  );
}
