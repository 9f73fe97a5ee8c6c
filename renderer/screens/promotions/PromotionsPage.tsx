import "../manager/manager.css";
import "./promotions.css";
import { IconArrowLeft, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useKeys } from "../../till/keys.ts";
import { emptyForm, formOf, type PromotionForm } from "./form.ts";
import { PromotionEditor } from "./PromotionEditor.tsx";
import { PromotionList } from "./PromotionList.tsx";
import { usePromotionsText } from "./promotions-texts.ts";
import { usePromotions } from "./use-promotions.ts";

/** The promotions of this till, and beside them one to write or change with what it does to a basket. Main checks the role. */
export function PromotionsPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = usePromotionsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const { view, setView, fault, setFault } = usePromotions();
  const [form, setForm] = useState<PromotionForm | null>(null);
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    if (form === null) onLeave();
    else setForm(null);
    return true;
  });
  return (
    <div className="manager promotions" data-testid="promotions-page">
      <header className="manager-bar">
        <Press data-testid="promotions-leave" onClick={onLeave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("back")}
          <KeyCap>Esc</KeyCap>
        </Press>
        <h1>{text("title")}</h1>
        <Press tone="primary" data-testid="promotion-new" onClick={() => setForm(emptyForm(crypto.randomUUID()))}>
          <IconPlus size={22} aria-hidden />
          {text("new")}
        </Press>
      </header>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {view !== null && (
        <main className="promotions-body">
          <PromotionList
            view={view}
            openId={form?.id ?? null}
            onOpen={(promotion) => {
              setFault(null);
              setForm(formOf(promotion));
            }}
          />
          {form === null ? (
            <p className="manager-card promotions-none">{text("choose")}</p>
          ) : (
            <PromotionEditor
              key={form.id}
              form={form}
              isNew={!view.promotions.some(({ id }) => id === form.id)}
              onForm={setForm}
              onFault={setFault}
              onDone={(changed) => {
                setFault(null);
                setView(changed);
                setForm(null);
              }}
            />
          )}
        </main>
      )}
    </div>
  );
}
