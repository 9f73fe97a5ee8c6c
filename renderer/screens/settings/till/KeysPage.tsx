import "./shop-settings.css";
import { IconCircleCheck, IconKeyboard } from "@tabler/icons-react";
import { useState } from "react";
import { type KeyAction, keyActions, keyPlaces, placeOf } from "#core/keys/key-map.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { KeyRow } from "./KeyRow.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";
import { useSettings } from "./use-settings.ts";

/** Which key does what: press the key of an action, then the one it shall have. */
export function KeysPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useShopSettingsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const { view, fault, saved, change, forget } = useSettings();
  /** The action whose key is asked for, and a key that another action holds. */
  const [asked, setAsked] = useState<KeyAction | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const give = async (action: KeyAction, key: string, swap: boolean): Promise<void> => {
    const refused = await change("set-key", { action, key, swap });
    setWanted(refused?.kind === "key-taken" ? key : null);
    if (refused === null) setAsked(null);
  };
  useKeys("screen", (event) => {
    if (asked !== null && event.key === "Escape") {
      setAsked(null);
      forget();
    } else if (asked !== null && event.key !== "Tab" && !event.repeat) {
      // Enter and Space still press a key that has the focus, such as the one that changes two over.
      if (wanted !== null && (event.key === "Enter" || event.key === " ")) return false;
      void give(asked, event.key, false);
    } else if (asked === null && event.key === "Escape") onLeave();
    else return false;
    return true;
  });
  if (view === null) return fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;
  const ask = (action: KeyAction): void => {
    forget();
    setWanted(null);
    setAsked(asked === action ? null : action);
  };
  return (
    <div className="settings-scroll" data-testid="keys-page">
      <div className="settings-head">
        <h2>{text("keys.title")}</h2>
        <span className="settings-grow" />
        <Press data-testid="keys-reset" onClick={() => void change("reset-keys", {})}>
          {text("keys.reset")}
        </Press>
      </div>
      <SettingsNote
        tone={saved === null ? "plain" : "good"}
        icon={saved === null ? IconKeyboard : IconCircleCheck}
        testId="keys-note"
        sentence={text(saved === null ? "keys.lead" : "keys.saved")}
        {...(saved === null ? { next: text("keys.fixed") } : {})}
      />
      {keyPlaces.map((one) => (
        <section key={one} className="settings-card">
          <h3>{text(`keys.place.${one}`)}</h3>
          <ul className="shop-keys">
            {keyActions
              .filter((action) => placeOf(action) === one)
              .map((action) => (
                <KeyRow
                  key={action}
                  action={action}
                  boundKey={view.keys[action]}
                  isAsked={asked === action}
                  fault={asked === action ? fault : null}
                  onAsk={() => ask(action)}
                  onSwap={wanted === null ? null : () => void give(action, wanted, true)}
                />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
