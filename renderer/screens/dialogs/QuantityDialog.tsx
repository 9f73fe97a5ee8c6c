import { useState } from "react";
import { parseQuantity } from "#core/quantity/text.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";

/** F3: another quantity for one line. */
export function QuantityDialog({ lineId }: { readonly lineId: string }) {
  const text = useTillText();
  const locale = useLocale();
  const line = useSection("sale").lines.find((one) => one.lineId === lineId);
  const [typed, setTyped] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const unit = line?.unit ?? "piece";
  const quantity = parseQuantity(typed, unit);

  const confirm = async (): Promise<void> => {
    if (!quantity.ok) {
      setIsWrong(true);
      return;
    }
    closeDialog();
    await act("set-quantity", { lineId, quantity: quantity.value });
  };
  return (
    <Dialog title={text("quantity.title")} testId="quantity" onClose={closeDialog} onEnter={() => void confirm()}>
      {line !== undefined && <p className="dialog-soft">{localName(line, locale)}</p>}
      {isWrong && <TroubleNote text={text(unit === "kg" ? "quantity.bad-kg" : "quantity.bad-piece")} />}
      <AmountField
        label={text(unit === "kg" ? "quantity.kg" : "quantity.pieces")}
        unit={unit === "kg" ? "kg" : "×"}
        text={typed}
        onText={(next) => {
          setTyped(next);
          setIsWrong(false);
        }}
        enter={<EnterKey word={text("quantity.confirm")} isReady={quantity.ok} onPress={() => void confirm()} />}
      />
    </Dialog>
  );
}
