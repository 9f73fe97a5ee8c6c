import "./dialogs.css";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { parseYuan } from "#core/money/yuan.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { leaveSearch } from "../search/search-desk.ts";

/** Longest name of an open-price item (contract/ipc/intents.ts). */
const mostNameCharacters = 40;

/** Goods the catalogue does not know: a name and a price, and the code where one was scanned. */
export function OpenPriceDialog({ barcode }: { readonly barcode: string | null }) {
  const text = useTillText();
  const [name, setName] = useState(text("open-price.default-name"));
  const [typed, setTyped] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const price = parseYuan(typed);
  const isReady = price.ok && price.value > 0 && name.trim() !== "";

  const confirm = async (): Promise<void> => {
    if (!price.ok || !isReady) {
      setIsWrong(true);
      return;
    }
    closeDialog();
    leaveSearch();
    await act("add-open-price", { name: name.trim(), priceFen: price.value, barcode });
  };
  return (
    <Dialog title={text("open-price.title")} testId="open-price" onClose={closeDialog} onEnter={() => void confirm()}>
      {barcode !== null && <p className="dialog-soft figures">{text("open-price.code", { code: barcode })}</p>}
      {isWrong && <TroubleNote text={text("open-price.bad")} />}
      <TextInput
        label={text("open-price.name")}
        value={name}
        maxLength={mostNameCharacters}
        data-testid="open-price-name"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <AmountField
        label={text("open-price.price")}
        unit="¥"
        text={typed}
        onText={(next) => {
          setTyped(next);
          setIsWrong(false);
        }}
        enter={<EnterKey word={text("open-price.confirm")} isReady={isReady} onPress={() => void confirm()} />}
      />
    </Dialog>
  );
}
