import type { KeyAction } from "#core/keys/key-map.ts";
import { useTillText } from "../i18n/till-texts.ts";
import { capOf, useKeyOf } from "../till/key-map.ts";
import { KeyCap } from "./KeyCap.tsx";

/** The key that does the same as the button it stands on, as the shop has set it. */
export function ActionKey({ action }: { readonly action: KeyAction }) {
  const text = useTillText();
  const key = useKeyOf(action);
  return <KeyCap>{key === " " ? text("pay.space") : capOf(key)}</KeyCap>;
}
