import "./held.css";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useCommonText } from "../../i18n/common-texts.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { useCanShare } from "./use-shared-held.ts";

/** Longest note on a held sale (contract/ipc/intents.ts). */
const mostLabelCharacters = 20;

/** 挂单: puts the sale aside; Enter alone is enough, a note helps to find it again. The same key once more: for every till. */
export function HoldDialog() {
  const text = useTillText();
  const common = useCommonText();
  const [label, setLabel] = useState("");
  const canShare = useCanShare();
  const hold = async (forEveryTill: boolean): Promise<void> => {
    closeDialog();
    await act("hold-sale", { label: label.trim(), forEveryTill });
  };
  const hear = (event: KeyboardEvent): boolean => {
    if (!isKeyOf("for-every-till", event) || event.repeat || !canShare) return false;
    void hold(true);
    return true;
  };
  return (
    <Dialog
      title={text("hold.title")}
      testId="hold"
      onClose={closeDialog}
      onKey={hear}
      onEnter={() => void hold(false)}
      footer={
        <>
          <Press onClick={closeDialog}>
            {common("cancel")} <KeyCap>Esc</KeyCap>
          </Press>
          <Press tone="primary" data-testid="hold-confirm" onClick={() => void hold(false)}>
            {text("hold.confirm")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      <TextInput
        data-autofocus
        label={text("hold.label")}
        placeholder={text("hold.placeholder")}
        maxLength={mostLabelCharacters}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      {canShare && (
        <Press className="hold-everywhere" data-testid="hold-everywhere" onClick={() => void hold(true)}>
          <span className="hold-words">
            <strong>{text("hold.everywhere")}</strong>
            <span>{text("hold.explain")}</span>
          </span>
          <ActionKey action="for-every-till" />
        </Press>
      )}
    </Dialog>
  );
}
