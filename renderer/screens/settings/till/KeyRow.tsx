import { IconArrowsExchange } from "@tabler/icons-react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { KeyAction } from "#core/keys/key-map.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { KeyCap } from "../../../parts/KeyCap.tsx";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { capOf } from "../../../till/key-map.ts";
import { useShopSettingsText } from "./shop-settings-texts.ts";

/** One action and its key; while it is asked for another, what is wrong with the one that was pressed. */
export function KeyRow(props: {
  readonly action: KeyAction;
  readonly boundKey: string;
  readonly isAsked: boolean;
  readonly fault: IntentFault | null;
  readonly onAsk: () => void;
  /** Null unless another action holds the key that was pressed. */
  readonly onSwap: (() => void) | null;
}) {
  const { action, boundKey, isAsked, fault, onAsk, onSwap } = props;
  const text = useShopSettingsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const name = text(`keys.action.${action}`);
  const cap = boundKey === " " ? tillText("pay.space") : capOf(boundKey);
  return (
    <li className="shop-key" data-testid={`key-row-${action}`} data-key={boundKey}>
      <span>{name}</span>
      <Press
        aria-pressed={isAsked}
        aria-label={text("keys.change", { name, key: cap })}
        data-testid={`key-ask-${action}`}
        onClick={onAsk}
      >
        {isAsked ? text("keys.press") : <KeyCap>{cap}</KeyCap>}
      </Press>
      {fault !== null && (
        <div className="shop-key-trouble">
          <TroubleNote
            text={
              fault.kind === "key-taken"
                ? text("keys.taken", { name: text(`keys.action.${fault.by}`) })
                : faultText(fault, tillText, place)
            }
          />
          {fault.kind === "key-taken" && onSwap !== null && (
            <Press data-testid={`key-swap-${action}`} onClick={onSwap}>
              <IconArrowsExchange size={22} aria-hidden />
              {text("keys.swap")}
            </Press>
          )}
        </div>
      )}
    </li>
  );
}
