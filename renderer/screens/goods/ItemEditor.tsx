import { IconCheck, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { CatalogDeskView, CatalogItemView } from "#contract/ipc/catalog-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { StockOfItem } from "../stock/StockOfItem.tsx";
import { ItemImageField } from "./item-image/ItemImageField.tsx";
import { type DraftFault, type ItemDraft, itemOfDraft } from "./item-draft.ts";
import { ItemFields } from "./ItemFields.tsx";
import { useGoodsText } from "./goods-texts.ts";

interface Props {
  readonly draft: ItemDraft | null;
  readonly wasSaved: boolean;
  readonly isReadOnly: boolean;
  readonly categories: CatalogDeskView["categories"];
  /** Null: it was taken out. */
  readonly onSaved: (item: CatalogItemView | null) => void;
  readonly onClose: () => void;
  /** Its image is another: the list shows it too. */
  readonly onImage: () => void;
}

/** Main says that they cross; which of them is meant to be another, only a person knows. */
const limits: readonly DraftFault[] = ["minPrice", "maxPrice"];

/** One item with everything it is sold by. Saved as a whole, by Enter or its key. */
export function ItemEditor({ draft: given, wasSaved, isReadOnly, categories, onSaved, onClose, onImage }: Props) {
  const text = useGoodsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [draft, setDraft] = useState(given);
  const [faults, setFaults] = useState<readonly DraftFault[]>([]);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isSaved, setSaved] = useState(wasSaved);
  if (draft === null) return <Nothing isReadOnly={isReadOnly} />;
  const change = (part: Partial<ItemDraft>): void => {
    setDraft({ ...draft, ...part });
    setSaved(false);
  };
  const save = async (): Promise<void> => {
    const item = itemOfDraft(draft);
    setFault(null);
    setFaults("item" in item ? [] : item);
    if (!("item" in item)) return;
    const answer = await send("save-item", item);
    setFault(answer.ok ? null : answer.fault);
    setSaved(answer.ok);
    if (answer.ok) onSaved(answer.value);
  };
  const remove = async (): Promise<void> => {
    const answer = await send("remove-item", { sku: draft.sku });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) onSaved(null);
  };
  return (
    <form
      className="goods-card goods-editor"
      data-testid="item-editor"
      aria-label={text(draft.isNew ? "editor.new" : "editor.edit")}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        const isField = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
        // A repeated key would save again and again; one of an input method is not Enter yet.
        if (event.key !== "Enter" || !isField || event.repeat || event.nativeEvent.isComposing || isReadOnly) return;
        void save();
      }}
    >
      <h2>{text(draft.isNew ? "editor.new" : isReadOnly ? "editor.read" : "editor.edit")}</h2>
      {!draft.isNew && <ItemImageField sku={draft.sku} onChanged={onImage} />}
      <fieldset disabled={isReadOnly} className="goods-fields">
        <ItemFields
          {...{ draft, categories, change }}
          faults={fault?.kind === "price-limits-crossed" ? limits : faults}
        />
      </fieldset>
      {!draft.isNew && <StockOfItem sku={draft.sku} />}
      <div className="goods-editor-foot">
        {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
        {faults.length > 0 && <TroubleNote text={text("editor.incomplete")} />}
        {!isReadOnly && !draft.isNew && <RemoveKey key={draft.sku} onRemove={() => void remove()} />}
        <span className="goods-grow" role="status">
          {isSaved && <Saved />}
        </span>
        <Press data-testid="item-close" onClick={onClose}>
          {text("editor.close")}
        </Press>
        {!isReadOnly && (
          <Press tone="primary" data-testid="item-save" onClick={() => void save()}>
            {text("editor.save")}
          </Press>
        )}
      </div>
    </form>
  );
}

/** Taking an item out asks once more on its own key. */
function Saved() {
  const text = useGoodsText();
  return (
    <span className="goods-saved" data-testid="item-saved">
      <IconCheck size={20} aria-hidden />
      {text("editor.saved")}
    </span>
  );
}

function RemoveKey({ onRemove }: { readonly onRemove: () => void }) {
  const text = useGoodsText();
  const [isSure, setSure] = useState(false);
  return (
    <Press tone="danger" data-testid="item-remove" onClick={() => (isSure ? onRemove() : setSure(true))}>
      <IconTrash size={20} aria-hidden />
      {text(isSure ? "editor.remove.sure" : "editor.remove")}
    </Press>
  );
}

function Nothing({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const text = useGoodsText();
  return (
    <section className="goods-card goods-editor goods-editor-empty">
      <p className="goods-soft">{text(isReadOnly ? "choose.read" : "choose.edit")}</p>
    </section>
  );
}
