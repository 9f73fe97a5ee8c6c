import "./item-image.css";
import { IconPhoto, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { localName, useClockPlace, useLocale } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { ItemPicture } from "../../../parts/ItemPicture.tsx";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { send } from "../../../till-client.ts";
import { useAnswer } from "../../stock/use-answer.ts";
import { useImageText } from "./image-texts.ts";

type State = "working" | "set" | "removed" | null;

/** The image of an item, changed at once and by itself: what stands in the fields beside it waits to be saved. */
export function ItemImageField({ sku, onChanged }: { readonly sku: string; readonly onChanged: () => void }) {
  const text = useImageText();
  const tillText = useTillText();
  const place = useClockPlace();
  const locale = useLocale();
  const { value: item, show } = useAnswer("catalog-item", { sku });
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [state, setState] = useState<State>(null);
  if (item === null) return null;
  const change = async (intent: "choose-item-image" | "remove-item-image"): Promise<void> => {
    setFault(null);
    setState("working");
    const answer = await send(intent, { sku });
    setFault(answer.ok ? null : answer.fault);
    // A question that was closed has changed nothing.
    setState(!answer.ok || answer.value === null ? null : intent === "choose-item-image" ? "set" : "removed");
    if (!answer.ok || answer.value === null) return;
    show(answer.value);
    onChanged();
  };
  const isWorking = state === "working";
  return (
    <section className="item-image-field" data-testid="item-image-field" aria-label={text("field")}>
      <ItemPicture image={item.image} name={localName(item, locale)} />
      <div className="item-image-side">
        <div className="item-image-keys">
          <Press data-testid="item-image-choose" disabled={isWorking} onClick={() => void change("choose-item-image")}>
            <IconPhoto size={20} aria-hidden />
            {text(item.image === undefined ? "choose" : "another")}
          </Press>
          {item.image !== undefined && (
            <Press
              data-testid="item-image-remove"
              disabled={isWorking}
              onClick={() => void change("remove-item-image")}
            >
              <IconTrash size={20} aria-hidden />
              {text("remove")}
            </Press>
          )}
        </div>
        <span className="goods-soft" role="status" data-testid="item-image-state" data-state={state ?? ""}>
          {state === null ? (item.image === undefined ? text("none") : "") : text(state)}
        </span>
      </div>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
    </section>
  );
}
