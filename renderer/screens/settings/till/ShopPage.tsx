import "./shop-settings.css";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { type StoreWord, storeWordProblem, type StoreWords } from "#core/receipt/store-words.ts";
import { useCommonText } from "../../../i18n/common-texts.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { LogoCard } from "./LogoCard.tsx";
import { PreviewSide } from "./PreviewSide.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";
import { StoreWordInput } from "./StoreWordInput.tsx";
import { type SettingsDesk, useSettings } from "./use-settings.ts";

/** The shop's own words and its logo, beside a receipt that shows them as they are typed. */
export function ShopPage({ onLeave }: { readonly onLeave: () => void }) {
  const tillText = useTillText();
  const place = useClockPlace();
  const desk = useSettings();
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const { view, fault } = desk;
  if (view === null) return fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;
  return <ShopForm desk={desk} view={view} />;
}

const words: readonly StoreWord[] = [
  ...(["nameZh", "nameEn", "address", "phone", "taxNumber"] as const),
  ...(["headerZh", "headerEn", "footerZh", "footerEn"] as const),
];

function ShopForm({ desk, view }: { readonly desk: SettingsDesk; readonly view: SettingsPageView }) {
  const text = useShopSettingsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [typed, setTyped] = useState<StoreWords>(view.store);
  const isChanged = words.some((word) => typed[word] !== view.store[word]);
  const isRight = words.every((word) => storeWordProblem(word, typed[word]) === null);
  return (
    <div className="shop-page" data-testid="shop-page">
      <div className="shop-side">
        <div className="settings-scroll">
          <div className="settings-head">
            <h2>{text("shop.title")}</h2>
          </div>
          {view.isSetAside && (
            <SettingsNote
              tone="grave"
              icon={IconAlertTriangle}
              sentence={text("set-aside")}
              next={text("set-aside.next")}
            />
          )}
          {desk.fault !== null && <TroubleNote text={faultText(desk.fault, tillText, place)} />}
          {desk.fault === null && desk.saved !== null && !isChanged && (
            <SettingsNote tone="good" icon={IconCircleCheck} testId="shop-saved" sentence={text("shop.saved")} />
          )}
          <section className="settings-card shop-words">
            {words.map((word) => (
              <StoreWordInput
                key={word}
                word={word}
                value={typed[word]}
                isOffice={view.ofOffice.includes(word)}
                onType={(value) => setTyped((before) => ({ ...before, [word]: value }))}
              />
            ))}
          </section>
          <LogoCard name={view.logoName} change={desk.change} />
        </div>
        <ShopFoot
          canSave={isChanged && isRight}
          isChanged={isChanged}
          onUndo={() => setTyped(view.store)}
          onSave={() => void desk.change("save-store", typed)}
        />
      </div>
      <PreviewSide typed={typed} view={view} />
    </div>
  );
}

function ShopFoot(props: {
  readonly canSave: boolean;
  readonly isChanged: boolean;
  readonly onUndo: () => void;
  readonly onSave: () => void;
}) {
  const text = useShopSettingsText();
  const common = useCommonText();
  return (
    <div className="setup-foot">
      <span className="settings-grow settings-soft">{props.isChanged ? text("shop.unsaved") : ""}</span>
      <Press disabled={!props.isChanged} data-testid="shop-undo" onClick={props.onUndo}>
        {common("cancel")}
      </Press>
      <Press tone="primary" disabled={!props.canSave} data-testid="shop-save" onClick={props.onSave}>
        {text("save")}
      </Press>
    </div>
  );
}
